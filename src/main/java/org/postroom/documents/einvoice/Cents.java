package org.postroom.documents.einvoice;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Amounts with two decimals, as EN 16931 takes them (BR-DEC). */
final class Cents {
  static final BigDecimal ZERO = BigDecimal.ZERO.setScale(2);
  static final BigDecimal ONE = new BigDecimal("0.01");

  private Cents() {}

  /** The amount; with more than two decimals a sentence, and the amount rounded. */
  static BigDecimal exact(BigDecimal amount, String what, Gaps gaps) {
    BigDecimal plain = amount.stripTrailingZeros();
    if (plain.scale() > 2)
      gaps.tell(
          what
              + " is "
              + plain.toPlainString()
              + ": amounts in an e-invoice have at most two decimals.");
    return plain.setScale(2, RoundingMode.HALF_UP);
  }

  static BigDecimal orZero(@Nullable BigDecimal amount) {
    return amount == null ? ZERO : amount;
  }

  static boolean same(BigDecimal one, BigDecimal other) {
    return one.compareTo(other) == 0;
  }

  static boolean within(BigDecimal one, BigDecimal other, BigDecimal tolerance) {
    return one.subtract(other).abs().compareTo(tolerance) <= 0;
  }
}
