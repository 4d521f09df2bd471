package org.postroom.documents.layout;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document;
import org.postroom.documents.Document.Adjustment;
import org.postroom.documents.Document.Tax;
import org.postroom.documents.Document.Totals;
import org.postroom.documents.press.Strip;
import org.postroom.documents.press.Style;
import org.postroom.documents.press.TextLine;

/** Allowances, charges, taxes and totals as the ERP gave them, ending in what matters most. */
final class Sums {
  private static final double MM = Look.MM;
  private static final double WIDTH = 88 * MM;
  private static final double PADDING = 3 * MM;
  private static final Style WORD = Look.BODY.in(Look.SOFT);

  private final Sheet sheet;
  private final Figures figures;
  private final Document document;
  private final Strip strip = new Strip().before(3 * MM);
  private final double left;
  private double at;

  private Sums(Sheet sheet) {
    this.sheet = sheet;
    this.figures = sheet.figures();
    this.document = sheet.document();
    this.left = sheet.width() - WIDTH;
  }

  /** Nothing where the document says nothing about money. */
  static List<Strip> of(Sheet sheet) {
    Totals totals = sheet.document().totals();
    if (totals == null || !sheet.kind().priced()) return List.of();
    return new Sums(sheet).written(totals);
  }

  private List<Strip> written(Totals totals) {
    beforeTax(totals);
    document.taxes().forEach(tax -> row(taxWord(tax), tax.amount()));
    if (document.taxes().isEmpty()) row(sheet.word("total.tax"), totals.tax());
    row(sheet.word("total.rounding"), unlessZero(totals.rounding()));
    ending(totals);
    exemptions();
    return at == 0 ? List.of() : List.of(strip);
  }

  private void beforeTax(Totals totals) {
    List<Adjustment> adjustments = document.adjustments();
    if (!adjustments.isEmpty()) row(sheet.word("total.lines"), totals.lines());
    adjustments.forEach(part -> row(reason(part), part.amount()));
    boolean taxed = !document.taxes().isEmpty() || totals.tax() != null;
    if (taxed) row(sheet.word("total.net"), totals.net());
  }

  /** The last line is the one people look for: what is due, or the total where nothing is. */
  private void ending(Totals totals) {
    BigDecimal gross = totals.gross() != null ? totals.gross() : totals.net();
    BigDecimal due = totals.due();
    BigDecimal paid = unlessZero(totals.paid());
    boolean both = due != null && gross != null && (paid != null || due.compareTo(gross) != 0);
    if (both) total(sheet.kindWord("total.gross"), gross);
    if (both && paid != null) row(sheet.word("total.paid"), paid.negate());
    boolean asks = due != null && (both || document.kind().asksForPayment());
    String word = sheet.kindWord(asks ? "total.due" : "total.gross");
    last(word, asks || gross == null ? due : gross);
  }

  private void exemptions() {
    Style style = Look.DETAIL.in(Look.SOFT);
    document.taxes().stream()
        .map(Tax::exemption)
        .filter(text -> text != null && !text.isBlank())
        .distinct()
        .forEach(text -> {
          at += 2 * MM;
          for (TextLine line : sheet.lines(text, style, sheet.width())) {
            strip.textTo(line, style, sheet.width(), at);
            at += style.lineHeight();
          }
        });
  }

  private void row(String word, @Nullable BigDecimal amount) {
    if (amount != null) row(word, amount, WORD, Look.BODY, 1 * MM);
  }

  private void total(String word, @Nullable BigDecimal amount) {
    if (amount == null) return;
    strip.fill(Look.RULE, left, at, WIDTH, 0.6);
    at += 0.8 * MM;
    row(word, amount, Look.STRONG, Look.STRONG, 1 * MM);
  }

  private void last(String word, @Nullable BigDecimal amount) {
    if (amount == null) return;
    Style style = Look.STRONG.in(sheet.look().ink());
    TextLine figure = sheet.line(figures.money(amount), style.sized(13.5));
    List<TextLine> words =
        sheet.lines(word, style, Math.max(20 * MM, WIDTH - 3 * PADDING - figure.width()));
    double tall = Math.max(words.size() * style.lineHeight(), 16) + 5 * MM;
    strip.fill(sheet.look().tint(), left, at, WIDTH, tall);
    double middle = at + tall / 2;
    strip.lines(words, style, left + PADDING, middle - words.size() * style.lineHeight() / 2);
    Style large = style.sized(13.5);
    strip.textTo(figure, large, left + WIDTH - PADDING, middle - large.lineHeight() / 2);
    at += tall;
  }

  private void row(String word, BigDecimal amount, Style words, Style figure, double padding) {
    at += padding;
    TextLine written = sheet.line(figures.money(amount), figure);
    double room = Math.max(20 * MM, WIDTH - 3 * PADDING - written.width());
    double top = at;
    at = strip.lines(sheet.lines(word, words, room), words, left + PADDING, top) + padding;
    strip.textTo(written, figure, left + WIDTH - PADDING, top);
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
