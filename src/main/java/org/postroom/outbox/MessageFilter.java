package org.postroom.outbox;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which messages to list; null or empty parts do not narrow.
 *
 * @param text found in subject, document number, partner or a recipient's address
 * @param originId only what this person or key made
 */
public record MessageFilter(
    Set<MessageState> states,
    @Nullable String text,
    @Nullable String account,
    @Nullable String partner,
    @Nullable String documentKind,
    @Nullable String documentNumber,
    @Nullable String originId,
    @Nullable Instant createdFrom,
    @Nullable Instant createdBefore) {

  public static final MessageFilter ALL =
      new MessageFilter(Set.of(), null, null, null, null, null, null, null, null);

  public MessageFilter {
    states = Set.copyOf(states);
  }

  public MessageFilter states(Set<MessageState> wanted) {
    return new MessageFilter(
        wanted,
        text,
        account,
        partner,
        documentKind,
        documentNumber,
        originId,
        createdFrom,
        createdBefore);
  }

  public MessageFilter document(String kind, String number) {
    return new MessageFilter(
        states, text, account, partner, kind, number, originId, createdFrom, createdBefore);
  }

  public MessageFilter partner(String ref) {
    return new MessageFilter(
        states,
        text,
        account,
        ref,
        documentKind,
        documentNumber,
        originId,
        createdFrom,
        createdBefore);
  }
}
