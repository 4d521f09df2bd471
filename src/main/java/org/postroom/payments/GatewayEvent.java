package org.postroom.payments;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something a provider told, as the company's people see it.
 *
 * @param type in the provider's words, such as {@code checkout.session.completed}
 * @param words what became of it, as a sentence
 */
public record GatewayEvent(
    String id,
    String type,
    @Nullable String link,
    @Nullable String reference,
    Outcome outcome,
    String words,
    Instant receivedAt) {

  public enum Outcome {
    /** It changed something. */
    NOTED,
    /** There was nothing to do. */
    IGNORED,
    /** Somebody should look. */
    ODD
  }
}
