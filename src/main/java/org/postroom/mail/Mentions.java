package org.postroom.mail;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where an address stands in a text, whatever the text is: not inside of another's, as {@code
 * a@x.example} would in {@code maria@x.example} or {@code a@x.example.org}.
 */
public final class Mentions {
  /** What an address goes on with, to the left; JSON's {@code \\n} is no part of it. */
  private static final String BEFORE = "(?:(?<![\\p{L}\\p{N}._%+-])|(?<=\\\\[nrtbf]))";

  private static final String AFTER = "(?![\\p{L}\\p{N}-]|\\.[\\p{L}\\p{N}])";

  private Mentions() {}

  /** Finds each of them, in any case. */
  public static Pattern of(String address) {
    return Pattern.compile(
        BEFORE + Pattern.quote(address) + AFTER, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** Whether there is one. */
  public static boolean in(String text, String address) {
    return text.toLowerCase(Locale.ROOT).contains(address.toLowerCase(Locale.ROOT))
        && of(address).matcher(text).find();
  }
}
