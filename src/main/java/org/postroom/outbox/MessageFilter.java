package org.postroom.outbox;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.outbox.Message.Hold;

/**
 * Which messages to list; null or empty parts do not narrow.
 *
 * @param text found in subject, document number, partner or a recipient's address
 * @param originId only what this person or key made
 * @param hold only what is held for this
 * @param recipient only messages with a recipient in this state
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
    @Nullable Instant createdBefore,
    @Nullable Hold hold,
    @Nullable RecipientState recipient) {

  public static final MessageFilter ALL =
      new MessageFilter(Set.of(), null, null, null, null, null, null, null, null, null, null);

  public MessageFilter {
    states = Set.copyOf(states);
  }

  /** Whatever holds them. */
  public MessageFilter(
      Set<MessageState> states,
      @Nullable String text,
      @Nullable String account,
      @Nullable String partner,
      @Nullable String documentKind,
      @Nullable String documentNumber,
      @Nullable String originId,
      @Nullable Instant createdFrom,
      @Nullable Instant createdBefore) {
    this(
        states,
        text,
        account,
        partner,
        documentKind,
        documentNumber,
        originId,
        createdFrom,
        createdBefore,
        null);
  }

  /** Whatever became of their recipients. */
  public MessageFilter(
      Set<MessageState> states,
      @Nullable String text,
      @Nullable String account,
      @Nullable String partner,
      @Nullable String documentKind,
      @Nullable String documentNumber,
      @Nullable String originId,
      @Nullable Instant createdFrom,
      @Nullable Instant createdBefore,
      @Nullable Hold hold) {
    this(
        states,
        text,
        account,
        partner,
        documentKind,
        documentNumber,
        originId,
        createdFrom,
        createdBefore,
        hold,
        null);
  }

  /** Those with a recipient in this state. */
  public MessageFilter recipient(@Nullable RecipientState state) {
    return new MessageFilter(
        states,
        text,
        account,
        partner,
        documentKind,
        documentNumber,
        originId,
        createdFrom,
        createdBefore,
        hold,
        state);
  }

  /** Only what this person or key made. */
  MessageFilter origin(String id) {
    return new MessageFilter(
        states,
        text,
        account,
        partner,
        documentKind,
        documentNumber,
        id,
        createdFrom,
        createdBefore,
        hold,
        recipient);
  }

  /** Those that wait for this. */
  public MessageFilter hold(@Nullable Hold why) {
    return new MessageFilter(
        states,
        text,
        account,
        partner,
        documentKind,
        documentNumber,
        originId,
        createdFrom,
        createdBefore,
        why,
        recipient);
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
        createdBefore,
        hold,
        recipient);
  }

  public MessageFilter document(String kind, String number) {
    return new MessageFilter(
        states,
        text,
        account,
        partner,
        kind,
        number,
        originId,
        createdFrom,
        createdBefore,
        hold,
        recipient);
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
        createdBefore,
        hold,
        recipient);
  }
}
