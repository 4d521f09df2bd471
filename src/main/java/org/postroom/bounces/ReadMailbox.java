package org.postroom.bounces;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postroom.transport.Login;

/**
 * How the mailbox of an account is read for reports, and how the last look went.
 *
 * @param server null where the account's provider is asked in its own way
 * @param folder where reports lie, usually {@code INBOX}
 * @param junk whether the folder for junk is looked through, too
 * @param markRead whether reports are marked as read; nothing is ever deleted
 * @param lookedAt the last look, null before the first
 * @param workedAt the last one that went well
 * @param mails how many mails were looked at since it was switched on
 * @param found how many of them were reports
 * @param trouble what stopped the last look; null where nothing did
 */
public record ReadMailbox(
    String company,
    String account,
    boolean enabled,
    @Nullable Server server,
    String folder,
    boolean junk,
    boolean markRead,
    @Nullable Instant lookedAt,
    @Nullable Instant workedAt,
    long mails,
    long found,
    @Nullable Trouble trouble) {

  /**
   * An IMAP server of one's own.
   *
   * @param username null: as for sending
   * @param ownPassword whether a password is kept for it; otherwise that for sending is used
   */
  public record Server(
      String host,
      int port,
      Login.Security security,
      @Nullable String username,
      boolean ownPassword) {}

  /** As nobody has said anything about it. */
  public static ReadMailbox off(String company, String account) {
    return new ReadMailbox(
        company, account, false, null, "INBOX", false, false, null, null, 0, 0, null);
  }
}
