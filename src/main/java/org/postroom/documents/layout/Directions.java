package org.postroom.documents.layout;

import java.text.Bidi;

/** Which way text runs (Unicode UAX 9), by what the JDK knows of it. */
final class Directions {
  private Directions() {}

  /** Whether the first letter that has a direction runs from right to left. */
  static boolean startRightToLeft(String text) {
    char[] letters = text.toCharArray();
    return Bidi.requiresBidi(letters, 0, letters.length)
        && !new Bidi(text, Bidi.DIRECTION_DEFAULT_LEFT_TO_RIGHT).baseIsLeftToRight();
  }
}
