package org.postroom.suppression;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When failures that may pass have come so often that they will not: five messages over at least
 * fourteen days, none of them more than sixty days after the one before, and nothing arrived in
 * between.
 */
final class SoftFailures {
  static final int TIMES = 5;
  static final Duration OVER = Duration.ofDays(14);
  static final Duration FORGOTTEN_AFTER = Duration.ofDays(60);

  private SoftFailures() {}

  /**
   * @param moments the oldest first
   */
  static boolean block(List<Instant> moments) {
    return moments.size() >= TIMES && !moments.getFirst().plus(OVER).isAfter(moments.getLast());
  }

  /** The end of what lies too far back to belong to the newest; null where all belongs to it. */
  static @org.jspecify.annotations.Nullable Instant forgotten(List<Instant> moments) {
    for (int i = moments.size() - 1; i > 0; i--)
      if (moments.get(i - 1).plus(FORGOTTEN_AFTER).isBefore(moments.get(i)))
        return moments.get(i - 1);
    return null;
  }
}
