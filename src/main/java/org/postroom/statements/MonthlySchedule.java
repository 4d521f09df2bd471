package org.postroom.statements;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Ledger.Kind;
import org.postroom.receivables.Ageing;
import org.postroom.receivables.StatementScope;

/**
 * When statements go out every month, and which. The switch is that of the automatic mail.
 *
 * @param hour 0 to 23 in the company's time zone
 * @param who what of a run's request stays the same every month; its scope's days do not matter
 * @param prepareOnly the run waits for somebody to start it
 * @param catchUpDays so late a month that was missed is still done, 0 to 27
 * @param version of what was settled; 0 where nothing was yet
 */
public record MonthlySchedule(
    MonthlyDay day, int hour, Chosen who, boolean prepareOnly, int catchUpDays, long version) {

  /** Until somebody settles something else. */
  public static final MonthlySchedule INITIAL =
      new MonthlySchedule(
          MonthlyDay.FIRST_WORKING,
          8,
          new Chosen(Kind.OPEN_ITEMS, Ageing.USUAL, List.of(), null, List.of(), true, null),
          false,
          7,
          0);

  /**
   * Which statements, in the words of {@link RunRequest}.
   *
   * @param kind open items of the day, or the activity of the month before
   */
  public record Chosen(
      Kind kind,
      Ageing ageing,
      List<String> partners,
      @Nullable String q,
      List<String> exclude,
      boolean skipZero,
      @Nullable BigDecimal minAmount) {

    public Chosen {
      partners = List.copyOf(partners);
      exclude = List.copyOf(exclude);
    }
  }

  /**
   * When the statements of a month go out. Where clocks leave the hour out, as much later; where it
   * comes twice, the first time.
   */
  Instant moment(YearMonth month, ZoneId zone, Predicate<LocalDate> works) {
    return day.in(month, works)
        .atTime(hour, 0)
        .atZone(zone)
        .withEarlierOffsetAtOverlap()
        .toInstant();
  }

  /**
   * What a month's run asks for. Open items are those of the day it is made, so that a month caught
   * up late does not claim what was paid meanwhile. Activity is that of the month before, on the
   * last day that of the month itself.
   */
  RunRequest request(YearMonth month, LocalDate today) {
    YearMonth shown = day.equals(MonthlyDay.LAST) ? month : month.minusMonths(1);
    StatementScope scope =
        who.kind() == Kind.OPEN_ITEMS
            ? StatementScope.of(who.kind(), null, today, who.ageing())
            : StatementScope.of(who.kind(), shown.atDay(1), shown.atEndOfMonth(), who.ageing());
    return new RunRequest(
        scope,
        who.partners(),
        who.q(),
        who.exclude(),
        who.skipZero(),
        who.minAmount(),
        prepareOnly);
  }

  MonthlySchedule at(long newVersion) {
    return new MonthlySchedule(day, hour, who, prepareOnly, catchUpDays, newVersion);
  }
}
