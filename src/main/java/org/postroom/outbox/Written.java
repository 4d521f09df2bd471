package org.postroom.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postroom.outbox.Message.DocumentRef;

/**
 * That something was written to somebody about a document, in short.
 *
 * @param document the one asked for, which the message is about or carries
 * @param purpose word of a purpose
 * @param origin kind of who made it: {@code person}, {@code key}, {@code event}, …
 */
public record Written(
    String message,
    MessageState state,
    @Nullable DocumentRef document,
    @Nullable String partner,
    @Nullable String purpose,
    String origin,
    Instant at) {

  /** Whether it reached, or may yet reach, anybody. */
  public boolean counts() {
    return state != MessageState.CANCELLED && state != MessageState.NOT_SENT;
  }
}
