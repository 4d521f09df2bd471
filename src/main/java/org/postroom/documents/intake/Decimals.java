package org.postroom.documents.intake;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Exact decimals as they come from outside: at most 18 digits before the point and 10 after. */
public final class Decimals {
  private static final Pattern PLAIN = Pattern.compile("[+-]?[0-9]{1,18}(\\.[0-9]{1,10})?");
  private static final int MOST_WHOLE = 18;
  private static final int MOST_FRACTION = 10;

  private Decimals() {}

  /** The number, every digit kept; null where the text is none or has too many digits. */
  public static @Nullable BigDecimal parse(String text) {
    return PLAIN.matcher(text).matches() ? new BigDecimal(text) : null;
  }

  /** The same number without exponent; null where it has too many digits. */
  static @Nullable BigDecimal bounded(BigDecimal number) {
    // Looks at the exponent before any arithmetic: 1e999999999 must not be written out.
    long whole = (long) number.precision() - number.scale();
    if (whole > MOST_WHOLE || number.scale() > MOST_FRACTION) return null;
    return number.scale() < 0 ? number.setScale(0) : number;
  }
}
