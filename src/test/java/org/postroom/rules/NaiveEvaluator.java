package org.postroom.rules;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.postroom.rules.Condition.Over;
import org.postroom.rules.Condition.Test;

/**
 * Evaluates a condition as the documentation tells it, word by word and without regard to speed:
 * what the product's evaluation is held against. It shares no code with it.
 */
final class NaiveEvaluator {
  private final Map<String, Object> facts;
  private final LocalDate today;

  NaiveEvaluator(Map<String, Object> facts, LocalDate today) {
    this.facts = facts;
    this.today = today;
  }

  boolean holds(Condition condition) {
    if (condition instanceof Condition.All all) {
      boolean holds = true;
      for (Condition each : all.of()) holds &= holds(each);
      return holds;
    }
    if (condition instanceof Condition.Any any) {
      boolean holds = false;
      for (Condition each : any.of()) holds |= holds(each);
      return holds;
    }
    if (condition instanceof Condition.Not not) return !holds(not.of());
    return test((Test) condition);
  }

  private boolean test(Test test) {
    if (test.currency() != null
        && !Objects.equals(test.currency(), map(facts.get("document")).get("currency")))
      return false;
    if (!test.field().startsWith("document.lines[]"))
      return meets(test, values(test.field(), facts));
    List<Map<?, ?>> lines = new ArrayList<>();
    if (map(facts.get("document")).get("lines") instanceof List<?> list)
      for (Object line : list) lines.add(map(line));
    String name = test.field().equals("document.lines[]") ? "" : test.field().substring(17);
    if (test.over() == Over.COUNT) {
      int count = 0;
      for (Map<?, ?> line : lines) if (name.isEmpty() || !values(name, line).isEmpty()) count++;
      return meets(test, List.of(new BigDecimal(count)));
    }
    if (test.over() == Over.SUM) {
      List<Object> numbers = new ArrayList<>();
      for (Map<?, ?> line : lines)
        for (Object value : values(name, line)) if (isNumber(value)) numbers.add(value);
      if (numbers.isEmpty()) return meets(test, List.of());
      BigDecimal sum = BigDecimal.ZERO;
      for (Object number : numbers) sum = sum.add(new BigDecimal(number.toString()));
      return meets(test, List.of(sum));
    }
    int met = 0;
    for (Map<?, ?> line : lines) if (meets(test, values(name, line))) met++;
    return test.over() == Over.ALL ? met > 0 && met == lines.size() : met > 0;
  }

  private boolean meets(Test test, List<?> values) {
    Operator operator = test.operator();
    if (operator == Operator.IS_NOT) {
      return !meets(with(test, Operator.IS, test.values().getFirst()), values);
    }
    if (operator == Operator.IS_FALSE)
      return !meets(new Test(test.field(), test.over(), Operator.IS_TRUE, List.of(), null), values);
    if (operator == Operator.IS_EMPTY) return values.isEmpty();
    if (operator == Operator.IS_NOT_EMPTY) return !values.isEmpty();
    for (Object value : values) if (meets(test, value)) return true;
    return false;
  }

  private boolean meets(Test test, Object value) {
    String wanted = test.values().isEmpty() ? "" : test.values().getFirst();
    String text = value.toString().strip().toLowerCase(java.util.Locale.ROOT);
    String low = wanted.strip().toLowerCase(java.util.Locale.ROOT);
    return switch (test.operator()) {
      case IS -> text.equals(low) || sameNumber(test, value, wanted) || sameDay(value, wanted);
      case CONTAINS -> text.contains(low);
      case STARTS_WITH -> text.startsWith(low);
      case IS_ONE_OF -> {
        boolean one = false;
        for (String each : test.values()) one |= meets(with(test, Operator.IS, each), value);
        yield one;
      }
      case LESS_THAN -> isNumber(value) && compare(value, wanted) < 0;
      case AT_MOST -> isNumber(value) && compare(value, wanted) <= 0;
      case MORE_THAN -> isNumber(value) && compare(value, wanted) > 0;
      case AT_LEAST -> isNumber(value) && compare(value, wanted) >= 0;
      case BEFORE -> isDay(value) && LocalDate.parse(text).isBefore(day(wanted));
      case AFTER -> isDay(value) && LocalDate.parse(text).isAfter(day(wanted));
      case WITHIN_NEXT_DAYS -> isDay(value) && between(text, today, today.plusDays(days(wanted)));
      case WITHIN_PAST_DAYS -> isDay(value) && between(text, today.minusDays(days(wanted)), today);
      case IS_TRUE -> text.equals("true");
      default -> throw new AssertionError(test.operator());
    };
  }

  private static Test with(Test test, Operator operator, String value) {
    return new Test(test.field(), test.over(), operator, List.of(value), null);
  }

  private static boolean sameNumber(Test test, Object value, String wanted) {
    boolean numeric =
        value instanceof Number
            || List.of(
                    "document.gross",
                    "document.due",
                    "document.lines[].amount",
                    "document.lines[].quantity")
                .contains(test.field());
    return numeric && isNumber(value) && isNumber(wanted) && compare(value, wanted) == 0;
  }

  private boolean sameDay(Object value, String wanted) {
    boolean isDate = wanted.startsWith("today") || isDay(wanted);
    return isDate && isDay(value) && LocalDate.parse(value.toString()).equals(day(wanted));
  }

  private static boolean between(String text, LocalDate from, LocalDate to) {
    LocalDate date = LocalDate.parse(text);
    return !date.isBefore(from) && !date.isAfter(to);
  }

  private LocalDate day(String wanted) {
    if (wanted.equals("today")) return today;
    if (wanted.startsWith("today")) return today.plusDays(Integer.parseInt(wanted.substring(5)));
    return LocalDate.parse(wanted);
  }

  private static int days(String wanted) {
    return Integer.parseInt(wanted);
  }

  private static int compare(Object value, String wanted) {
    return new BigDecimal(value.toString().strip()).compareTo(new BigDecimal(wanted));
  }

  private static boolean isNumber(Object value) {
    return value.toString().strip().matches("[+-]?[0-9]+(\\.[0-9]+)?");
  }

  private static boolean isDay(Object value) {
    return value.toString().matches("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  }

  private static List<Object> values(String path, Map<?, ?> from) {
    Object value = from;
    for (String part : path.split("\\.")) value = map(value).get(part);
    List<Object> values = new ArrayList<>();
    if (value instanceof List<?> list) values.addAll(list);
    else if (value != null) values.add(value);
    values.removeIf(each -> each.toString().isBlank());
    return values;
  }

  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }
}
