package org.postroom.documents.own;

import java.util.ArrayList;
import java.util.List;

/** Two texts side by side, line by line: what went, what came, and what stands around it. */
public final class Compared {
  private static final int MOST = 3_000;

  /** {@code -} went, {@code +} came, a space stayed. */
  public record Line(String mark, String text) {}

  private Compared() {}

  /** Of very long texts everything between the first and last difference counts as changed. */
  public static List<Line> lines(String before, String after) {
    String[] old = before.split("\n", -1);
    String[] now = after.split("\n", -1);
    int start = 0;
    while (start < old.length && start < now.length && old[start].equals(now[start])) start++;
    int end = 0;
    while (end < old.length - start
        && end < now.length - start
        && old[old.length - 1 - end].equals(now[now.length - 1 - end])) end++;
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < start; i++) lines.add(new Line(" ", old[i]));
    middle(lines, part(old, start, end), part(now, start, end));
    for (int i = old.length - end; i < old.length; i++) lines.add(new Line(" ", old[i]));
    return lines;
  }

  /** The longest common lines, by the textbook. */
  private static void middle(List<Line> lines, List<String> old, List<String> now) {
    boolean small = (long) old.size() * now.size() <= (long) MOST * MOST;
    int[][] common = new int[small ? old.size() + 1 : 1][small ? now.size() + 1 : 1];
    if (small)
      for (int i = old.size() - 1; i >= 0; i--)
        for (int j = now.size() - 1; j >= 0; j--)
          common[i][j] =
              old.get(i).equals(now.get(j))
                  ? common[i + 1][j + 1] + 1
                  : Math.max(common[i + 1][j], common[i][j + 1]);
    int i = 0;
    int j = 0;
    while (i < old.size() || j < now.size()) {
      boolean same = i < old.size() && j < now.size() && old.get(i).equals(now.get(j));
      if (same && small) {
        lines.add(new Line(" ", old.get(i++)));
        j++;
      } else if (i < old.size()
          && (j == now.size() || !small || common[i + 1][j] >= common[i][j + 1])) {
        lines.add(new Line("-", old.get(i++)));
      } else {
        lines.add(new Line("+", now.get(j++)));
      }
    }
  }

  private static List<String> part(String[] lines, int start, int end) {
    return List.of(lines).subList(start, lines.length - end);
  }
}
