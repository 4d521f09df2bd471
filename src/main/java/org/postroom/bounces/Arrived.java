package org.postroom.bounces;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail that may be a report.
 *
 * @param mime whole, or its first {@value #MOST_BYTES} bytes
 * @param account in whose mailbox it lay; null where it was handed in
 * @param at when it came there
 */
public record Arrived(
    String company, byte[] mime, Bounce.Source source, @Nullable String account, Instant at) {
  /** Reports carry the original along; larger ones than this are of no use to anybody. */
  public static final int MOST_BYTES = 10 * 1024 * 1024;
}
