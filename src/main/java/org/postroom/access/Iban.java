package org.postroom.access;

import java.math.BigInteger;

/** International bank account numbers, checked as in ISO 13616 (remainder by 97 is 1). */
final class Iban {
  private Iban() {}

  /** Without spaces, in capitals. */
  static boolean isValid(String iban) {
    if (!iban.matches("[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}")) return false;
    var digits = new StringBuilder();
    (iban.substring(4) + iban.substring(0, 4))
        .chars()
        .forEach(c -> digits.append(Character.getNumericValue(c)));
    return new BigInteger(digits.toString()).mod(BigInteger.valueOf(97)).intValue() == 1;
  }
}
