package org.postroom.automations;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Received;

/**
 * An event on its way in.
 *
 * @param carried the document itself where the event carries it; stored with the event
 */
public record Told(
    String source,
    String sourceId,
    EventType type,
    @Nullable Instant occurredAt,
    String documentKind,
    String documentNumber,
    @Nullable Received carried) {}
