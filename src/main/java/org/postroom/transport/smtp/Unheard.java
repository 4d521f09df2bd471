package org.postroom.transport.smtp;

import org.postroom.transport.Conversation;

/** Listens to a connection between messages; nothing may be handed over then. */
enum Unheard implements Conversation {
  INSTANCE;

  @Override
  public boolean mayHandOver() {
    return false;
  }
}
