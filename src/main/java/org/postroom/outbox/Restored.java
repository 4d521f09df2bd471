package org.postroom.outbox;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * This database came from a backup.
 *
 * @param taken when the backup was taken
 * @param at when it was restored
 * @param wentOn since when somebody said that this is the original now; null before
 * @param lastEvent the newest business event in the backup, null where there was none: the original
 *     may have handled it and all before it
 */
public record Restored(
    Instant taken, Instant at, @Nullable Instant wentOn, @Nullable String lastEvent) {
  /** Within a day every reminder and every monthly statement has had its hour once. */
  private static final Duration A_DAY = Duration.ofDays(1);

  /** Whether the original knew of that event. */
  boolean knew(String event) {
    return lastEvent != null && event.compareTo(lastEvent) <= 0;
  }

  /** Nothing is held for it any more. */
  public boolean isOver(Instant now) {
    return wentOn != null && now.isAfter(wentOn.plus(A_DAY));
  }
}
