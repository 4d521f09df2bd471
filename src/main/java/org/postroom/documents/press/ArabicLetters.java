package org.postroom.documents.press;

import java.util.HashMap;
import java.util.Map;

/**
 * Joins Arabic letters: each becomes the presentation form its neighbours ask for (Unicode chapter
 * 9.2, Arabic Presentation Forms A and B), for Arabic, Persian and Urdu. PDF needs this done
 * beforehand.
 */
public final class ArabicLetters {
  /**
   * First form of each letter; forms follow as isolated, final and, if it joins on, initial,
   * medial.
   */
  private record Forms(int first, boolean joinsOn) {}

  private static final Map<Character, Forms> LETTERS = new HashMap<>();
  private static final char LAM = '\u0644';
  private static final char TATWEEL = '\u0640';
  private static final String ALEFS = "\u0622\u0623\u0625\u0627";

  static {
    int form = 0xfe80;
    // The standard letters stand in code order; those of this list take two forms, hamza takes one.
    String right = "\u0622\u0623\u0624\u0625\u0627\u0629\u062f\u0630\u0631\u0632\u0648\u0649";
    for (char letter = '\u0621'; letter <= '\u064a'; letter++) {
      if (letter > '\u063a' && letter < '\u0641') continue;
      boolean joinsOn = letter != '\u0621' && right.indexOf(letter) < 0;
      LETTERS.put(letter, new Forms(form, joinsOn));
      form += letter == '\u0621' ? 1 : joinsOn ? 4 : 2;
    }
    both("\u067e", 0xfb56); // peh
    both("\u0679", 0xfb66); // tteh
    both("\u0686", 0xfb7a); // tcheh
    both("\u06a9", 0xfb8e); // keheh
    both("\u06af", 0xfb92); // gaf
    both("\u06be", 0xfbaa); // heh doachashmee
    both("\u06c1", 0xfba6); // heh goal
    both("\u06cc", 0xfbfc); // Farsi yeh
    right("\u0688", 0xfb88); // ddal
    right("\u0698", 0xfb8a); // jeh
    right("\u0691", 0xfb8c); // rreh
    right("\u06ba", 0xfb9e); // noon ghunna
    right("\u06d2", 0xfbae); // yeh barree
  }

  private ArabicLetters() {}

  public static boolean isIn(CharSequence text) {
    return text.chars().anyMatch(letter -> letter >= 0x620 && letter <= 0x6d5);
  }

  public static String join(String text) {
    if (!isIn(text)) return text;
    StringBuilder joined = new StringBuilder(text.length());
    boolean before = false; // whether the letter before joins on to this one
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (isMark(letter)) {
        joined.append(letter);
        continue;
      }
      int next = next(text, i);
      if (letter == LAM && next == i + 1 && ALEFS.indexOf(text.charAt(next)) >= 0) {
        joined.append((char) (0xfef5 + 2 * ALEFS.indexOf(text.charAt(next)) + (before ? 1 : 0)));
        before = false;
        i = next;
        continue;
      }
      joined.append(form(letter, before, next < text.length() && joins(text.charAt(next))));
      before = joinsOn(letter);
    }
    return joined.toString();
  }

  private static char form(char letter, boolean before, boolean after) {
    Forms forms = LETTERS.get(letter);
    if (forms == null || letter == '\u0621') return forms == null ? letter : (char) forms.first();
    boolean on = after && forms.joinsOn();
    int shape = before ? (on ? 3 : 1) : (on ? 2 : 0);
    return (char) (forms.first() + shape);
  }

  private static int next(String text, int from) {
    int next = from + 1;
    while (next < text.length() && isMark(text.charAt(next))) next++;
    return next;
  }

  private static boolean joins(char letter) {
    return letter == TATWEEL || (letter != '\u0621' && LETTERS.containsKey(letter));
  }

  private static boolean joinsOn(char letter) {
    Forms forms = LETTERS.get(letter);
    return letter == TATWEEL || (forms != null && forms.joinsOn());
  }

  private static boolean isMark(char letter) {
    return (letter >= '\u064b' && letter <= '\u065f') || letter == '\u0670';
  }

  private static void both(String letter, int first) {
    LETTERS.put(letter.charAt(0), new Forms(first, true));
  }

  private static void right(String letter, int first) {
    LETTERS.put(letter.charAt(0), new Forms(first, false));
  }
}
