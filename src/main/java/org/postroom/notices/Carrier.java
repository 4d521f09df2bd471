package org.postroom.notices;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.postroom.access.Access;
import org.postroom.access.Role;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.mail.Address;
import org.springframework.stereotype.Component;

/** By what and to whom a notice goes. */
@Component
class Carrier {
  private static final int MOST = 50;
  private final Accounts accounts;
  private final Access access;

  Carrier(Accounts accounts, Access access) {
    this.accounts = accounts;
    this.access = access;
  }

  /**
   * A company account that works and really sends, the default before others. Never the one that
   * the notice is about while that one does not work; never a local one, which nobody would read.
   */
  Optional<Account> without(String company, String broken) {
    return accounts.list(company, false).stream()
        .filter(account -> !account.id().equals(broken))
        .filter(Carrier::sends)
        .min(
            Comparator.comparing((Account account) -> !account.isDefault())
                .thenComparing(Account::id));
  }

  /** Administrators of the company. */
  List<Address> administrators(String company) {
    return access.people(company).stream()
        .filter(person -> person.role() == Role.ADMINISTRATOR)
        .limit(MOST)
        .map(person -> new Address(person.name(), Address.of(person.email()).spec()))
        .toList();
  }

  private static boolean sends(Account account) {
    return account.ofCompany()
        && account.kind() != Account.Kind.LOCAL
        && account.health().state() == Account.Health.State.WORKING;
  }
}
