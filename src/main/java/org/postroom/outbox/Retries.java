package org.postroom.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.postroom.transport.FailureKind;

/**
 * When to try again. The pause follows the kind of failure, not its count alone; after two days a
 * business mail is given up, because somebody has to hear about it (RFC 5321 4.5.4.1 allows more).
 */
final class Retries {
  static final Duration GIVE_UP_AFTER = Duration.ofHours(48);

  private static final List<Duration> GREYLISTED = minutes(2, 5, 15, 30, 60, 120, 240);
  private static final List<Duration> BUSY = minutes(1, 3, 10, 30, 60, 120, 240);
  private static final List<Duration> REFUSED_FOR_NOW = minutes(5, 15, 60, 180, 360);

  private Retries() {}

  /**
   * The next try after this many charged attempts, or empty when the message has waited long
   * enough.
   *
   * @param attempts charged, the failed one included: 1 or more
   */
  static Optional<Instant> next(FailureKind kind, int attempts, Instant createdAt, Instant now) {
    List<Duration> pauses = pausesFor(kind);
    Instant next = now.plus(pauses.get(Math.min(attempts, pauses.size()) - 1));
    return next.isAfter(createdAt.plus(GIVE_UP_AFTER)) ? Optional.empty() : Optional.of(next);
  }

  private static List<Duration> pausesFor(FailureKind kind) {
    return switch (kind) {
      case RECIPIENT_DEFERRED, RECIPIENT_REFUSED -> GREYLISTED;
      case CONTENT_REFUSED, MESSAGE_TOO_LARGE, SENDER_REFUSED, PROTOCOL_BROKEN -> REFUSED_FOR_NOW;
      default -> BUSY;
    };
  }

  private static List<Duration> minutes(int... counts) {
    return java.util.Arrays.stream(counts).mapToObj(Duration::ofMinutes).toList();
  }
}
