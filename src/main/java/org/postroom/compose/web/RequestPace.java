package org.postroom.compose.web;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often one address may ask in a minute; kept in memory, so each node counts for itself. */
final class RequestPace {
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

  RequestPace(int most) {
    this.most = most;
  }

  private record Count(Instant from, int asked) {}

  /** False where it was too often. */
  synchronized boolean allows(String address, Instant now) {
    Count before = counts.get(address);
    boolean fresh = before == null || before.from().plus(WINDOW).isBefore(now);
    Count count = fresh ? new Count(now, 1) : new Count(before.from(), before.asked() + 1);
    counts.put(address, count);
    return count.asked() <= most;
  }
}
