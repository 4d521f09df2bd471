package org.postroom.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Which days a company works, as read once for one question. */
record Days(ZoneId zone, String country, CalendarSettings settings) {
  /** No company closes every Monday of a year, so that a search ends long before. */
  private static final int MOST = 5 * 366;

  Instant next(WorkingTime time, Instant from) {
    // The day before: a clock set back over midnight lets its window reach into today.
    LocalDate first = from.atZone(zone).toLocalDate().minusDays(1);
    for (int ahead = 0; ahead < MOST; ahead++) {
      LocalDate day = first.plusDays(ahead);
      if (!works(time, day)) continue;
      Instant found = time.on(day, zone).map(window -> window.atOrAfter(from)).orElse(null);
      if (found != null) return found;
    }
    return first.plusDays(MOST).atStartOfDay(zone).toInstant();
  }

  boolean works(WorkingTime time, LocalDate day) {
    return time.days().contains(day.getDayOfWeek()) && whyFree(day) == null;
  }

  /** Null on a day that is worked if the week says so. */
  @Nullable String whyFree(LocalDate day) {
    if (settings.worksAnyway(day)) return null;
    for (FreeDays free : settings.free())
      if (free.covers(day)) return free.name() == null ? "Free day" : free.name();
    if (!settings.publicHolidays()) return null;
    return Holidays.in(country, settings.region(), day.getYear()).get(day);
  }
}
