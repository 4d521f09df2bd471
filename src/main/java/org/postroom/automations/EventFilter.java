package org.postroom.automations;

import org.jspecify.annotations.Nullable;
import org.postroom.outbox.Message.DocumentRef;

/**
 * Which events to list; null does not narrow.
 *
 * @param about document, or {@code partner} and its ref
 * @param after id of an event: only those told after it, the oldest first, for whoever catches up
 */
public record EventFilter(
    @Nullable EventType type,
    BusinessEvent.@Nullable State state,
    @Nullable DocumentRef about,
    @Nullable String after) {
  public static final EventFilter ALL = new EventFilter(null, null, null, null);
}
