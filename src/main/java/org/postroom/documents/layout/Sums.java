package org.postroom.documents.layout;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document;
import org.postroom.documents.Document.Adjustment;
import org.postroom.documents.Document.Tax;
import org.postroom.documents.Document.Totals;
import org.w3c.dom.Element;

/** Allowances, charges, taxes and totals as the ERP gave them, ending in what matters most. */
final class Sums {
  private final Sheet sheet;
  private final Markup markup;
  private final Figures figures;
  private final Document document;

  private Sums(Sheet sheet) {
    this.sheet = sheet;
    this.markup = sheet.markup();
    this.figures = sheet.figures();
    this.document = sheet.document();
  }

  static void write(Sheet sheet, Element body) {
    if (sheet.document().totals() != null) new Sums(sheet).write(body, sheet.document().totals());
  }

  private void write(Element body, Totals totals) {
    Element table = markup.add(body, "table", "sums");
    beforeTax(table, totals);
    document.taxes().forEach(tax -> row(table, "", taxWord(tax), tax.amount()));
    if (document.taxes().isEmpty()) row(table, "", sheet.word("total.tax"), totals.tax());
    row(table, "", sheet.word("total.rounding"), unlessZero(totals.rounding()));
    ending(table, totals);
    exemptions(body);
  }

  private void beforeTax(Element table, Totals totals) {
    List<Adjustment> adjustments = document.adjustments();
    if (!adjustments.isEmpty()) row(table, "", sheet.word("total.lines"), totals.lines());
    adjustments.forEach(part -> row(table, "", reason(part), part.amount()));
    boolean taxed = !document.taxes().isEmpty() || totals.tax() != null;
    if (taxed) row(table, "", sheet.word("total.net"), totals.net());
  }

  /** The last line is the one people look for: what is due, or the total where nothing is. */
  private void ending(Element table, Totals totals) {
    BigDecimal gross = totals.gross() != null ? totals.gross() : totals.net();
    BigDecimal due = totals.due();
    BigDecimal paid = unlessZero(totals.paid());
    boolean both = due != null && gross != null && (paid != null || due.compareTo(gross) != 0);
    if (both) row(table, "gross", sheet.kindWord("total.gross"), gross);
    if (both && paid != null) row(table, "", sheet.word("total.paid"), paid.negate());
    boolean asks = due != null && (both || document.kind().asksForPayment());
    String word = sheet.kindWord(asks ? "total.due" : "total.gross");
    row(table, "last", word, asks || gross == null ? due : gross);
  }

  private void exemptions(Element body) {
    document.taxes().stream()
        .map(Tax::exemption)
        .filter(text -> text != null && !text.isBlank())
        .distinct()
        .forEach(text -> markup.text(body, "p", "exemption", text));
  }

  private void row(Element table, String style, String word, @Nullable BigDecimal amount) {
    if (amount == null) return;
    Element row = markup.add(table, "tr", style);
    markup.text(row, "th", "", word);
    markup.text(row, "td", "", figures.money(amount));
  }

  private String reason(Adjustment part) {
    if (!part.reason().isBlank()) return part.reason();
    return sheet.word(part.amount().signum() < 0 ? "total.allowance" : "total.charge");
  }

  /** "VAT 19% on €1,000.00". */
  private String taxWord(Tax tax) {
    List<String> parts = new ArrayList<>();
    parts.add(tax.name() != null && !tax.name().isBlank() ? tax.name() : sheet.word("total.tax"));
    if (tax.rate() != null) parts.add(figures.percent(tax.rate()));
    if (tax.base() != null) parts.add(sheet.word("total.on") + " " + figures.money(tax.base()));
    return String.join(" ", parts);
  }

  private static @Nullable BigDecimal unlessZero(@Nullable BigDecimal amount) {
    return amount == null || amount.signum() == 0 ? null : amount;
  }
}
