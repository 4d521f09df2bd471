package org.postroom.findings;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Submission servers that people mean when they mistype a name. */
final class KnownHosts {
  private static final int LONGEST = 60;
  private static final int MOST_MISTAKES = 2;

  private final List<String> hosts;

  KnownHosts(List<Provider> providers) {
    this.hosts = providers.stream().flatMap(one -> one.submission().stream()).toList();
  }

  /** The known host that is one or two mistakes away; null where there is none. */
  @Nullable String nearest(String typed) {
    if (typed.isEmpty() || typed.length() > LONGEST || hosts.contains(typed)) return null;
    return hosts.stream()
        .filter(host -> mistakes(typed, host) <= MOST_MISTAKES)
        .min(Comparator.comparingInt(host -> mistakes(typed, host)))
        .orElse(null);
  }

  /** Letters wrong, missing, too many, or two swapped (optimal string alignment). */
  static int mistakes(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) cost[i][0] = i;
    for (int j = 0; j <= b.length(); j++) cost[0][j] = j;
    for (int i = 1; i <= a.length(); i++)
      for (int j = 1; j <= b.length(); j++) {
        int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        cost[i][j] = Math.min(least, cost[i - 1][j - 1] + wrong);
        if (swapped(a, b, i, j)) cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
      }
    return cost[a.length()][b.length()];
  }

  private static boolean swapped(String a, String b, int i, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
