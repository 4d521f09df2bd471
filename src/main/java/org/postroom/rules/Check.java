package org.postroom.rules;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.postroom.rules.Condition.Over;

/** A condition made ready: what it compares with is read once. */
@FunctionalInterface
interface Check {
  boolean holds(Map<String, Object> facts, Supplier<LocalDate> today);

  static Check of(Condition condition) {
    return switch (condition) {
      case Condition.All all -> all(all.of().stream().map(Check::of).toList());
      case Condition.Any any -> any(any.of().stream().map(Check::of).toList());
      case Condition.Not not -> not(of(not.of()));
      case Condition.Test test -> of(test);
    };
  }

  private static Check all(List<Check> checks) {
    return (facts, today) -> {
      for (Check check : checks) if (!check.holds(facts, today)) return false;
      return true;
    };
  }

  private static Check any(List<Check> checks) {
    return (facts, today) -> {
      for (Check check : checks) if (check.holds(facts, today)) return true;
      return false;
    };
  }

  private static Check not(Check check) {
    return (facts, today) -> !check.holds(facts, today);
  }

  private static Check of(Condition.Test test) {
    Comparison comparison = Comparison.of(test);
    Check compared =
        test.field().startsWith(Field.LINES)
            ? overLines(test, comparison)
            : (facts, today) ->
                comparison.holds(Facts.values(Facts.at(facts, test.field())), today);
    String currency = test.currency();
    if (currency == null) return compared;
    return (facts, today) ->
        currency.equals(Facts.at(facts, "document.currency")) && compared.holds(facts, today);
  }

  private static Check overLines(Condition.Test test, Comparison comparison) {
    String rest = test.field().substring(Field.LINES.length());
    String field = rest.startsWith(".") ? rest.substring(1) : rest;
    Over over = test.over() == null ? Over.ANY : test.over();
    return (facts, today) -> {
      List<Object> lines = lines(facts);
      Predicate<Object> one = line -> comparison.holds(Facts.values(Facts.at(line, field)), today);
      return switch (over) {
        case ANY -> lines.stream().anyMatch(one);
        case ALL -> !lines.isEmpty() && lines.stream().allMatch(one);
        case SUM -> comparison.holds(sum(lines, field), today);
        case COUNT -> comparison.holds(List.of(count(lines, field)), today);
      };
    };
  }

  private static List<Object> lines(Map<String, Object> facts) {
    return Facts.at(facts, "document.lines") instanceof List<?> list
        ? new ArrayList<>(list)
        : List.of();
  }

  /** Nothing where no line has a number there. */
  private static List<Object> sum(List<Object> lines, String field) {
    BigDecimal sum = null;
    for (Object line : lines)
      for (Object value : Facts.values(Facts.at(line, field))) {
        BigDecimal number = Facts.number(value);
        if (number != null) sum = sum == null ? number : sum.add(number);
      }
    return sum == null ? List.of() : List.of(sum);
  }

  private static BigDecimal count(List<Object> lines, String field) {
    if (field.isEmpty()) return BigDecimal.valueOf(lines.size());
    return BigDecimal.valueOf(
        lines.stream().filter(line -> !Facts.values(Facts.at(line, field)).isEmpty()).count());
  }
}
