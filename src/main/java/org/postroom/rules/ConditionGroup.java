package org.postroom.rules;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * Rows of a condition that belong together.
 *
 * @param mode {@code all}, {@code any} or {@code none} of the rows
 */
public record ConditionGroup(String mode, List<ConditionRow> rows) {
  private static final int MOST_GROUPS = 10;
  private static final int MOST_ROWS = 30;

  public ConditionGroup {
    rows = List.copyOf(rows);
  }

  public static ConditionGroup fresh() {
    return new ConditionGroup("all", List.of(ConditionRow.EMPTY));
  }

  /** How the groups of the condition belong together. */
  static String outer(Condition condition) {
    return condition instanceof Condition.Any ? "any" : "all";
  }

  /** The condition as groups; null where it nests deeper. */
  static @Nullable List<ConditionGroup> of(Condition condition) {
    List<Condition> parts =
        switch (condition) {
          case Condition.All all -> all.of();
          case Condition.Any any -> any.of();
          default -> List.of(condition);
        };
    List<ConditionRow> loose = new ArrayList<>();
    List<ConditionGroup> groups = new ArrayList<>();
    for (Condition part : parts) {
      if (part instanceof Condition.Test test) loose.add(ConditionRow.of(test));
      else {
        ConditionGroup group = group(part);
        if (group == null) return null;
        groups.add(group);
      }
    }
    if (!loose.isEmpty()) groups.addFirst(new ConditionGroup(outer(condition), loose));
    return groups;
  }

  private static @Nullable ConditionGroup group(Condition part) {
    return switch (part) {
      case Condition.All all -> group("all", all.of());
      case Condition.Any any -> group("any", any.of());
      case Condition.Not(Condition.Any any) -> group("none", any.of());
      case Condition.Not(Condition.Test test) -> group("none", List.of(test));
      default -> null;
    };
  }

  private static @Nullable ConditionGroup group(String mode, List<Condition> parts) {
    List<ConditionRow> rows = new ArrayList<>();
    for (Condition part : parts) {
      if (!(part instanceof Condition.Test test)) return null;
      rows.add(ConditionRow.of(test));
    }
    return rows.isEmpty() ? null : new ConditionGroup(mode, rows);
  }

  /** As posted: {@code c/0/mode}, {@code c/0/1/field} and so on. */
  static List<ConditionGroup> of(MultiValueMap<String, String> posted) {
    List<ConditionGroup> groups = new ArrayList<>();
    for (int g = 0; g < MOST_GROUPS && posted.containsKey("c/" + g + "/mode"); g++) {
      List<ConditionRow> rows = new ArrayList<>();
      for (int r = 0; r < MOST_ROWS && posted.containsKey("c/" + g + "/" + r + "/field"); r++)
        rows.add(ConditionRow.of(posted, "c/" + g + "/" + r + "/"));
      String mode = ConditionForm.one(posted, "c/" + g + "/mode");
      groups.add(new ConditionGroup(List.of("any", "none").contains(mode) ? mode : "all", rows));
    }
    return groups;
  }

  /** After {@code add:0}, {@code remove:0:1}, {@code group} or {@code ungroup:0}. */
  static List<ConditionGroup> after(List<ConditionGroup> groups, String asked) {
    String[] words = asked.split(":");
    List<ConditionGroup> changed = new ArrayList<>(groups);
    int at = number(words, 1, groups.size());
    if (words[0].equals("group") && groups.size() < MOST_GROUPS) changed.add(fresh());
    if (at < 0) return changed;
    List<ConditionRow> rows = new ArrayList<>(groups.get(at).rows());
    int row = number(words, 2, rows.size());
    if (words[0].equals("add") && rows.size() < MOST_ROWS) rows.add(ConditionRow.EMPTY);
    if (words[0].equals("remove") && row >= 0) rows.remove(row);
    if (words[0].equals("ungroup")) changed.remove(at);
    else changed.set(at, new ConditionGroup(groups.get(at).mode(), rows));
    return changed;
  }

  private static int number(String[] words, int at, int below) {
    boolean isNumber = words.length > at && words[at].matches("[0-9]{1,3}");
    int number = isNumber ? Integer.parseInt(words[at]) : -1;
    return number < below ? number : -1;
  }
}
