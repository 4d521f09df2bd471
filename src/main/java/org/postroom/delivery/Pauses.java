package org.postroom.delivery;

import java.time.Duration;

/** How long to leave a troubled account alone, and plain waiting. */
final class Pauses {
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private Pauses() {}

  /**
   * Four times as long with each failure in a row: at most five tries in the first quarter hour,
   * then one each. A server that asks for more is given it, up to a day.
   */
  static Duration afterFailures(int inARow, Duration atLeast) {
    Duration asked = atLeast.compareTo(A_DAY) > 0 ? A_DAY : atLeast;
    Duration pause = asked.multipliedBy(1L << 2 * Math.min(inARow - 1, 5));
    if (pause.compareTo(LONGEST) <= 0) return pause;
    return asked.compareTo(LONGEST) > 0 ? asked : LONGEST;
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
