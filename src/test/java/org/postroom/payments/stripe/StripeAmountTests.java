package org.postroom.payments.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripeAmountTests {

  @ParameterizedTest
  @CsvSource({
    "119.00, EUR, 11900",
    "119, EUR, 11900",
    "0.10, USD, 10",
    "500, JPY, 500",
    "500.00, JPY, 500",
    "1.230, KWD, 1230",
    "5, ISK, 500",
    "5, UGX, 500",
    "5, MGA, 5",
    "10.45, HUF, 1045",
    "800.45, TWD, 80045",
    "7, KRW, 7",
  })
  void countsAsStripeDoes(BigDecimal amount, String currency, long minor) {
    assertThat(StripeAmount.minor(amount, currency)).hasValue(minor);
    assertThat(StripeAmount.amount(minor, currency)).isEqualByComparingTo(amount);
  }

  @ParameterizedTest
  @CsvSource({
    "0.005, EUR",
    "500.5, JPY",
    "1.234, KWD",
    "5.50, ISK",
    "5.01, UGX",
    "0.2, MGA",
    "1, XAU",
    "1, IQD",
    "1e30, EUR",
  })
  void neverRounds(BigDecimal amount, String currency) {
    assertThat(StripeAmount.minor(amount, currency)).isEmpty();
  }

  @Test
  void everyCurrencyComesBackAsItWent() {
    var random = new Random(20261121);
    List<String> all =
        Currency.availableCurrencies().map(Currency::getCurrencyCode).sorted().toList();
    assertThat(all.stream().filter(StripeAmount::takes)).hasSizeGreaterThan(130);
    for (String currency : all)
      for (int i = 0; i < 300; i++) {
        int scale = random.nextInt(5);
        BigDecimal amount = BigDecimal.valueOf(random.nextLong(100_000_000), scale);
        OptionalLong minor = StripeAmount.minor(amount, currency);
        if (minor.isPresent())
          assertThat(StripeAmount.amount(minor.getAsLong(), currency))
              .as(currency)
              .isEqualByComparingTo(amount);
        else if (StripeAmount.takes(currency))
          assertThat(amount.remainder(StripeAmount.smallest(currency)).signum())
              .as(amount + " " + currency)
              .isNotZero();
      }
  }

  @Test
  void theSmallestPartIsNeverFinerThanTheCurrencyItself() {
    Currency.availableCurrencies()
        .map(Currency::getCurrencyCode)
        .filter(StripeAmount::takes)
        .forEach(currency -> {
          int digits = Currency.getInstance(currency).getDefaultFractionDigits();
          assertThat(StripeAmount.smallest(currency).stripTrailingZeros().scale())
              .as(currency)
              .isLessThanOrEqualTo(digits);
        });
  }
}
