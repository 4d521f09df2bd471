package org.postroom.outbox;

import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.postroom.outbox.Message.Hold;

/**
 * Which messages to list; null or empty parts do not narrow.
 *
 * @param text what {@link Outbox#list} looks for
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

  public MessageFilter states(Set<MessageState> wanted) {
    return but(parts -> parts.states = wanted);
  }

  public MessageFilter text(@Nullable String words) {
    return but(parts -> parts.text = words);
  }

  public MessageFilter account(@Nullable String id) {
    return but(parts -> parts.account = id);
  }

  public MessageFilter partner(@Nullable String ref) {
    return but(parts -> parts.partner = ref);
  }

  public MessageFilter document(@Nullable String kind, @Nullable String number) {
    return but(parts -> {
      parts.documentKind = kind;
      parts.documentNumber = number;
    });
  }

  /** Accepted from then on, and before then. */
  public MessageFilter created(@Nullable Instant from, @Nullable Instant before) {
    return but(parts -> {
      parts.createdFrom = from;
      parts.createdBefore = before;
    });
  }

  /** Those that wait for this. */
  public MessageFilter hold(@Nullable Hold why) {
    return but(parts -> parts.hold = why);
  }

  /** Those with a recipient in this state. */
  public MessageFilter recipient(@Nullable RecipientState state) {
    return but(parts -> parts.recipient = state);
  }

  /** Only what this person or key made. */
  MessageFilter origin(String id) {
    return but(parts -> parts.originId = id);
  }

  private MessageFilter but(Consumer<Parts> change) {
    Parts parts = new Parts(this);
    change.accept(parts);
    return parts.filter();
  }

  /** A filter while it changes. */
  private static final class Parts {
    private Set<MessageState> states;
    private @Nullable String text;
    private @Nullable String account;
    private @Nullable String partner;
    private @Nullable String documentKind;
    private @Nullable String documentNumber;
    private @Nullable String originId;
    private @Nullable Instant createdFrom;
    private @Nullable Instant createdBefore;
    private @Nullable Hold hold;
    private @Nullable RecipientState recipient;

    Parts(MessageFilter from) {
      states = from.states;
      text = from.text;
      account = from.account;
      partner = from.partner;
      documentKind = from.documentKind;
      documentNumber = from.documentNumber;
      originId = from.originId;
      createdFrom = from.createdFrom;
      createdBefore = from.createdBefore;
      hold = from.hold;
      recipient = from.recipient;
    }

    MessageFilter filter() {
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
          recipient);
    }
  }
}
