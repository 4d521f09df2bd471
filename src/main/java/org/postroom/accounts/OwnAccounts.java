package org.postroom.accounts;

import java.util.Set;
import org.postroom.access.Belongings;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.springframework.stereotype.Component;

/** Whoever leaves a company leaves no password or token of a mailbox of theirs behind. */
@Component
class OwnAccounts implements Belongings {
  private final Accounts accounts;

  OwnAccounts(Accounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public void left(Caller by, String person) {
    var any =
        new Caller(
            by.company(),
            by.kind(),
            by.id(),
            by.name(),
            by.email(),
            Set.of(Right.values()),
            by.test());
    accounts.list(by.company(), false).stream()
        .filter(account -> account.owner().equals(person))
        .forEach(account -> accounts.update(any, account.id(), null, OwnAccounts::off));
  }

  /** Switching it off forgets what it signs in with. */
  private static AccountDraft off(Account account) {
    return new AccountDraft(
        account.kind(),
        account.name(),
        account.email(),
        account.displayName(),
        account.replyTo(),
        account.owner(),
        false,
        false,
        account.connection(),
        null,
        account.limits(),
        account.fallback());
  }
}
