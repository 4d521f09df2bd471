package org.postroom.transport.rest;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.net.Answer;

/**
 * How long a server asks us to wait: header Retry-After (RFC 9110 10.2.3) in seconds or as a
 * moment, or Google's words "Retry after 2026-11-21T10:00:00Z". Never more than a day: every limit
 * we know is counted over at most a day, and a wrong clock must not stop an account for longer.
 */
public final class RetryAfter {
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final Pattern WORDS = Pattern.compile("(?i)retry after (\\d{4}-[0-9T:.+-]+Z?)");

  private RetryAfter() {}

  /** Null where the server did not say, or said what cannot be read. */
  public static @Nullable Duration of(Answer.Given answer, Instant now) {
    return answer.header("Retry-After").map(value -> header(value.strip(), now)).orElse(null);
  }

  /** As {@link #of(Answer.Given, Instant)}, or from the words of the answer. */
  public static @Nullable Duration of(Answer.Given answer, String words, Instant now) {
    Duration named = of(answer, now);
    if (named != null) return named;
    Matcher moment = WORDS.matcher(words);
    return moment.find() ? until(moment.group(1), DateTimeFormatter.ISO_DATE_TIME, now) : null;
  }

  private static @Nullable Duration header(String value, Instant now) {
    if (!value.matches("\\d{1,9}(\\.\\d+)?"))
      return until(value, DateTimeFormatter.RFC_1123_DATE_TIME, now);
    return bounded(Duration.ofMillis((long) Math.ceil(Double.parseDouble(value) * 1000)));
  }

  private static @Nullable Duration until(String moment, DateTimeFormatter format, Instant now) {
    try {
      return bounded(Duration.between(now, ZonedDateTime.parse(moment, format).toInstant()));
    } catch (DateTimeException unreadable) {
      return null;
    }
  }

  private static Duration bounded(Duration wait) {
    if (wait.isNegative()) return Duration.ZERO;
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
