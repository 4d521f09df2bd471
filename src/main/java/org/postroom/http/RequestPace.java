package org.postroom.http;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often one address, or one link, may ask in a minute; kept in memory, so each node counts for
 * itself.
 */
public final class RequestPace {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MOST_ADDRESSES = 10_000;
  private final int most;
  private final Map<String, Count> counts =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
          return size() > MOST_ADDRESSES;
        }
      };

  public RequestPace(int most) {
    this.most = most;
  }

  private record Count(Instant from, int asked) {}

  /** False where it was too often. */
  public synchronized boolean allows(String address, Instant now) {
    Count before = counts.get(address);
    boolean going = before != null && !before.from().plus(WINDOW).isBefore(now);
    Count count =
        before != null && going ? new Count(before.from(), before.asked() + 1) : new Count(now, 1);
    counts.put(address, count);
    return count.asked() <= most;
  }
}
