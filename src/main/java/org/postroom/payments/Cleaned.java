package org.postroom.payments;

import org.jspecify.annotations.Nullable;

/** What strangers wrote, fit to be shown to people. */
final class Cleaned {
  private Cleaned() {}

  /** In one line, without control and direction marks, cut at {@code most} characters. */
  static String text(@Nullable String text, int most) {
    if (text == null) return "";
    String head = text.length() > 4 * most ? text.substring(0, 4 * most) : text;
    String line =
        head.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ")
            .replaceAll("[\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}]", "")
            .replaceAll("\\s+", " ")
            .strip();
    if (line.length() <= most) return line;
    int end = Character.isHighSurrogate(line.charAt(most - 1)) ? most - 1 : most;
    return line.substring(0, end).strip();
  }
}
