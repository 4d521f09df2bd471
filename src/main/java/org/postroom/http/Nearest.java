package org.postroom.http;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word somebody probably meant. */
public final class Nearest {
  private static final int LONGEST = 60;

  private Nearest() {}

  /** The nearest of the words, if one is near: about a third of its letters may differ. */
  public static Optional<String> to(String typed, Collection<String> words) {
    if (typed.length() > LONGEST) return Optional.empty();
    return words.stream()
        .filter(word -> word.length() <= LONGEST)
        .filter(word -> distance(typed, word) <= allowed(word))
        .min(Comparator.comparingInt(word -> distance(typed, word)));
  }

  /** Ends a sentence: {@code Did you mean “x”?}, or nothing. */
  public static String hint(String typed, Collection<String> words) {
    return to(typed, words).map(word -> " Did you mean “" + word + "”?").orElse("");
  }

  /** Two for a swap of letters; in very short words that would be another word. */
  private static int allowed(String word) {
    return word.length() < 4 ? 1 : Math.max(2, word.length() / 3);
  }

  /** Levenshtein, one row at a time. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) row[j] = j;
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
