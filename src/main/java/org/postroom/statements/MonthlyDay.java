package org.postroom.statements;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The day of a month on which something is done: a number that every month has, the last day, or
 * the first on which the company works.
 *
 * @param word {@code 1} to {@code 28}, {@code last} or {@code first_working}
 */
public record MonthlyDay(String word) {
  private static final Map<String, String> WORDS =
      Map.of("last", "the last day", "first_working", "the first working day");
  public static final MonthlyDay LAST = new MonthlyDay("last");
  public static final MonthlyDay FIRST_WORKING = new MonthlyDay("first_working");

  public MonthlyDay {
    if (!WORDS.containsKey(word) && !word.matches("[1-9]|1[0-9]|2[0-8]"))
      throw new IllegalArgumentException("The day is 1 to 28, last or first_working.");
  }

  /** Where nobody works all month long, its first day. */
  public LocalDate in(YearMonth month, Predicate<LocalDate> works) {
    return switch (word) {
      case "last" -> month.atEndOfMonth();
      case "first_working" ->
          month
              .atDay(1)
              .datesUntil(month.plusMonths(1).atDay(1))
              .filter(works)
              .findFirst()
              .orElse(month.atDay(1));
      default -> month.atDay(Integer.parseInt(word));
    };
  }

  /** For people: "the first working day", "day 15". */
  public String words() {
    return WORDS.getOrDefault(word, "day " + word);
  }

  /** "November 2026". */
  static String words(YearMonth month) {
    return DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH).format(month);
  }
}
