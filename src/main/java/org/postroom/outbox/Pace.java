package org.postroom.outbox;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What all nodes remember about the speed of one account.
 *
 * @param bulkFrom when runs go on; what people send does not wait for it
 * @param dayBound never less than what left in 24 hours, as counted and claimed since
 * @param resumes until when the day's limit keeps everything back
 * @param note why, as a sentence
 * @param rate how the server asked for fewer messages a minute
 * @param width how the server asked for fewer connections
 * @param reason its words
 * @param failures in a row
 * @param failedAt when the last of them began to count
 * @param triesAgain when the pause after it ends
 */
record Pace(
    Instant bulkFrom,
    long dayBound,
    Instant dayCountedAt,
    @Nullable Instant resumes,
    @Nullable String note,
    @Nullable Slowness rate,
    @Nullable Slowness width,
    @Nullable String reason,
    int failures,
    @Nullable Instant failedAt,
    @Nullable Instant triesAgain) {

  static final Pace FRESH =
      new Pace(Instant.EPOCH, 0, Instant.EPOCH, null, null, null, null, null, 0, null, null);

  /** How far a run may catch up with its even pace after a delay. */
  private static final Duration CATCH_UP = Duration.ofSeconds(5);

  /** Messages a minute right now, 0 for no limit. */
  long perMinute(long configured, Instant now) {
    return rate == null ? configured : rate.limit(configured, now);
  }

  /** Connections right now, 0 for no limit. */
  int connections(int configured, Instant now) {
    return (int) (width == null ? configured : width.limit(configured, now));
  }

  /** Whether the server's wish still shows. */
  boolean slowed(Instant now) {
    return (rate != null && !rate.over(now)) || (width != null && !width.over(now));
  }

  /**
   * How many messages of a run may go: one each 60/limit seconds, so that what people send finds
   * room between them and never waits behind a minute's worth.
   */
  long roomForRuns(long perMinute, Instant now) {
    if (bulkFrom.isAfter(now)) return 0;
    return 1 + Duration.between(paced(now), now).toMillis() / spacing(perMinute);
  }

  /** With so many more that went. */
  Instant runsGoOn(long perMinute, long went, Instant now) {
    return paced(now).plusMillis(went * spacing(perMinute));
  }

  private Instant paced(Instant now) {
    Instant earliest = now.minus(CATCH_UP);
    return bulkFrom.isBefore(earliest) ? earliest : bulkFrom;
  }

  private static long spacing(long perMinute) {
    return Math.max(1, 60_000 / perMinute);
  }
}
