package org.postroom.keeping;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may be an address in a text, in every reading: more than there are rather than one less.
 * What is none matches no fingerprint.
 */
final class AddressesIn {
  private static final int LONGEST = 254;
  private static final Pattern AROUND_AT =
      Pattern.compile(
          "[^\\s\"<>(),;:\\[\\]\\\\@]{1,200}@[\\p{L}\\p{N}](?:[\\p{L}\\p{N}.-]{0,250}[\\p{L}\\p{N}])?");

  private AddressesIn() {}

  static Set<String> of(String text) {
    if (text.indexOf('@') < 0) return Set.of();
    Set<String> found = new LinkedHashSet<>();
    if (text.length() <= LONGEST) found.add(text.strip());
    Matcher matcher = AROUND_AT.matcher(text);
    while (matcher.find()) {
      readings(matcher.group(), found);
      // JSON has \n and the like before it.
      if (matcher.start() > 0 && text.charAt(matcher.start() - 1) == '\\')
        readings(matcher.group().substring(1), found);
    }
    return found;
  }

  /** Signs that may belong to an address may also stand before one, as in 'anna@x.example'. */
  private static void readings(String word, Set<String> found) {
    int at = word.indexOf('@');
    if (at < 1) return;
    found.add(word);
    for (int i = 0; i < at - 1; i++) if (!goesOn(word.charAt(i))) found.add(word.substring(i + 1));
  }

  private static boolean goesOn(char sign) {
    return Character.isLetterOrDigit(sign) || "._%+-".indexOf(sign) >= 0;
  }
}
