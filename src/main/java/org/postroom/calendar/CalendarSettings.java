package org.postroom.calendar;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a company does not work although its week says so, and when it does all the same.
 *
 * @param publicHolidays whether public holidays are free
 * @param country whose holidays, ISO 3166-1 alpha-2; null for the company's own country
 * @param region of that country as {@link Holidays} names it, such as {@code by}; null for the days
 *     the whole country has
 * @param free further free days
 * @param working days that are worked anyway; they win over all others
 * @param version grows with each change, 0 where nothing was ever settled
 */
public record CalendarSettings(
    boolean publicHolidays,
    @Nullable String country,
    @Nullable String region,
    List<FreeDays> free,
    List<WorkingDay> working,
    long version) {
  public static final CalendarSettings INITIAL =
      new CalendarSettings(true, null, null, List.of(), List.of(), 0);

  public CalendarSettings {
    free = List.copyOf(free);
    working = List.copyOf(working);
  }

  boolean worksAnyway(LocalDate day) {
    return working.stream().anyMatch(each -> each.day().equals(day));
  }

  boolean isFree(LocalDate day) {
    return free.stream().anyMatch(each -> each.covers(day));
  }

  CalendarSettings at(long version) {
    return new CalendarSettings(publicHolidays, country, region, free, working, version);
  }
}
