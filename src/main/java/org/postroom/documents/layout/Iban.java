package org.postroom.documents.layout;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An account number that passed its check digits (ISO 13616, mod 97). */
record Iban(String value) {

  static Optional<Iban> of(@Nullable String written) {
    if (written == null || written.length() > 60) return Optional.empty();
    String value = written.replaceAll("[\\s\u00a0-]", "").toUpperCase(Locale.ROOT);
    if (!value.matches("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")) return Optional.empty();
    return mod97(value) == 1 ? Optional.of(new Iban(value)) : Optional.empty();
  }

  /** In groups of four, as people read and type it. */
  String grouped() {
    return value.replaceAll("(.{4})(?!$)", "$1\u00a0");
  }

  /** The ISO 7064 remainder, shared by IBANs and creditor references (ISO 11649). */
  static int mod97(String value) {
    StringBuilder digits = new StringBuilder();
    (value.substring(4) + value.substring(0, 4))
        .chars()
        .forEach(letter -> digits.append(Character.digit(letter, 36)));
    return new BigInteger(digits.toString()).mod(BigInteger.valueOf(97)).intValue();
  }
}
