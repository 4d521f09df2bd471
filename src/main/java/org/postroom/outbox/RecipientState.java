package org.postroom.outbox;

import java.util.Locale;

/** What became of one recipient. */
public enum RecipientState {
  PENDING,
  /** The provider took the message for this address; nothing came back so far. */
  ACCEPTED,
  /** Refused on the spot, or tries used up. */
  REJECTED,
  /** Came back after being accepted. */
  BOUNCED,
  /** A delivery report says so. */
  DELIVERED,
  /** Not tried: the address is blocked. */
  SUPPRESSED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RecipientState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
