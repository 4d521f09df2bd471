package org.postroom.transport.wire;

import java.time.Duration;

/** How long a stage took. */
public final class Stopwatch {
  private long since = System.nanoTime();

  /** The time since the start or since the last call. */
  public Duration took() {
    long now = System.nanoTime();
    Duration took = Duration.ofNanos(now - since);
    since = now;
    return took;
  }
}
