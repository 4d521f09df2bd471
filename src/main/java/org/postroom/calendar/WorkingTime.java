package org.postroom.calendar;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;

/**
 * Days of the week, and from when until when on each of them; the end is not inside.
 *
 * @param days at least one
 * @param until after {@code from}: a window does not run past midnight
 */
public record WorkingTime(Set<DayOfWeek> days, LocalTime from, LocalTime until) {
  /** Monday to Friday, eight to six. */
  public static final WorkingTime USUAL =
      new WorkingTime(
          EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
          LocalTime.of(8, 0),
          LocalTime.of(18, 0));

  /** Throws IllegalArgumentException where {@link #of} would tell what is wrong. */
  public WorkingTime {
    List<FieldError> wrong = wrong("", days, from, until);
    if (!wrong.isEmpty()) throw new IllegalArgumentException(wrong.getFirst().message());
    days = Collections.unmodifiableSet(EnumSet.copyOf(days));
  }

  /** What was given by somebody: 422 with pointers below the one given where it is no window. */
  public static WorkingTime of(
      String pointer, Collection<DayOfWeek> days, LocalTime from, LocalTime until) {
    List<FieldError> wrong = wrong(pointer, days, from, until);
    if (!wrong.isEmpty()) throw Problem.invalid(wrong);
    return new WorkingTime(EnumSet.copyOf(days), from, until);
  }

  /** What is wrong with such a window, with pointers below the one given; empty when nothing is. */
  public static List<FieldError> wrong(
      String pointer, Collection<DayOfWeek> days, LocalTime from, LocalTime until) {
    List<FieldError> wrong = new ArrayList<>();
    if (days.isEmpty())
      wrong.add(
          new FieldError(pointer + "/days", "required", "Choose at least one day of the week."));
    if (!until.isAfter(from))
      wrong.add(
          new FieldError(
              pointer + "/until",
              "past_midnight",
              "The end must be later on the same day than the beginning; hours past midnight are"
                  + " not possible."));
    return wrong;
  }

  /**
   * The window of a day in a zone. Where clocks go forward over its edge, the edge is the first
   * moment after the gap; where they go back over it, the edge is the first of the two moments.
   */
  Optional<Window> on(LocalDate day, ZoneId zone) {
    Instant start = first(day.atTime(from), zone);
    Instant end = first(day.atTime(until), zone);
    return start.isBefore(end) ? Optional.of(new Window(start, end)) : Optional.empty();
  }

  /** From the first moment to just before the second. */
  record Window(Instant start, Instant end) {
    /** The first moment inside that is not before the one given; null where it is over. */
    @Nullable Instant atOrAfter(Instant moment) {
      if (!moment.isBefore(end)) return null;
      return moment.isAfter(start) ? moment : start;
    }
  }

  /** The first moment at which clocks in the zone show that time or a later one. */
  private static Instant first(LocalDateTime time, ZoneId zone) {
    var rules = zone.getRules();
    var transition = rules.getTransition(time);
    if (transition == null) return time.toInstant(rules.getOffset(time));
    return transition.isGap()
        ? transition.getInstant()
        : time.toInstant(transition.getOffsetBefore());
  }
}
