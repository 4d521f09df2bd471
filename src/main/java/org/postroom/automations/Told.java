package org.postroom.automations;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document;
import org.postroom.documents.Source;

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
    @Nullable Carried carried) {

  /** A document that came inside its event, and the bytes it was read from. */
  public record Carried(Document document, Source source) {}
}
