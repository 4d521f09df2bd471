package org.postroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class EveryTests {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void anIntervalKeepsItsBeatHoweverLateItWasBegun() {
    Every minute = Every.minutes(1);
    assertThat(minute.next(at("10:00:00"), at("10:00:04"))).isEqualTo(at("10:01:00"));
    assertThat(minute.next(at("10:00:00"), at("10:01:00"))).isEqualTo(at("10:02:00"));
  }

  @Test
  void aServiceThatWasDownForHoursIsDueOnceNotManyTimes() {
    assertThat(Every.minutes(1).next(at("10:00:00"), at("14:07:30"))).isEqualTo(at("14:08:00"));
  }

  @Test
  void nightlyWorkIsDueAtItsTimeOfDayInItsZone() {
    Every night = Every.day(2, 30, () -> BERLIN);
    Instant evening = Instant.parse("2026-11-21T20:00:00Z");
    assertThat(night.next(evening, evening)).isEqualTo("2026-11-22T01:30:00Z");
    Instant then = Instant.parse("2026-11-22T01:30:00Z");
    assertThat(night.next(then, then)).isEqualTo("2026-11-23T01:30:00Z");
  }

  @Test
  void whereSummerTimeLeavesTheHourOutItRunsAnHourLaterAndOnlyOnce() {
    Every night = Every.day(2, 30, () -> BERLIN);
    Instant before = Instant.parse("2026-03-28T12:00:00Z");
    Instant skipped = night.next(before, before);
    assertThat(skipped).isEqualTo("2026-03-29T01:30:00Z");
    assertThat(night.next(skipped, skipped)).isEqualTo("2026-03-30T00:30:00Z");
  }

  @Test
  void whereTheHourComesTwiceItRunsTheFirstTimeOnly() {
    Every night = Every.day(2, 30, () -> BERLIN);
    Instant before = Instant.parse("2026-10-24T12:00:00Z");
    Instant first = night.next(before, before);
    assertThat(first).isEqualTo("2026-10-25T00:30:00Z");
    assertThat(night.next(first, first.plusSeconds(20))).isEqualTo("2026-10-26T01:30:00Z");
  }

  @Test
  void readsLikeASentence() {
    assertThat(Every.minutes(1).words()).isEqualTo("every minute");
    assertThat(Every.minutes(5).words()).isEqualTo("every 5 minutes");
    assertThat(Every.hour().words()).isEqualTo("every hour");
    assertThat(Every.day(2, 30, () -> BERLIN).words()).isEqualTo("every day at 02:30");
  }

  private static Instant at(String time) {
    return Instant.parse("2026-11-21T" + time + "Z");
  }
}
