package org.postroom.text;

import org.jspecify.annotations.Nullable;

/** Turns places in a source into lines and columns; asked in any order. */
final class Place {
  private final String source;
  private int line = 1;
  private int lineStart;
  private int seen;

  Place(String source) {
    this.source = source;
  }

  char letter(int at) {
    return source.charAt(at);
  }

  Trouble trouble(int at, String code, String word, @Nullable String nearest, String message) {
    move(at);
    return new Trouble(line, at - lineStart + 1, code, cut(word), nearest, message);
  }

  /** A line ends with LF, CR LF or a CR alone. */
  private void move(int at) {
    if (at < seen) {
      line = 1;
      lineStart = 0;
      seen = 0;
    }
    for (; seen < at; seen++) {
      char letter = source.charAt(seen);
      boolean crLf =
          letter == '\r' && seen + 1 < source.length() && source.charAt(seen + 1) == '\n';
      if (letter == '\n' || letter == '\r' && !crLf) {
        line++;
        lineStart = seen + 1;
      }
    }
  }

  static String cut(String word) {
    return word.length() <= 60 ? word : word.substring(0, 60) + "…";
  }
}
