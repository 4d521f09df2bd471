package org.postroom.compose;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.postroom.http.Problem;

/** The time a person chose for sending: day and time in the company's zone. */
final class SendTime {
  private static final Duration FARTHEST = Duration.ofDays(366);

  private SendTime() {}

  /** Refuses with 422 at {@code /at}. */
  static Instant read(String typed, ZoneId zone, Instant now) {
    Instant at = parsed(typed, zone);
    if (at.isBefore(now)) throw Problem.invalid("/at", "past", "This time has passed.");
    if (at.isAfter(now.plus(FARTHEST)))
      throw Problem.invalid("/at", "too_far", "At most a year ahead.");
    return at;
  }

  private static Instant parsed(String typed, ZoneId zone) {
    try {
      return LocalDateTime.parse(typed.strip()).atZone(zone).toInstant();
    } catch (DateTimeException notATime) {
      throw Problem.invalid("/at", "required", "Choose day and time.");
    }
  }
}
