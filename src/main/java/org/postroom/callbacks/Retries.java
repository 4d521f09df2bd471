package org.postroom.callbacks;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** When a call that did not succeed is made again. */
final class Retries {
  /** Between one try and the next: three days and a little in all. */
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  private static final Duration LONGEST = Duration.ofHours(24);

  private Retries() {}

  /**
   * Empty where tries are used up.
   *
   * @param tries so far, this one included
   * @param asked how long the other side wants us to wait
   */
  static Optional<Instant> next(int tries, Instant now, Optional<Duration> asked) {
    if (tries > PAUSES.size()) return Optional.empty();
    Duration pause = PAUSES.get(tries - 1);
    return Optional.of(now.plus(asked.filter(wish -> wish.compareTo(pause) > 0).orElse(pause)));
  }

  /**
   * {@code Retry-After} (RFC 9110, section 10.2.3), at most a day; empty where it is unreadable.
   */
  static Optional<Duration> asked(Optional<String> header, Instant now) {
    return header.flatMap(text -> wish(text.strip(), now)).map(Retries::bounded);
  }

  private static Optional<Duration> wish(String text, Instant now) {
    if (text.matches("[0-9]{1,9}")) return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    try {
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(now, until));
    } catch (DateTimeParseException unreadable) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration wish) {
    if (wish.isNegative()) return Duration.ZERO;
    return wish.compareTo(LONGEST) > 0 ? LONGEST : wish;
  }
}
