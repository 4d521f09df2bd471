package org.postroom.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a message.
 *
 * @param type as in the webhooks: {@code message.queued}, {@code message.sent}, …
 * @param detail plain sentence
 * @param reply what the server said, verbatim, or null
 */
public record TimelineEntry(
    String id, Instant at, String type, String detail, @Nullable String reply) {}
