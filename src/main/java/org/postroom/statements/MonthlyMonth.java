package org.postroom.statements;

import java.time.Instant;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * What became of a month's statements.
 *
 * @param dueAt when they were to go out
 * @param decidedAt when that was looked at
 * @param run id of the run that was begun; null where it was missed
 * @param missed why nothing was begun, for people; null where it was
 */
public record MonthlyMonth(
    YearMonth month,
    Instant dueAt,
    Instant decidedAt,
    @Nullable String run,
    @Nullable String missed) {

  /** "November 2026". */
  public String words() {
    return MonthlyDay.words(month);
  }
}
