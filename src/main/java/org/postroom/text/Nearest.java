package org.postroom.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word somebody probably meant. */
final class Nearest {
  private static final int LONGEST = 80;

  private Nearest() {}

  /**
   * The nearest of the words, if one is near: about a third of its letters may differ. How a word
   * is joined and its capitals do not count: {@code dueDate} is {@code due_date}.
   */
  static Optional<String> to(String typed, Collection<String> words) {
    if (typed.length() > LONGEST) return Optional.empty();
    String bare = bare(typed);
    return words.stream()
        .filter(word -> distance(bare, bare(word)) <= allowed(word))
        .min(
            Comparator.comparingInt((String word) -> distance(bare, bare(word)))
                .thenComparing(word -> word));
  }

  private static String bare(String word) {
    return word.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  /** Two for a swap of letters; in very short words that would be another word. */
  private static int allowed(String word) {
    return word.length() < 4 ? 1 : Math.max(2, word.length() / 4);
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
