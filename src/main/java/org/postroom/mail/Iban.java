package org.postroom.mail;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An account number that passed its check digits (ISO 13616, ISO 7064 MOD 97-10): in capitals,
 * without spaces.
 */
public record Iban(String value) {

  public Iban {
    if (!value.matches("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}") || mod97(value) != 1)
      throw new IllegalArgumentException("“" + value + "” is not an IBAN.");
  }

  /** As people write it, with spaces and small letters; empty where it is none. */
  public static Optional<Iban> of(@Nullable String written) {
    if (written == null || written.length() > 60) return Optional.empty();
    try {
      return Optional.of(new Iban(written.replaceAll("[\\s\u00a0-]", "").toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  /** In groups of four, as people read and type it. */
  public String grouped() {
    return value.replaceAll("(.{4})(?!$)", "$1\u00a0");
  }

  /**
   * The remainder of capitals and digits, shared with creditor references (ISO 11649); 1 where the
   * check digits are right.
   */
  public static int mod97(String value) {
    int rest = 0;
    for (char c : (value.substring(4) + value.substring(0, 4)).toCharArray()) {
      int digit = Character.digit(c, 36);
      rest = (rest * (digit > 9 ? 100 : 10) + digit) % 97;
    }
    return rest;
  }
}
