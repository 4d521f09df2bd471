package org.postroom.outbox;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a server's request to slow down makes of a limit, as a function of time alone: half of what
 * was too much, in ten minutes back to nine tenths of it, which stays for an hour, then slowly up
 * to the limit. Who is asked again after that holds still twice as long, up to a day: so an account
 * settles below what its server takes, and does not swing around it.
 *
 * @param ceiling what was too much
 * @param times how often in a row it was, 1 or more
 */
record Slowness(long ceiling, Instant at, int times) {
  static final Duration CLIMB = Duration.ofMinutes(10);
  static final Duration LAST_CLIMB = Duration.ofMinutes(30);
  private static final Duration HOLD = Duration.ofHours(1);
  private static final Duration REMEMBERED = Duration.ofHours(48);
  private static final int MOST_TIMES = 5;

  /** What is believed to be too much where nothing is known: a limit must begin somewhere. */
  private static final long LEAST_CEILING = 10;

  /**
   * @param configured the limit people set, 0 for none
   * @return what holds now, never above the configured; 0 for no limit
   */
  long limit(long configured, Instant now) {
    long limit = slowed(configured, now);
    return configured > 0 ? Math.min(configured, limit == 0 ? configured : limit) : limit;
  }

  private long slowed(long configured, Instant now) {
    long low = Math.max(1, ceiling / 2);
    long plateau = Math.max(low, ceiling * 9 / 10);
    Duration since = Duration.between(at, now);
    if (since.compareTo(CLIMB) <= 0) return between(low, plateau, since, CLIMB);
    Duration held = since.minus(CLIMB).minus(hold());
    if (held.isNegative()) return plateau;
    if (held.compareTo(LAST_CLIMB) >= 0) return 0;
    return between(plateau, configured > 0 ? configured : ceiling * 4, held, LAST_CLIMB);
  }

  private static long between(long low, long high, Duration since, Duration all) {
    long passed = Math.clamp(since.toMillis(), 0, all.toMillis());
    return low + Math.max(0, high - low) * passed / all.toMillis();
  }

  private Duration hold() {
    return HOLD.multipliedBy(1L << (Math.min(times, MOST_TIMES) - 1));
  }

  boolean over(Instant now) {
    return !now.isBefore(at.plus(CLIMB).plus(hold()).plus(LAST_CLIMB));
  }

  /**
   * The next one, when a server asks again or for the first time.
   *
   * @param now when it asked
   * @param configured the limit people set, 0 for none
   * @param measured how much it was in fact
   */
  static Slowness after(@Nullable Slowness before, long configured, long measured, Instant now) {
    long held = before == null ? configured : before.limit(configured, now);
    long tooMuch = held == 0 ? Math.max(measured, LEAST_CEILING) : atMostHalved(held, measured);
    return new Slowness(tooMuch, now, times(before, now));
  }

  private static long atMostHalved(long held, long measured) {
    return Math.max(1, Math.max(Math.min(held, measured), held - held / 2));
  }

  /** Falling further while still low is one and the same time. */
  private static int times(@Nullable Slowness before, Instant now) {
    if (before == null || now.isAfter(before.at.plus(REMEMBERED))) return 1;
    boolean stillLow = now.isBefore(before.at.plus(CLIMB));
    return Math.min(MOST_TIMES, stillLow ? before.times : before.times + 1);
  }
}
