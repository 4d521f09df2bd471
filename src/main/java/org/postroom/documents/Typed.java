package org.postroom.documents;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postroom.documents.intake.Decimals;

/** Amounts and dates as people and spreadsheets write them. What could mean two things is none. */
final class Typed {
  /** Groups of three have one sign, the decimals the other. */
  private static final Pattern POINT =
      Pattern.compile("-?\\d{1,3}(,\\d{3})+(\\.\\d+)?|-?\\d+(\\.\\d+)?");

  private static final Pattern COMMA =
      Pattern.compile("-?\\d{1,3}(\\.\\d{3})+,\\d+|-?\\d{1,3}(\\.\\d{3}){2,}|-?\\d+,\\d+");

  private static final Pattern AMBIGUOUS = Pattern.compile("-?[1-9]\\d{0,2}[.,]\\d{3}");
  private static final Pattern ISO = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
  private static final Pattern DOTS = Pattern.compile("(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})");

  private Typed() {}

  /**
   * 1284.50, 1,284.50 and 1.284,50 are the same. What may be a thousand times another sum, such as
   * 1,284 or 1.284, is none.
   */
  static Optional<BigDecimal> amount(String text) {
    String bare = text.replaceAll("[\\s\\u00a0\\u202f']", "").replace('−', '-');
    if (bare.length() > 40 || AMBIGUOUS.matcher(bare).matches()) return Optional.empty();
    if (COMMA.matcher(bare).matches()) return parse(bare.replace(".", "").replace(',', '.'));
    return POINT.matcher(bare).matches() ? parse(bare.replace(",", "")) : Optional.empty();
  }

  /** Only days, months and years in an order that cannot be mistaken. */
  static Optional<LocalDate> date(String text) {
    Matcher iso = ISO.matcher(text);
    if (iso.matches()) return date(iso.group(1), iso.group(2), iso.group(3));
    Matcher dots = DOTS.matcher(text);
    return dots.matches() ? date(dots.group(3), dots.group(2), dots.group(1)) : Optional.empty();
  }

  private static Optional<BigDecimal> parse(String plain) {
    return Optional.ofNullable(Decimals.parse(plain));
  }

  private static Optional<LocalDate> date(String year, String month, String day) {
    try {
      return Optional.of(
          LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day)));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }
}
