package org.postroom.calendar;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Days a company does not work beside the public holidays, from the first to the last.
 *
 * @param last the first itself where it is one day
 * @param everyYear the same days again each year after
 * @param name for people, such as "Works holiday"
 */
public record FreeDays(LocalDate first, LocalDate last, boolean everyYear, @Nullable String name) {

  boolean covers(LocalDate day) {
    if (day.isBefore(first)) return false;
    if (!everyYear) return !day.isAfter(last);
    // A range over New Year that began last year is asked for with last year's beginning.
    int years = day.getYear() - first.getYear();
    return covers(day, years) || (years > 0 && covers(day, years - 1));
  }

  private boolean covers(LocalDate day, int years) {
    return !day.isBefore(first.plusYears(years)) && !day.isAfter(last.plusYears(years));
  }
}
