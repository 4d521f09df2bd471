package org.postroom.templates;

import java.util.ArrayList;
import java.util.List;

/** Two texts, word by word: what stayed, what went and what came. */
public final class WordDiff {
  /** Beyond this many words on a side, what differs is shown as a whole: the table is square. */
  private static final int MOST = 2_000;

  private WordDiff() {}

  /**
   * Some words in a row.
   *
   * @param kind {@code same}, {@code gone} or {@code come}
   */
  public record Piece(String kind, String text) {}

  public static List<Piece> of(String before, String after) {
    List<String> old = words(before);
    List<String> now = words(after);
    int start = 0;
    while (start < old.size() && start < now.size() && old.get(start).equals(now.get(start)))
      start++;
    int end = 0;
    while (end < old.size() - start
        && end < now.size() - start
        && old.get(old.size() - 1 - end).equals(now.get(now.size() - 1 - end))) end++;
    List<Piece> pieces = new ArrayList<>();
    add(pieces, "same", old.subList(0, start));
    middle(pieces, old.subList(start, old.size() - end), now.subList(start, now.size() - end));
    add(pieces, "same", old.subList(old.size() - end, old.size()));
    return pieces;
  }

  private static void middle(List<Piece> pieces, List<String> old, List<String> now) {
    if (old.size() > MOST || now.size() > MOST) {
      add(pieces, "gone", old);
      add(pieces, "come", now);
      return;
    }
    int[][] common = common(old, now);
    int i = 0;
    int j = 0;
    while (i < old.size() || j < now.size()) {
      if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
        add(pieces, "same", List.of(old.get(i)));
        i++;
        j++;
      } else if (i < old.size() && (j == now.size() || common[i + 1][j] >= common[i][j + 1])) {
        add(pieces, "gone", List.of(old.get(i++)));
      } else {
        add(pieces, "come", List.of(now.get(j++)));
      }
    }
  }

  /** How many words the rests have in common, from each pair of places on. */
  private static int[][] common(List<String> old, List<String> now) {
    int[][] common = new int[old.size() + 1][now.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--)
      for (int j = now.size() - 1; j >= 0; j--)
        common[i][j] =
            old.get(i).equals(now.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
    return common;
  }

  private static void add(List<Piece> pieces, String kind, List<String> words) {
    if (words.isEmpty()) return;
    String text = String.join("", words);
    if (!pieces.isEmpty() && pieces.getLast().kind().equals(kind))
      text = pieces.removeLast().text() + text;
    pieces.add(new Piece(kind, text));
  }

  /** Words and what stands between them, each for itself. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    var matcher = java.util.regex.Pattern.compile("\\s+|[^\\s]+").matcher(text);
    while (matcher.find()) words.add(matcher.group());
    return words;
  }
}
