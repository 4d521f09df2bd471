package org.postroom.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits on a condition of something that works by itself; fails with what it last saw. */
public final class Eventually {
  private Eventually() {}

  public static <T> T eventually(Supplier<T> look, Predicate<T> enough) {
    return within(Duration.ofSeconds(60), look, enough);
  }

  public static <T> T within(Duration longest, Supplier<T> look, Predicate<T> enough) {
    long end = System.nanoTime() + longest.toNanos();
    T seen = look.get();
    while (!enough.test(seen)) {
      if (System.nanoTime() > end)
        throw new AssertionError("Not within " + longest + "; last seen: " + seen);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      seen = look.get();
    }
    return seen;
  }
}
