package org.postroom.documents.intake;

import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a text from outside may be: how long, which characters, which codes. */
public final class Wording {
  /** Longest text in one line, such as a name. */
  public static final int SHORT = 300;

  /** Longest text over several lines, such as a note. */
  public static final int LONG = 4_000;

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private Wording() {}

  /** Why a text is refused. */
  public record Trouble(String code, String message) {}

  /** Texts longer than {@link #SHORT} may hold line breaks; no text may hold other controls. */
  public static @Nullable Trouble trouble(String text, int longest) {
    if (text.length() > longest)
      return new Trouble("too_long", "At most " + longest + " characters fit here.");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean lineBreak = c == '\n' || c == '\r' || c == '\t';
      if (lineBreak && longest > SHORT) continue;
      if (isControl(c))
        return new Trouble(
            "control_character", "The text holds a control character or line break.");
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) return new Trouble("control_character", "The text is not valid Unicode.");
        i++;
      }
    }
    return null;
  }

  /** Whether the code is in ISO 4217. */
  public static boolean isCurrency(String code) {
    return CURRENCIES.contains(code);
  }

  /** Whether the code is in ISO 3166-1 alpha-2. */
  public static boolean isCountry(String code) {
    return COUNTRIES.contains(code);
  }

  private static boolean isControl(char c) {
    return c < 32 || (c >= 127 && c < 160) || c == 0x2028 || c == 0x2029 || c >= 0xFFFE;
  }
}
