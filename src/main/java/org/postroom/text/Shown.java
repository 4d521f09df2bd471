package org.postroom.text;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a value becomes in a text that just names it. */
final class Shown {
  private Shown() {}

  /** Several texts stand with commas between them; entries with names of their own are nothing. */
  static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Map<?, ?> map -> "";
      case List<?> list ->
          list.stream()
              .map(Shown::text)
              .filter(text -> !text.isBlank())
              .collect(Collectors.joining(", "));
      case java.math.BigDecimal figure -> figure.toPlainString();
      default -> value.toString();
    };
  }

  /** Whether there is nothing to show. */
  static boolean isBlank(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case Map<?, ?> map -> map.isEmpty();
      case List<?> list -> list.isEmpty();
      default -> value.toString().isBlank();
    };
  }
}
