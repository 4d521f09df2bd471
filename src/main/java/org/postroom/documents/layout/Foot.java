package org.postroom.documents.layout;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Company;
import org.postroom.documents.Document.Party;
import org.postroom.mail.Iban;
import org.w3c.dom.Element;

/** What stands on every page: the company's data, the page of pages, and from page 2 the title. */
final class Foot {
  private final Sheet sheet;
  private final Markup markup;

  private Foot(Sheet sheet) {
    this.sheet = sheet;
    this.markup = sheet.markup();
  }

  static void write(Sheet sheet, Element body) {
    new Foot(sheet).write(body);
  }

  private void write(Element body) {
    markup.text(body, "div", "runner", sheet.parties().sender().name() + " · " + sheet.title());
    Element foot = markup.add(body, "div", "foot");
    Element row = markup.add(markup.add(foot, "table", "imprint"), "tr");
    List<List<String>> columns = columns();
    for (List<String> lines : columns) {
      Element cell = markup.add(row, "td");
      lines.forEach(line -> markup.text(cell, "div", "", line));
    }
    pages(markup.add(foot, "div", "pages"));
  }

  /** "Page {0} of {1}": the figures are only known while the pages are made. */
  private void pages(Element line) {
    String word = sheet.word("page");
    int page = word.indexOf("{0}");
    int pages = word.indexOf("{1}");
    markup.write(line, word.substring(0, page));
    markup.add(line, "span", "page");
    markup.write(line, word.substring(page + 3, pages));
    markup.add(line, "span", "count");
    markup.write(line, word.substring(pages + 3));
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
        labelled("payment.iban", iban == null ? null : grouped(iban)),
        labelled("payment.bic", company.bic()));
  }

  private static String grouped(String account) {
    return Iban.of(account).map(Iban::grouped).orElse(account);
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
