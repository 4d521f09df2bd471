package org.postroom.documents;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document.Adjustment;
import org.postroom.documents.Document.Line;
import org.postroom.documents.Document.Tax;
import org.postroom.documents.Document.Totals;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.postroom.mail.Iban;

/**
 * Does the document add up? Nothing is corrected.
 *
 * <ul>
 *   <li>Silent: deviations that rounding explains, one smallest unit of the currency per line or
 *       row added up (for a line: also half a digit of the unit price times the quantity).
 *   <li>Warning: anything larger, with both figures.
 *   <li>Refused: the document contradicts itself. {@code net + tax} and {@code gross} (with or
 *       without the rounding) differ by more than 1 % of the larger and by more than rounding;
 *       {@code gross - paid} and {@code due} do so; or net and gross have opposite signs.
 * </ul>
 */
final class Sums {
  private static final int MOST_WARNINGS = 20;
  private static final BigDecimal PERCENT = new BigDecimal("0.01");
  private final Document document;
  private final int exponent;
  private final BigDecimal smallest;
  private final UnaryOperator<String> place;
  private final List<String> warnings = new ArrayList<>();
  private final List<FieldError> contradictions = new ArrayList<>();

  private Sums(Document document, UnaryOperator<String> place) {
    this.document = document;
    this.place = place;
    this.exponent = Math.max(exponent(document.currency()), 0);
    this.smallest = BigDecimal.ONE.movePointLeft(exponent);
  }

  /**
   * The document with its warnings; 422 where it contradicts itself.
   *
   * @param place from {@code /totals/gross} to where that stands in the body
   */
  static Document check(Document document, UnaryOperator<String> place) {
    var sums = new Sums(document, place);
    sums.checkIban();
    sums.checkLines();
    sums.checkTaxes();
    if (document.totals() != null) sums.checkTotals(document.totals());
    if (!sums.contradictions.isEmpty()) throw Problem.invalid(sums.contradictions);
    return document.plusWarnings(sums.warnings());
  }

  /** What the document says is paid: {@code paid}, else gross less due, else nothing. */
  static BigDecimal paid(Totals totals) {
    if (totals.paid() != null) return totals.paid();
    if (totals.gross() == null || totals.due() == null) return BigDecimal.ZERO;
    return totals.gross().subtract(totals.due());
  }

  private void checkLines() {
    int position = 0;
    for (Line line : document.lines()) {
      position++;
      checkLine(line, line.id() == null ? String.valueOf(position) : line.id());
    }
  }

  private void checkLine(Line line, String name) {
    if (line.amount() == null || line.quantity() == null || line.unitPrice() == null) return;
    BigDecimal per = line.priceQuantity() == null ? BigDecimal.ONE : line.priceQuantity();
    BigDecimal units = line.quantity().divide(per, 20, RoundingMode.HALF_EVEN);
    BigDecimal expected =
        units
            .multiply(line.unitPrice())
            .subtract(orZero(line.discount()))
            .add(
                line.fields().get("charges") instanceof BigDecimal charges
                    ? charges
                    : BigDecimal.ZERO);
    BigDecimal halfDigit =
        new BigDecimal("0.5").movePointLeft(Math.max(line.unitPrice().scale(), exponent));
    BigDecimal tolerance = smallest.add(units.abs().multiply(halfDigit));
    if (within(expected, line.amount(), tolerance)) return;
    warn(
        "Line %s: quantity × price%s makes %s, the line says %s.",
        name, line.discount() == null ? "" : " less discount", expected, line.amount());
  }

  private void checkTaxes() {
    for (Tax tax : document.taxes()) {
      if (tax.base() == null || tax.rate() == null) continue;
      BigDecimal expected = tax.base().multiply(tax.rate()).multiply(PERCENT);
      if (within(expected, tax.amount(), forCount(document.lines().size()))) continue;
      warn(
          "Tax of %s %% on %s makes %s, the document says %s.",
          tax.rate().toPlainString(), tax.base(), expected, tax.amount());
    }
  }

  private void checkTotals(Totals totals) {
    checkLineSum(totals);
    checkTaxSum(totals);
    checkGross(totals);
    checkDue(totals);
  }

