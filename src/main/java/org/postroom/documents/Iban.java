package org.postroom.documents;

/** Check digits of account numbers (ISO 13616, ISO 7064 MOD 97-10). */
final class Iban {
  private Iban() {}

  static boolean checks(String iban) {
    if (iban.length() < 5) return false;
    int rest = 0;
    for (char c : (iban.substring(4) + iban.substring(0, 4)).toCharArray()) {
      int value = Character.digit(c, 36);
      if (value < 0) return false;
      rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    }
    return rest == 1;
  }
}
