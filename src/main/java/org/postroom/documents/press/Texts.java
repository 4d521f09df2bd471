package org.postroom.documents.press;

import java.text.Normalizer;

/** Makes text from outside fit for paper. */
public final class Texts {
  private Texts() {}

  /**
   * Without control characters, invisible marks and halves of surrogate pairs; every kind of line
   * end becomes {@code \n}, every odd space a plain one. Direction overrides go too: they could
   * show a number backwards.
   */
  public static String clean(String text) {
    if (isPlain(text)) return text;
    StringBuilder clean = new StringBuilder(text.length());
    // Composed letters exist in more fonts than their parts do.
    String composed = Normalizer.normalize(text.replace("\r\n", "\n"), Normalizer.Form.NFC);
    composed.codePoints().forEach(point -> append(clean, point));
    return clean.toString();
  }

  private static void append(StringBuilder clean, int point) {
    if (point == '\n' || point == '\r' || point == 0x85 || point == 0x2028 || point == 0x2029) {
      clean.append('\n');
    } else if (isSpace(point)) {
      clean.append(point == 0x202f ? '\u00a0' : ' ');
    } else if (isPrintable(point)) {
      clean.appendCodePoint(point);
    }
  }

  private static boolean isSpace(int point) {
    return point == '\t'
        || (point != 0xa0 && Character.getType(point) == Character.SPACE_SEPARATOR);
  }

  private static boolean isPrintable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
          false;
      // Joiners shape Arabic and Indic words; everything else invisible has no place on paper.
      case Character.FORMAT -> point == 0x200c || point == 0x200d;
      default -> point != 0xfe0e && point != 0xfe0f;
    };
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (letter < ' ' || letter > '\u024f' || letter == '\u00ad') return false;
      if (letter >= '\u007f' && letter < '\u00a0') return false;
    }
    return true;
  }
}
