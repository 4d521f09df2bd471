package org.postroom.text;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which of two values is more: figures by size, all else (dates in ISO 8601 too) by letters. */
final class Order {
  private Order() {}

  /** Positive if the first is more, negative if it is less, 0 if there is nothing to compare. */
  static int of(@Nullable Object first, @Nullable Object second) {
    if (Shown.isBlank(first) || Shown.isBlank(second)) return 0;
    Optional<BigDecimal> left = Amounts.figure(first);
    Optional<BigDecimal> right = Amounts.figure(second);
    if (left.isPresent() && right.isPresent()) return left.get().compareTo(right.get());
    return Shown.text(first).compareTo(Shown.text(second));
  }
}
