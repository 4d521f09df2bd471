package org.postroom.console.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Moments;
import org.postroom.outbox.Message;

/**
 * When a waiting message will leave, in words. What goes within a minute needs none, and a message
 * with a time of its own says it already.
 */
final class Expected {
  private static final Duration SOON = Duration.ofMinutes(1);

  private Expected() {}

  /** "About 14:20"; null where it goes at once or nobody can know. */
  static @Nullable String words(
      Message message, @Nullable Instant moment, ZoneId zone, Instant now) {
    boolean says = moment != null && !moment.equals(message.dueAt());
    if (moment == null || !says || moment.isBefore(now.plus(SOON))) return null;
    return "About " + Moments.at(moment, zone, now).replaceFirst("^(at|on) ", "");
  }
}
