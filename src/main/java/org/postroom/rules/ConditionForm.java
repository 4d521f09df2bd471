package org.postroom.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Problem.FieldError;
import org.springframework.util.MultiValueMap;

/**
 * A condition as a page's fields hold it, right or wrong: groups of rows. Drawn by the fragment
 * {@code rules/condition :: rows}; rows come and go by posts.
 *
 * @param outer {@code all} or {@code any} of the groups
 * @param groups null where the condition nests deeper than the page: then it stays as it is
 */
public record ConditionForm(String outer, @Nullable List<ConditionGroup> groups) {
  private static final String PLACE =
      "/condition/(?:all|any)/(\\d+)/(?:not/)?(?:all|any)/(\\d+)/(field|operator|value)(?:/\\d+)?";

  public static ConditionForm of(Condition condition) {
    return new ConditionForm(ConditionGroup.outer(condition), ConditionGroup.of(condition));
  }

  /** As posted. */
  public static ConditionForm of(MultiValueMap<String, String> posted) {
    String outer = one(posted, "outer").equals("any") ? "any" : "all";
    return new ConditionForm(outer, posted.containsKey("kept") ? null : ConditionGroup.of(posted));
  }

  /** What a button other than “Save” asks for, such as {@code add:0}. */
  public ConditionForm after(String asked) {
    return groups == null ? this : new ConditionForm(outer, ConditionGroup.after(groups, asked));
  }

  /** As the API takes it; null where it stays as it is. */
  public @Nullable Map<String, Object> json() {
    if (groups == null) return null;
    List<Object> parts = new ArrayList<>();
    for (ConditionGroup group : groups) {
      List<Object> rows = new ArrayList<>();
      for (ConditionRow row : group.rows()) if (!row.isEmpty()) rows.add(row.json());
      if (rows.isEmpty()) continue;
      boolean none = group.mode().equals("none");
      Map<String, Object> part = Map.of(none ? "any" : group.mode(), rows);
      parts.add(none ? Map.of("not", part) : part);
    }
    return Map.of(parts.isEmpty() ? "all" : outer, parts);
  }

  /** What {@link #json} was read as, without groups of one. */
  public static Condition simplest(Condition condition) {
    return switch (condition) {
      case Condition.All(List<Condition> of) when of.size() == 1 -> simplest(of.getFirst());
      case Condition.Any(List<Condition> of) when of.size() == 1 -> simplest(of.getFirst());
      case Condition.All(List<Condition> of) ->
          new Condition.All(of.stream().map(ConditionForm::simplest).toList());
      case Condition.Any(List<Condition> of) ->
          new Condition.Any(of.stream().map(ConditionForm::simplest).toList());
      case Condition.Not(Condition of) -> new Condition.Not(simplest(of));
      case Condition.Test test -> test;
    };
  }

  /** What the API says is wrong, at the page's field. */
  public static FieldError onPage(FieldError error) {
    String pointer =
        error
            .pointer()
            .replaceFirst("/over$", "/field")
            .replaceFirst("/currency$", "/value")
            .replaceFirst("^" + PLACE + "$", "/c/$1/$2/$3")
            .replaceFirst("^/condition.*", "/c/0/0/value");
    String message =
        error.pointer().endsWith("/currency")
            ? "Say in which currency, such as “5000 EUR”."
            : error.message();
    return new FieldError(pointer, error.code(), message);
  }

  /** The choice list of fields: key to words, by group. */
  public static Map<String, Map<String, String>> fields() {
    return ConditionRow.fields();
  }

  public static Map<String, String> operators() {
    Map<String, String> operators = new LinkedHashMap<>();
    for (Operator operator : Operator.values()) operators.put(operator.word(), operator.words());
    return operators;
  }

  static String one(MultiValueMap<String, String> posted, String name) {
    String value = posted.getFirst(name);
    return value == null ? "" : value.strip();
  }
}
