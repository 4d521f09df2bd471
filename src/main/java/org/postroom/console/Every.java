package org.postroom.console;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.function.Supplier;

/** How often something runs by itself. */
sealed interface Every {

  /**
   * When it is due again: later than now, once, however long nobody was there.
   *
   * @param due when it was due this time
   */
  Instant next(Instant due, Instant now);

  /** When it is due for the first time ever, not before that moment. */
  default Instant first(Instant earliest) {
    return earliest;
  }

  /** The longest there can be between two runs. */
  Duration longest();

  /** For people: "every minute", "every night at 02:30". */
  String words();

  static Every minutes(int minutes) {
    return new Interval(Duration.ofMinutes(minutes));
  }

  static Every hour() {
    return new Interval(Duration.ofHours(1));
  }

  static Every day(int hour, int minute, Supplier<ZoneId> zone) {
    return new TimeOfDay(LocalTime.of(hour, minute), zone);
  }

  /** Keeps its beat: begun late, the next is not later for it. */
  record Interval(Duration length) implements Every {

    @Override
    public Instant next(Instant due, Instant now) {
      if (due.isAfter(now)) return now.plus(length);
      long missed = Duration.between(due, now).dividedBy(length);
      return due.plus(length.multipliedBy(missed + 1));
    }

    @Override
    public Duration longest() {
      return length;
    }

    @Override
    public String words() {
      long minutes = length.toMinutes();
      if (minutes == 1) return "every minute";
      return minutes == 60 ? "every hour" : "every " + minutes + " minutes";
    }
  }

  /**
   * Once a day by the clock on the wall. Where summer time leaves the hour out it runs as much
   * later; where the hour comes twice, the first time.
   */
  record TimeOfDay(LocalTime time, Supplier<ZoneId> zone) implements Every {

    @Override
    public Instant next(Instant due, Instant now) {
      ZonedDateTime there = now.atZone(zone.get());
      Instant today = at(there);
      return today.isAfter(now) ? today : at(there.plusDays(1));
    }

    @Override
    public Instant first(Instant earliest) {
      return next(earliest, earliest);
    }

    private Instant at(ZonedDateTime day) {
      return day.toLocalDate()
          .atTime(time)
          .atZone(day.getZone())
          .withEarlierOffsetAtOverlap()
          .toInstant();
    }

    @Override
    public Duration longest() {
      return Duration.ofHours(25);
    }

    @Override
    public String words() {
      return "every day at " + time;
    }
  }
}
