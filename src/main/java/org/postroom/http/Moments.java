package org.postroom.http;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Moments as people read them on pages. */
public final class Moments {
  private static final DateTimeFormatter CLOCK = format("HH:mm");
  private static final DateTimeFormatter DAY = format("d MMM, HH:mm");
  private static final DateTimeFormatter YEAR = format("d MMM yyyy, HH:mm");
  private static final DateTimeFormatter DATE = format("d MMM yyyy");
  private static final DateTimeFormatter EXACT = format("EEEE d MMMM yyyy, HH:mm:ss z");

  private Moments() {}

  /** "Today, 11:26", "Yesterday, 09:12", "2 Nov, 09:12" or with the year where it is another. */
  public static String words(Instant moment, ZoneId zone, Instant now) {
    ZonedDateTime there = moment.atZone(zone);
    LocalDate today = now.atZone(zone).toLocalDate();
    LocalDate day = there.toLocalDate();
    if (day.equals(today)) return "Today, " + CLOCK.format(there);
    if (day.equals(today.minusDays(1))) return "Yesterday, " + CLOCK.format(there);
    if (day.equals(today.plusDays(1))) return "Tomorrow, " + CLOCK.format(there);
    return (day.getYear() == today.getYear() ? DAY : YEAR).format(there);
  }

  /** Inside a sentence: "at 10:05" today, "on 2 Nov, 09:12" otherwise. */
  public static String at(Instant moment, ZoneId zone, Instant now) {
    ZonedDateTime there = moment.atZone(zone);
    boolean today = there.toLocalDate().equals(now.atZone(zone).toLocalDate());
    return today ? "at " + CLOCK.format(there) : "on " + DAY.format(there);
  }

  /** To the second and with the zone, for those who look twice. */
  public static String exact(Instant moment, ZoneId zone) {
    return EXACT.format(moment.atZone(zone));
  }

  /** "2 Nov 2026", for days in sentences. */
  public static String day(LocalDate day) {
    return DATE.format(day);
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }
}
