package org.postroom.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DaysTests {
  @Test
  void agreesWithAClockReadMinuteByMinuteWhereClocksChange() {
    long seed = Long.getLong("postroom.seed", System.nanoTime());
    var random = new Random(seed);
    for (Change change : CHANGES) {
      for (int round = 0; round < 20; round++) {
        WorkingTime time = anyTime(random, change.hour());
        compare(ZoneId.of(change.zone()), LocalDate.parse(change.day()), time, random, seed);
      }
    }
  }

  /** A day on which clocks change in a zone, and the hour about which they do. */
  private record Change(String zone, String day, int hour) {}

  private static final List<Change> CHANGES =
      List.of(
          new Change("Europe/Berlin", "2026-03-29", 2),
          new Change("Europe/Berlin", "2026-10-25", 2),
          new Change("America/New_York", "2026-03-08", 2),
          new Change("America/New_York", "2026-11-01", 1),
          new Change("America/Havana", "2026-11-01", 0), // back over midnight's hour
          new Change("America/Sao_Paulo", "2018-11-04", 0), // midnight does not exist
          new Change("America/St_Johns", "2006-10-29", 0), // a minute past midnight, back to before
          new Change("Australia/Lord_Howe", "2026-04-05", 2), // half an hour
          new Change("Asia/Kathmandu", "2026-03-29", 2), // never changes
          new Change("Pacific/Apia", "2011-12-30", 9)); // a day that never was

  private void compare(ZoneId zone, LocalDate day, WorkingTime time, Random random, long seed) {
    var days =
        new Days(zone, "AQ", new CalendarSettings(false, null, null, List.of(), List.of(), 0));
    List<Instant> working = minutesWorked(zone, day, time);
    for (int i = 0; i < 15; i++) {
      Instant from =
          day.minusDays(2)
              .atStartOfDay(zone)
              .toInstant()
              .plus(Duration.ofMinutes(random.nextInt(4 * 1440)));
      Instant expected =
          working.stream().filter(minute -> !minute.isBefore(from)).findFirst().orElseThrow();
      String what = zone + " " + time + " from " + from + ", seed " + seed;
      Instant found = days.next(time, from);
      assertThat(found).as(what).isEqualTo(expected).isAfterOrEqualTo(from);
      assertThat(days.next(time, found)).as(what + ", again").isEqualTo(found);
    }
  }

  /**
   * Reads a clock minute by minute: a day's window opens at the first minute that shows its
   * beginning or later, and closes at the first that shows its end or later.
   */
  private static List<Instant> minutesWorked(ZoneId zone, LocalDate around, WorkingTime time) {
    Instant start = around.minusDays(4).atStartOfDay(zone).toInstant();
    LocalDateTime[] shown = new LocalDateTime[13 * 1440];
    for (int minute = 0; minute < shown.length; minute++)
      shown[minute] = LocalDateTime.ofInstant(start.plusSeconds(minute * 60L), zone);
    Set<Instant> worked = new TreeSet<>();
    for (int day = -3; day <= 8; day++) {
      LocalDate date = around.plusDays(day);
      if (!time.days().contains(date.getDayOfWeek())) continue;
      boolean opened = false;
      for (int minute = 0; minute < shown.length; minute++) {
        if (!shown[minute].isBefore(date.atTime(time.until()))) break;
        opened = opened || !shown[minute].isBefore(date.atTime(time.from()));
        if (opened) worked.add(start.plusSeconds(minute * 60L));
      }
    }
    return List.copyOf(worked);
  }

  /** Often with an edge near the change. */
  private static WorkingTime anyTime(Random random, int hour) {
    Set<DayOfWeek> days = EnumSet.of(DayOfWeek.of(1 + random.nextInt(7)));
    for (DayOfWeek day : DayOfWeek.values()) if (random.nextInt(3) > 0) days.add(day);
    int near = hour * 60 + random.nextInt(120) - 30;
    int first = Math.clamp(random.nextBoolean() ? near : random.nextInt(1200), 0, 1430);
    int last =
        Math.clamp(
            random.nextBoolean() ? near + random.nextInt(90) : first + random.nextInt(600),
            first + 1,
            1439);
    return new WorkingTime(
        days, LocalTime.ofSecondOfDay(first * 60L), LocalTime.ofSecondOfDay(last * 60L));
  }
}
