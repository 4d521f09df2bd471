package org.postroom.ingress;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.mail.Address;

/**
 * As whom a program may send, and through which account that goes: the account of the very address;
 * else a company's own server for its domain, which sends for all of it; else the account that was
 * named for the key. Accounts that are off or broken count all the same: mail waits for them.
 */
final class Senders {
  private static final int MOST_NAMED = 3;
  private final List<Account> accounts;
  private final @Nullable Account local;
  private final @Nullable Account named;

  /**
   * @param local where everything stays that a test key hands in; null for other keys
   * @param named the account of the key's rule, null where it has none
   */
  Senders(List<Account> accounts, @Nullable Account local, @Nullable Account named) {
    this.accounts = List.copyOf(accounts);
    this.local = local;
    this.named = named;
  }

  /** An account and the reason for it, for the message's story. */
  record Choice(Account account, String reason) {}

  /** Refuses a sender no account stands for, and says what to do. */
  Choice choose(Address from) throws Refused {
    if (local != null) return new Choice(local, "A test key writes to the local mailbox");
    return ofAddress(from)
        .or(() -> ofDomain(from))
        .or(() ->
            Optional.ofNullable(named)
                .map(account -> new Choice(account, "Account named for this API key")))
        .orElseThrow(() -> notAllowed(from));
  }

  private Optional<Choice> ofAddress(Address from) {
    String key = from.key();
    return accounts.stream()
        .filter(account -> account.email().key().equals(key))
        // One that is on before one that is off; the oldest of several.
        .min((a, b) -> Boolean.compare(b.active(), a.active()))
        .map(account -> new Choice(account, "The account of the sender's address"));
  }

  /** Providers' mailboxes send as themselves only; a server of one's own sends for its domain. */
  private Optional<Choice> ofDomain(Address from) {
    String domain = from.key().substring(from.key().lastIndexOf('@'));
    return accounts.stream()
        .filter(account -> account.active() && account.ofCompany())
        .filter(
            account -> account.kind() == Account.Kind.SMTP || account.kind() == Account.Kind.LOCAL)
        .filter(account -> account.email().key().endsWith(domain))
        .min((a, b) -> Boolean.compare(b.isDefault(), a.isDefault()))
        .map(account ->
            new Choice(account, "Account of the sender's domain " + domain.substring(1)));
  }

  private Refused notAllowed(Address from) {
    String may =
        accounts.stream()
            .filter(Account::active)
            .map(account -> account.email().key())
            .distinct()
            .limit(MOST_NAMED)
            .collect(Collectors.joining(", "));
    String instead = may.isEmpty() ? "" : " Send as " + may + ", or";
    return new Refused(
        550,
        String.format(
            Locale.ROOT,
            "5.7.1 No email account of Postroom sends as %s.%s connect that address under Email"
                + " accounts, or name an account for this API key under SMTP programs",
            from.spec(),
            instead.isEmpty() ? " Please" : instead));
  }
}
