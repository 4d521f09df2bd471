package org.postroom.automations;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document;
import org.postroom.documents.Source;

/**
 * An event on its way in.
 *
 * @param documentKind {@link #PARTNER} where it is about a partner, {@code documentNumber} its ref
 * @param occasion which one of several happenings to the document, such as one of two partial
 *     deliveries; null: there is one
 * @param facts what its mail can name, such as {@code amount} of a payment
 * @param carried the document itself where the event carries it; stored with the event
 */
public record Told(
    String source,
    String sourceId,
    EventType type,
    @Nullable Instant occurredAt,
    String documentKind,
    String documentNumber,
    @Nullable String occasion,
    Map<String, String> facts,
    @Nullable Carried carried) {
  /** Stands for the kind of document where the event is about a partner. */
  public static final String PARTNER = "partner";

  public Told {
    facts = Map.copyOf(facts);
  }

  /** About a document, and nothing more. */
  public Told(
      String source,
      String sourceId,
      EventType type,
      @Nullable Instant occurredAt,
      String documentKind,
      String documentNumber,
      @Nullable Carried carried) {
    this(source, sourceId, type, occurredAt, documentKind, documentNumber, null, Map.of(), carried);
  }

  /** A document that came inside its event, and the bytes it was read from. */
  public record Carried(Document document, Source source) {}
}