  private void checkLineSum(Totals totals) {
    List<Line> lines = document.lines();
    if (lines.isEmpty() || lines.stream().anyMatch(line -> line.amount() == null)) return;
    BigDecimal sum =
        lines.stream().map(line -> orZero(line.amount())).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal tolerance = forCount(lines.size() + document.adjustments().size());
    if (totals.lines() != null && !within(sum, totals.lines(), tolerance))
      warn("The lines add up to %s, the document says %s.", sum, totals.lines());
    if (totals.net() == null) return;
    BigDecimal adjusted =
        document.adjustments().stream().map(Adjustment::amount).reduce(sum, BigDecimal::add);
    if (!within(adjusted, totals.net(), tolerance))
      warn(
          "Lines%s add up to %s, the document says %s net.",
          document.adjustments().isEmpty() ? "" : ", allowances and charges",
          adjusted,
          totals.net());
  }

  private void checkTaxSum(Totals totals) {
    if (document.taxes().isEmpty() || totals.tax() == null) return;
    BigDecimal sum =
        document.taxes().stream().map(Tax::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    if (!within(sum, totals.tax(), forCount(document.taxes().size())))
      warn("The tax summary adds up to %s, the document says %s tax.", sum, totals.tax());
  }

  private void checkGross(Totals totals) {
    BigDecimal net = totals.net();
    BigDecimal gross = totals.gross();
    if (net == null || gross == null) return;
    if (net.signum() * gross.signum() < 0) {
      contradict("gross", "Net is %s and gross is %s: the signs differ.", net, gross);
      return;
    }
    if (totals.tax() == null) return;
    BigDecimal sum = net.add(totals.tax());
    compare(
        "gross",
        sum,
        sum.add(orZero(totals.rounding())),
        gross,
        "Net and tax make %s, gross says %s.");
  }

  private void checkDue(Totals totals) {
    BigDecimal gross = totals.gross();
    BigDecimal due = totals.due();
    if (gross == null || due == null || totals.paid() == null) return;
    BigDecimal rest = gross.subtract(totals.paid());
    compare(
        "due",
        rest,
        rest.add(orZero(totals.rounding())),
        due,
        "Gross less paid makes %s, due says %s.");
  }

  /** Some count the rounding into gross already (UBL 2.0), some only into due (EN 16931). */
  private void compare(
      String field, BigDecimal one, BigDecimal other, BigDecimal told, String sentence) {
    BigDecimal tolerance = forCount(document.lines().size());
    if (within(one, told, tolerance) || within(other, told, tolerance)) return;
    BigDecimal most = one.abs().max(told.abs()).multiply(PERCENT);
    if (within(one, told, most) || within(other, told, most)) warn(sentence, one, told);
    else contradict(field, sentence, one, told);
  }

  private void checkIban() {
    String iban = document.payment().iban();
    if (iban != null && Iban.of(iban).isEmpty())
      warnings.add("The IBAN " + iban + " has a wrong check digit; a payer's bank will refuse it.");
  }

  private BigDecimal forCount(int added) {
    return smallest.multiply(BigDecimal.valueOf(Math.max(1, added)));
  }

  private static boolean within(BigDecimal a, BigDecimal b, BigDecimal tolerance) {
    return a.subtract(b).abs().compareTo(tolerance) <= 0;
  }

  private void warn(String sentence, Object... figures) {
    warnings.add(sentence(sentence, figures));
  }

  private void contradict(String field, String sentence, Object... figures) {
    contradictions.add(
        new FieldError(
            place.apply("/totals/" + field), "contradiction", sentence(sentence, figures)));
  }

  private String sentence(String sentence, Object... figures) {
    Object[] shown = new Object[figures.length];
    for (int i = 0; i < figures.length; i++)
      shown[i] = figures[i] instanceof BigDecimal amount ? money(amount) : figures[i];
    return String.format(Locale.ROOT, sentence, shown);
  }

  /** At least the currency's digits, and more where the difference only shows there. */
  private String money(BigDecimal amount) {
    BigDecimal plain = amount.stripTrailingZeros();
    int digits = Math.min(Math.max(plain.scale(), exponent), exponent + 2);
    return plain.setScale(digits, RoundingMode.HALF_UP).toPlainString() + " " + document.currency();
  }

  private List<String> warnings() {
    if (warnings.size() <= MOST_WARNINGS) return warnings;
    List<String> first = new ArrayList<>(warnings.subList(0, MOST_WARNINGS));
    first.add("And " + (warnings.size() - MOST_WARNINGS) + " more.");
    return first;
  }

  private static int exponent(String currency) {
    try {
      return Currency.getInstance(currency).getDefaultFractionDigits();
    } catch (IllegalArgumentException unknown) {
      return 2;
    }
  }

  private static BigDecimal orZero(@Nullable BigDecimal number) {
    return number == null ? BigDecimal.ZERO : number;
  }
}
