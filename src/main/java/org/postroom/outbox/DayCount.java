package org.postroom.outbox;

import java.time.LocalDate;
import java.util.Map;

/** How many messages of one day stand in each state; states without any are absent. */
public record DayCount(LocalDate day, Map<MessageState, Long> counts) {
  public DayCount {
    counts = Map.copyOf(counts);
  }

  /** The sum over these states. */
  public long of(MessageState... states) {
    long sum = 0;
    for (MessageState state : states) sum += counts.getOrDefault(state, 0L);
    return sum;
  }
}
