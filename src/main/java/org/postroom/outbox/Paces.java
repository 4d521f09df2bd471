package org.postroom.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.springframework.stereotype.Service;

/**
 * How fast accounts go, remembered for all nodes and over restarts: what servers asked for, and
 * failures in a row.
 */
@Service
public class Paces {
  private final Database database;

  public Paces(Database database) {
    this.database = database;
  }

  /**
   * The speed of an account right now.
   *
   * @param perMinute messages, 0 for no limit; never above the configured
   * @param connections never above the configured
   * @param slowedAt when a server last asked to slow down; null once that is over
   * @param reason what it said
   * @param resumes until when a day's limit keeps everything back
   */
  public record Speed(
      long perMinute,
      int connections,
      @Nullable Instant slowedAt,
      @Nullable String reason,
      @Nullable Instant resumes) {}

  public Speed speed(AccountKey account, Allowance allowance) {
    return database.read(sql -> speed(PaceRows.of(sql, account), allowance, sql.now()));
  }

  static Speed speed(Pace pace, Allowance allowance, Instant now) {
    boolean slowed = pace.slowed(now);
    boolean waits = pace.resumes() != null && pace.resumes().isAfter(now);
    return new Speed(
        pace.perMinute(allowance.perMinute(), now),
        pace.connections(allowance.connections(), now),
        slowed ? latest(pace.rate(), pace.width()) : null,
        slowed ? pace.reason() : null,
        waits ? pace.resumes() : null);
  }

  private static @Nullable Instant latest(@Nullable Slowness rate, @Nullable Slowness width) {
    if (rate == null) return width == null ? null : width.at();
    return width == null || rate.at().isAfter(width.at()) ? rate.at() : width.at();
  }

  /**
   * A server asked to slow down. What was begun before an earlier request of the last minute is the
   * same request.
   *
   * @param begun when the try began
   * @param connections whether it complains of connections, not of messages
   * @param reason its words
   */
  public void slowDown(
      AccountKey account, Allowance allowance, Instant begun, boolean connections, String reason) {
    database.run(sql -> {
      LimitRows.lock(sql, account);
      Instant now = sql.now();
      Pace pace = PaceRows.of(sql, account);
      Slowness before = connections ? pace.width() : pace.rate();
      if (before != null && !begun.isAfter(before.at())) return;
      Slowness slowness =
          connections
              ? Slowness.after(before, allowance.connections(), Long.MAX_VALUE, now)
              : Slowness.after(
                  before, allowance.perMinute(), LimitRows.lastMinute(sql, account, now), now);
      PaceRows.slowed(sql, account, connections, slowness, reason);
    });
  }

  /**
   * A try failed because of the account. Failures of one moment count once; each good minute since
   * the last pause takes one away, so that a server that works now and then is asked less and less
   * often, and one that breaks once a day is not held against it.
   *
   * @param begun when the try began
   * @param pause how long to leave it alone after so many failures in a row
   * @return until when; empty where this failure was known already
   */
  public Optional<Instant> failed(AccountKey account, Instant begun, IntFunction<Duration> pause) {
    return database.write(sql -> {
      LimitRows.lock(sql, account);
      Instant now = sql.now();
      Pace pace = PaceRows.of(sql, account);
      if (pace.failedAt() != null && !begun.isAfter(pace.failedAt())) return Optional.empty();
      int inARow = Math.max(0, pace.failures() - goodMinutes(pace.triesAgain(), now)) + 1;
      Instant until = now.plus(pause.apply(inARow));
      PaceRows.failed(sql, account, inARow, now, until);
      return Optional.of(until);
    });
  }

  private static int goodMinutes(@Nullable Instant triesAgain, Instant now) {
    if (triesAgain == null || triesAgain.isAfter(now)) return 0;
    return (int) Math.min(1000, Duration.between(triesAgain, now).toMinutes());
  }
}
