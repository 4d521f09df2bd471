package org.postroom.documents.layout;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.documents.Document.Party;
import org.postroom.documents.press.Furniture;
import org.postroom.documents.press.Strip;
import org.postroom.documents.press.TextLine;
import org.postroom.mail.Iban;

/** What stands on every page: the company's data, the page of pages, and from page 2 the title. */
final class Foot implements Furniture {
  private static final double MM = Look.MM;
  private static final int RULE = 0xd0d5dd;

  private final Sheet sheet;
  private final Strip imprint;

  Foot(Sheet sheet) {
    this.sheet = sheet;
    this.imprint = imprint();
  }

  /** With the line of the page number. */
  double height() {
    return imprint.height() + 2 * MM + Look.FOOT.lineHeight();
  }

  @Override
  public Strip runner() {
    Strip strip = new Strip();
    String text = sheet.parties().sender().name() + " · " + sheet.title();
    List<TextLine> lines = sheet.lines(text, Look.LABEL, sheet.width());
    return strip.text(lines.getFirst(), Look.LABEL, 0, 0);
  }

  @Override
  public Strip foot() {
    return imprint;
  }

  @Override
  public Strip number(int page, int pages) {
    String text =
        sheet
            .word("page")
            .replace("{0}", Integer.toString(page))
            .replace("{1}", Integer.toString(pages));
    double top = imprint.height() + 2 * MM;
    return new Strip().textTo(sheet.line(text, Look.FOOT), Look.FOOT, sheet.width(), top);
  }

  private Strip imprint() {
    Strip strip = new Strip().fill(RULE, 0, 0, sheet.width(), 0.4);
    List<List<String>> columns = columns();
    double width = sheet.width() / Math.max(1, columns.size());
    for (int i = 0; i < columns.size(); i++) {
      double at = 2.5 * MM;
      for (String text : columns.get(i)) {
        List<TextLine> lines = sheet.lines(text, Look.FOOT, width - 4 * MM);
        at = strip.lines(lines, Look.FOOT, i * width, at);
      }
    }
    return strip;
  }

  private List<List<String>> columns() {
    Company company = sheet.company();
    Party sender = sheet.parties().sender();
    boolean ours = company.name().equals(sender.name());
    List<List<String>> columns = new ArrayList<>();
    List<String> address = present(sender.name());
    address.addAll(sender.address());
    columns.add(address);
    columns.add(present(sender.phone(), sender.email(), ours ? company.website() : null));
    columns.add(
        present(
            labelled("tax_id", sender.taxId()),
            labelled("registration", ours ? company.registration() : null)));
    if (ours) columns.add(bank(company));
    columns.removeIf(List::isEmpty);
    return columns;
  }

  private List<String> bank(Company company) {
    String iban = company.iban();
    return present(
        company.bankName(),
        labelled(
            "payment.iban", iban == null ? null : Iban.of(iban).map(Iban::grouped).orElse(iban)),
        labelled("payment.bic", company.bic()));
  }

  private @Nullable String labelled(String key, @Nullable String value) {
    return value == null || value.isBlank() ? null : sheet.word(key) + " " + value;
  }

  private static List<String> present(@Nullable String... lines) {
    List<String> present = new ArrayList<>();
    for (String line : lines) if (line != null && !line.isBlank()) present.add(line);
    return present;
  }
}
