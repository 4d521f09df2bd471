package org.postroom.transport.ews;

import org.postroom.transport.Conversation;

/** Listens to what is nobody's stage: calling a server again that has hung up, cleaning up. */
enum Unheard implements Conversation {
  INSTANCE;

  @Override
  public boolean mayHandOver() {
    return false;
  }
}
