package org.postroom.accounts;

import org.postroom.mail.Address;

/** Drafts that change one thing about an account. */
final class AccountDrafts {
  private AccountDrafts() {}

  static AccountDraft withEmail(Account account, Address email) {
    return draft(account, email, account.connection());
  }

  /** A shared mailbox to send from; accounts of other kinds stay as they are. */
  static AccountDraft withMailbox(Account account, String mailbox) {
    Connection connection =
        account.connection() instanceof Connection.Microsoft old
            ? new Connection.Microsoft(
                old.tenant(),
                old.clientId(),
                old.route(),
                old.flow(),
                old.cloud(),
                mailbox,
                old.secretExpires())
            : account.connection();
    return draft(account, account.email(), connection);
  }

  private static AccountDraft draft(Account account, Address email, Connection connection) {
    return new AccountDraft(
        account.kind(),
        account.name(),
        email,
        account.displayName(),
        account.replyTo(),
        account.owner(),
        account.isDefault(),
        account.active(),
        connection,
        null,
        account.limits(),
        account.fallback());
  }
}
