package org.postroom.delivery;

import java.time.Duration;

/** How long to leave a troubled account alone, and plain waiting. */
final class Pauses {
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private Pauses() {}

  /**
   * Doubles with each failure in a row: at most five tries in the first cool-down, then one each
   * quarter hour.
   */
  static Duration afterFailures(int inARow, Duration atLeast) {
    Duration pause = atLeast.multipliedBy(1L << Math.min(inARow - 1, 10));
    return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
  }

  /** False when interrupted: then it is time to stop. */
  static boolean pause(Duration duration) {
    try {
      Thread.sleep(duration);
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
