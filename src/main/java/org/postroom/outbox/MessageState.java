package org.postroom.outbox;

import java.util.Locale;
import java.util.Set;

/**
 * Where a message stands. Drawn in ARCHITECTURE.md from {@link #next()}.
 *
 * <p>A durable mark is written before content is handed over. A claim whose owner died before the
 * mark is queued again; after it the message is {@link #UNCLEAR}, which a person decides: a second
 * invoice is worse than a question.
 */
public enum MessageState {
  /** Waits for a person or for its account; the reason is kept with it. */
  HELD,
  /** Waits for its turn or its time. */
  QUEUED,
  /** One node holds it and talks to the server. */
  SENDING,
  /** The provider accepted it for at least one recipient; nobody waits any more. */
  SENT,
  /** Will be tried again by itself. */
  DELAYED,
  /** Refused, or tries used up. */
  NOT_SENT,
  /** Content was handed over and the answer was lost; never resent by itself. */
  UNCLEAR,
  /** Stopped by a person, or by whoever made it: not wanted any more. */
  CANCELLED;

  /** The states this one may turn into. */
  public Set<MessageState> next() {
    return switch (this) {
      case HELD -> Set.of(QUEUED, CANCELLED);
      case QUEUED -> Set.of(SENDING, HELD, CANCELLED);
      case SENDING -> Set.of(SENT, DELAYED, NOT_SENT, UNCLEAR, HELD, QUEUED, CANCELLED);
      case DELAYED -> Set.of(SENDING, QUEUED, HELD, CANCELLED);
      case UNCLEAR -> Set.of(SENT, NOT_SENT, QUEUED);
      case NOT_SENT -> Set.of(QUEUED);
      case SENT, CANCELLED -> Set.of();
    };
  }

  public boolean mayBecome(MessageState state) {
    return next().contains(state);
  }

  /** Nothing more happens by itself. */
  public boolean settled() {
    return switch (this) {
      case SENT, NOT_SENT, UNCLEAR, CANCELLED -> true;
      case HELD, QUEUED, SENDING, DELAYED -> false;
    };
  }

  /** The word in the API and the database. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static MessageState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
