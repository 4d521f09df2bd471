package org.postroom.text;

import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How figures and dates are written in a text. What is no figure or date is left as it is. */
final class Amounts {
  private static final int MOST_DIGITS = 40;

  private Amounts() {}

  /** {@code 1284.5 EUR} as the language writes it, exact, with the currency's decimals or more. */
  static String money(@Nullable Object amount, @Nullable Object code, Locale locale) {
    Optional<BigDecimal> figure = figure(amount);
    if (figure.isEmpty()) return text(amount);
    Optional<Currency> currency = currency(text(code));
    if (currency.isEmpty()) return (number(amount, locale) + " " + text(code)).strip();
    DecimalFormat format = (DecimalFormat) NumberFormat.getCurrencyInstance(locale);
    format.setCurrency(currency.get());
    int decimals = Math.max(0, currency.get().getDefaultFractionDigits());
    // "BHD1.500" reads badly.
    return write(format, figure.get(), decimals).replaceAll("(\\p{L})(\\p{N})", "$1\u00a0$2");
  }

  static String number(@Nullable Object value, Locale locale) {
    DecimalFormat format = (DecimalFormat) NumberFormat.getNumberInstance(locale);
    return figure(value).map(figure -> write(format, figure, 0)).orElseGet(() -> text(value));
  }

  static String date(@Nullable Object value, Locale locale) {
    try {
      return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
          .withLocale(locale)
          .format(LocalDate.parse(text(value)));
    } catch (DateTimeParseException noDate) {
      return text(value);
    }
  }

  private static String write(DecimalFormat format, BigDecimal figure, int decimals) {
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(Math.max(decimals, figure.stripTrailingZeros().scale()));
    return format.format(figure).replace('\u202f', '\u00a0');
  }

  static Optional<BigDecimal> figure(@Nullable Object value) {
    String text = text(value);
    if (text.length() > MOST_DIGITS || !text.matches("[-+]?[0-9]+(\\.[0-9]+)?")) {
      return Optional.empty();
    }
    return Optional.of(new BigDecimal(text));
  }

  private static Optional<Currency> currency(String code) {
    try {
      return Optional.of(Currency.getInstance(code));
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }

  private static String text(@Nullable Object value) {
    return Shown.text(value);
  }
}
