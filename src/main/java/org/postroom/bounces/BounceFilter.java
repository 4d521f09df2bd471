package org.postroom.bounces;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which reports to list; null parts do not narrow.
 *
 * @param matched whether a message was found
 * @param text part of the address, in any case
 */
public record BounceFilter(
    Returned.@Nullable Kind kind,
    @Nullable Reason reason,
    @Nullable Boolean matched,
    @Nullable String message,
    @Nullable String text,
    @Nullable Instant from,
    @Nullable Instant before) {
  public static final BounceFilter ALL = new BounceFilter(null, null, null, null, null, null, null);

  public BounceFilter message(String id) {
    return new BounceFilter(kind, reason, matched, id, text, from, before);
  }
}
