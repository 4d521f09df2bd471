package org.postroom.suppression;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which blocked addresses are looked for.
 *
 * @param text part of the address, null for all
 * @param cause null for any
 */
public record SuppressionFilter(@Nullable String text, Suppression.@Nullable Cause cause) {
  public static final SuppressionFilter ALL = new SuppressionFilter(null, null);

  /** For LIKE with the escape sign {@code !}. */
  @Nullable String literal() {
    if (text == null || text.isBlank()) return null;
    return text.strip()
        .toLowerCase(Locale.ROOT)
        .replace("!", "!!")
        .replace("%", "!%")
        .replace("_", "!_");
  }
}
