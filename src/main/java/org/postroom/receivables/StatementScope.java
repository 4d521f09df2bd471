package org.postroom.receivables;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Ledger.Kind;
import org.postroom.http.Problem;

/**
 * Which statement: what is open on a day, or what moved in a period.
 *
 * @param from first day of the period; null for open items
 * @param asOf the day, or the last day of the period
 */
public record StatementScope(Kind kind, @Nullable LocalDate from, LocalDate asOf, Ageing ageing) {

  public StatementScope {
    if (kind == Kind.ACTIVITY && from == null)
      throw Problem.invalid("/from", "required", "Activity needs the first day of its period.");
    if (kind == Kind.OPEN_ITEMS && from != null)
      throw Problem.invalid("/from", "contradiction", "Open items have no first day.");
    if (from != null && from.isAfter(asOf))
      throw Problem.invalid("/from", "out_of_range", "The first day is after the last day.");
  }

  public static StatementScope openItems(LocalDate asOf) {
    return new StatementScope(Kind.OPEN_ITEMS, null, asOf, Ageing.USUAL);
  }

  public static StatementScope activity(LocalDate from, LocalDate asOf) {
    return new StatementScope(Kind.ACTIVITY, from, asOf, Ageing.USUAL);
  }

  /** As asked for: activity without a first day begins with the month of its last. */
  public static StatementScope of(
      @Nullable Kind kind, @Nullable LocalDate from, LocalDate asOf, @Nullable Ageing ageing) {
    Kind asked = kind != null ? kind : from == null ? Kind.OPEN_ITEMS : Kind.ACTIVITY;
    LocalDate first = asked == Kind.ACTIVITY && from == null ? asOf.withDayOfMonth(1) : from;
    return new StatementScope(asked, first, asOf, ageing == null ? Ageing.USUAL : ageing);
  }
}
