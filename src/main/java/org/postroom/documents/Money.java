package org.postroom.documents;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import org.postroom.documents.layout.Figures;

/**
 * An amount as pages show it.
 *
 * @param currency ISO 4217, or what the document says
 */
public record Money(BigDecimal amount, String currency) {

  /** {@code 1,284.50 EUR}: at least the currency's decimals, never fewer than there are. */
  public String words() {
    int scale = Math.max(amount.stripTrailingZeros().scale(), digits());
    return String.format(Locale.ENGLISH, "%,." + scale + "f", amount) + " " + currency;
  }

  /** As that language writes it: {@code 1.284,50 €}; never rounded. */
  public String words(Locale language) {
    return new Figures(language, currency).money(amount);
  }

  /** A quantity as that language writes it, without trailing zeros: {@code 2,5}. */
  public static String plain(BigDecimal quantity, Locale language) {
    return new Figures(language, "").quantity(quantity);
  }

  private int digits() {
    try {
      return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    } catch (IllegalArgumentException unknown) {
      return 2;
    }
  }
}
