package org.postroom.payments.stripe;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Amounts as Stripe counts them, which is not always as ISO 4217 does. Source: Stripe's
 * documentation of currencies.
 */
final class StripeAmount {
  /** Counted in whole units, MGA against ISO 4217. */
  private static final Set<String> WHOLE =
      words("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF");

  /** Have no smaller unit, but are counted in hundredths all the same, which must be zero. */
  private static final Set<String> WHOLE_IN_HUNDREDTHS = words("ISK UGX");

  /** Counted in thousandths, the last of which must be zero. */
  private static final Set<String> THOUSANDTHS = words("BHD JOD KWD OMR TND");

  private static final Set<String> HUNDREDTHS =
      words(
          "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BWP BYN BZD"
              + " CAD CDF CHF CNY COP CRC CVE CZK DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD"
              + " GTQ GYD HKD HNL HTG HUF IDR ILS INR JMD KES KGS KHR KYD KZT LAK LBP LKR LRD LSL"
              + " MAD MDL MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN"
              + " PGK PHP PKR PLN QAR RON RSD SAR SBD SCR SEK SGD SHP SLE SOS SRD STD SZL THB TJS"
              + " TOP TRY TTD TWD TZS UAH USD UYU UZS WST XCD YER ZAR ZMW");

  private StripeAmount() {}

  static boolean takes(String currency) {
    return HUNDREDTHS.contains(currency)
        || WHOLE.contains(currency)
        || WHOLE_IN_HUNDREDTHS.contains(currency)
        || THOUSANDTHS.contains(currency);
  }

  /** As Stripe is told; empty for what it cannot be told without rounding. */
  static OptionalLong minor(BigDecimal amount, String currency) {
    if (!takes(currency)) return OptionalLong.empty();
    try {
      long minor = amount.movePointRight(digits(currency)).longValueExact();
      return minor % step(currency) == 0 ? OptionalLong.of(minor) : OptionalLong.empty();
    } catch (ArithmeticException finerOrTooMuch) {
      return OptionalLong.empty();
    }
  }

  /**
   * What Stripe says, in the currency's own decimals; also of currencies it began to take since.
   */
  static BigDecimal amount(long minor, String currency) {
    return BigDecimal.valueOf(minor, digits(currency));
  }

  /** The smallest part that can be paid, such as {@code 0.01}. */
  static BigDecimal smallest(String currency) {
    return amount(step(currency), currency);
  }

  /** As Stripe writes it in lower case, as we do. */
  static String currency(String stripes) {
    return stripes.toUpperCase(Locale.ROOT);
  }

  private static int digits(String currency) {
    if (WHOLE.contains(currency)) return 0;
    return THOUSANDTHS.contains(currency) ? 3 : 2;
  }

  private static long step(String currency) {
    if (WHOLE_IN_HUNDREDTHS.contains(currency)) return 100;
    return THOUSANDTHS.contains(currency) ? 10 : 1;
  }

  private static Set<String> words(String list) {
    return Set.of(list.split(" "));
  }
}
