package org.postroom.transport.ews;

import org.postroom.transport.Conversation;

/** Asks once whether the content may be handed over, and remembers. */
final class Guard {
  private final Conversation conversation;
  private boolean asked;
  private boolean agreed;

  Guard(Conversation conversation) {
    this.conversation = conversation;
  }

  boolean mayHandOver() {
    if (!asked) {
      asked = true;
      agreed = conversation.mayHandOver();
    }
    return agreed;
  }

  boolean asked() {
    return asked;
  }
}
