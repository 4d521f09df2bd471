package org.postroom.outbox;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;

/**
 * How many messages of one day stand in each state; states without any are absent.
 *
 * @param counts exact up to {@link #MOST}; one more than that stands for any higher number
 */
public record DayCount(LocalDate day, Map<MessageState, Long> counts) {
  public static final long MOST = 100_000;

  public DayCount {
    counts = Map.copyOf(counts);
  }

  /** Whether there are more than {@link #of} says. */
  public boolean more(MessageState... states) {
    return Arrays.stream(states).anyMatch(state -> counts.getOrDefault(state, 0L) > MOST);
  }

  /** The sum over these states, each up to {@link #MOST}. */
  public long of(MessageState... states) {
    long sum = 0;
    for (MessageState state : states) sum += Math.min(MOST, counts.getOrDefault(state, 0L));
    return sum;
  }
}
