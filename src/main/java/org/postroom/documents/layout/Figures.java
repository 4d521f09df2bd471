package org.postroom.documents.layout;

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

/**
 * Writes amounts, quantities and dates as the reader's language does. Nothing is ever rounded: an
 * amount shows at least the decimals of its currency (ISO 4217), and more where it has more.
 */
public final class Figures {
  /** Beyond these a figure is nonsense, and writing it out would take endless zeros. */
  private static final int MOST_DIGITS = 40;

  private final Locale locale;
  private final String code;
  private final Optional<Currency> currency;
  private final DecimalFormat plain;
  private final DecimalFormat money;
  private final DateTimeFormatter longDate;
  private final DateTimeFormatter shortDate;

  public Figures(Locale locale, String code) {
    this.locale = locale;
    this.code = code;
    this.currency = currencyOf(code);
    this.plain = (DecimalFormat) NumberFormat.getNumberInstance(locale);
    this.money = (DecimalFormat) NumberFormat.getCurrencyInstance(locale);
    currency.ifPresent(money::setCurrency);
    this.longDate = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale);
    this.shortDate = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(locale);
  }

  /** Decimals of the currency: 2 for EUR, 0 for JPY, 3 for BHD; 2 for codes nobody knows. */
  int decimals() {
    return currency.map(known -> Math.max(0, known.getDefaultFractionDigits())).orElse(2);
  }

  /** With the currency: {@code €1,284.50}, {@code 1.284,50 €}. */
  public String money(BigDecimal amount) {
    if (!writable(amount)) return amount + " " + code;
    if (currency.isEmpty()) return code + " " + amount(amount);
    // "BHD1.500" reads badly.
    return write(money, amount, decimals()).replaceAll("(\\p{L})(\\p{N})", "$1\u00a0$2");
  }

  /** Without the currency, for columns. */
  public String amount(BigDecimal amount) {
    return writable(amount) ? write(plain, amount, decimals()) : amount.toString();
  }

  /** Without trailing zeros: {@code 12}, {@code 2.5}. */
  public String quantity(BigDecimal quantity) {
    return writable(quantity) ? write(plain, quantity, 0) : quantity.toString();
  }

  String percent(BigDecimal rate) {
    String space = locale.getLanguage().equals("en") ? "" : "\u00a0";
    return quantity(rate) + space + "%";
  }

  public String date(LocalDate date) {
    return tidy(longDate.format(date));
  }

  public String shortDate(LocalDate date) {
    return tidy(shortDate.format(date));
  }

  /** A text that is an ISO date as a short date, any other as it is. */
  String tidyDate(String text) {
    if (text.length() != 10 || text.charAt(4) != '-' || text.charAt(7) != '-') return text;
    try {
      return shortDate(LocalDate.parse(text));
    } catch (DateTimeParseException other) {
      return text;
    }
  }

  private static String write(DecimalFormat format, BigDecimal value, int decimals) {
    format.setMinimumFractionDigits(decimals);
    format.setMaximumFractionDigits(Math.max(decimals, value.stripTrailingZeros().scale()));
    return tidy(format.format(value));
  }

  /** Narrow and other odd spaces are in few fonts. */
  private static String tidy(String text) {
    return text.replace('\u202f', '\u00a0').replace("\u200f", "").replace("\u200e", "");
  }

  private static boolean writable(BigDecimal value) {
    return Math.abs((long) value.precision() - value.scale()) <= MOST_DIGITS
        && Math.abs((long) value.scale()) <= MOST_DIGITS
        && value.precision() <= MOST_DIGITS;
  }

  private static Optional<Currency> currencyOf(String code) {
    try {
      return Optional.of(Currency.getInstance(code));
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }
}
