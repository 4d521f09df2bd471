package org.postroom.bounces;

import org.jspecify.annotations.Nullable;
import org.postroom.bounces.ReadMailbox.Server;

/**
 * What somebody sets about reading a mailbox.
 *
 * @param server null where the account's provider is asked in its own way
 * @param password null keeps the one there is, except for another server; empty: that for sending
 */
public record MailboxChange(
    boolean enabled,
    @Nullable Server server,
    @Nullable String password,
    String folder,
    boolean junk,
    boolean markRead) {
  @Override
  public String toString() {
    return "MailboxChange[" + enabled + ", " + server + "]";
  }
}
