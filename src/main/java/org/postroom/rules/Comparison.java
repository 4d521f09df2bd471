package org.postroom.rules;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Compares a field's values with a rule's. A field of several values meets it if one does. */
@FunctionalInterface
interface Comparison {
  /**
   * @param values none where the field is empty
   */
  boolean holds(List<Object> values, Supplier<LocalDate> today);

  static Comparison of(Condition.Test test) {
    String value = test.values().isEmpty() ? "" : test.values().getFirst();
    boolean numeric = Field.of(test.field()).filter(f -> f.isNumeric(test.over())).isPresent();
    return switch (test.operator()) {
      case IS -> is(value, numeric);
      case IS_NOT -> not(is(value, numeric));
      case CONTAINS -> text(value, String::contains);
      case STARTS_WITH -> text(value, String::startsWith);
      case IS_ONE_OF -> oneOf(test.values(), numeric);
      case IS_EMPTY -> (values, today) -> values.isEmpty();
      case IS_NOT_EMPTY -> (values, today) -> !values.isEmpty();
      case LESS_THAN -> number(value, order -> order < 0);
      case AT_MOST -> number(value, order -> order <= 0);
      case MORE_THAN -> number(value, order -> order > 0);
      case AT_LEAST -> number(value, order -> order >= 0);
      case BEFORE -> day(value, order -> order < 0);
      case AFTER -> day(value, order -> order > 0);
      case WITHIN_NEXT_DAYS -> within(value, 1);
      case WITHIN_PAST_DAYS -> within(value, -1);
      case IS_TRUE -> any(each -> Facts.folded(each).equals("true"));
      // What nobody said is not true.
      case IS_FALSE -> not(any(each -> Facts.folded(each).equals("true")));
    };
  }

  private static Comparison oneOf(List<String> wanted, boolean numeric) {
    List<Comparison> each = wanted.stream().map(one -> is(one, numeric)).toList();
    return (values, today) -> each.stream().anyMatch(one -> one.holds(values, today));
  }

  /** As days where the rule names one, as numbers where the field has numbers, else as texts. */
  private static Comparison is(String wanted, boolean numeric) {
    String text = Facts.folded(wanted);
    BigDecimal number = Facts.number(wanted);
    Day day = Day.of(wanted).orElse(null);
    return (values, today) ->
        values.stream()
            .anyMatch(value ->
                Facts.folded(value).equals(text)
                    || (number != null && isNumber(value, numeric) && same(value, number))
                    || (day != null && day.on(today.get()).equals(Facts.date(value))));
  }

  /** A text may look like a number and be a name: 007 is not 7. */
  private static boolean isNumber(Object value, boolean numeric) {
    return numeric || value instanceof Number;
  }

  private static boolean same(Object value, BigDecimal wanted) {
    BigDecimal number = Facts.number(value);
    return number != null && number.compareTo(wanted) == 0;
  }

  @FunctionalInterface
  interface Both {
    boolean hold(String value, String wanted);
  }

  private static Comparison text(String wanted, Both both) {
    String text = Facts.folded(wanted);
    return any(value -> both.hold(Facts.folded(value), text));
  }

  private static Comparison number(String wanted, IntPredicate order) {
    BigDecimal bound = Facts.number(wanted);
    return any(value -> {
      BigDecimal number = Facts.number(value);
      return number != null && bound != null && order.test(number.compareTo(bound));
    });
  }

  private static Comparison day(String wanted, IntPredicate order) {
    Day bound = Day.of(wanted).orElse(null);
    return (values, today) ->
        values.stream()
            .anyMatch(value -> {
              LocalDate date = Facts.date(value);
              return date != null
                  && bound != null
                  && order.test(date.compareTo(bound.on(today.get())));
            });
  }

  private static Comparison within(String days, int direction) {
    int count = days.matches("[0-9]{1,5}") ? Integer.parseInt(days) : 0;
    return (values, today) ->
        values.stream()
            .anyMatch(value -> {
              LocalDate date = Facts.date(value);
              if (date == null) return false;
              long away = (date.toEpochDay() - today.get().toEpochDay()) * direction;
              return away >= 0 && away <= count;
            });
  }

  private static Comparison any(Predicate<Object> one) {
    return (values, today) -> values.stream().anyMatch(one);
  }

  private static Comparison not(Comparison comparison) {
    return (values, today) -> !comparison.holds(values, today);
  }
}
