package org.postroom.transport.ews;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Ends waits that a socket's own timeout cannot end: a peer that does not read, or one that sends a
 * byte now and then.
 */
final class Alarm implements AutoCloseable {
  private final ScheduledThreadPoolExecutor clock;

  Alarm() {
    clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("ews-alarm").daemon().factory());
    clock.setRemoveOnCancelPolicy(true);
  }

  /** Does it after the time, unless cancelled before. */
  ScheduledFuture<?> in(Duration limit, Runnable what) {
    return clock.schedule(what, limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Does it again and again. */
  void every(Duration interval, Runnable what) {
    var unused =
        clock.scheduleWithFixedDelay(
            what, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
