package org.postroom.http;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The known name that somebody probably meant, for "did you mean …?". */
public final class Nearest {
  private Nearest() {}

  /** The closest of the known names, if it is close enough to be worth saying. */
  public static Optional<String> to(String typed, Collection<String> known) {
    if (typed.length() > 100) return Optional.empty();
    int most = Math.min(typed.length() - 1, Math.max(2, typed.length() / 3));
    return known.stream()
        .min(Comparator.comparingInt(name -> distance(typed, name)))
        .filter(name -> distance(typed, name) <= most);
  }

  /** Letters to insert, drop or change (Levenshtein). */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) row[j] = j;
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
