package org.postroom.transport.wire;

import org.postroom.transport.Conversation;

/** Listens to a connection between messages; nothing may be handed over then. */
public enum Unheard implements Conversation {
  INSTANCE;

  @Override
  public boolean mayHandOver() {
    return false;
  }
}
