package org.postroom.payments.web;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Amounts as people and programs type them. */
final class Amounts {
  private static final Pattern AMOUNT = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,4})?");

  private Amounts() {}

  static Optional<BigDecimal> read(String text) {
    String stripped = text.strip();
    return AMOUNT.matcher(stripped).matches()
        ? Optional.of(new BigDecimal(stripped))
        : Optional.empty();
  }
}
