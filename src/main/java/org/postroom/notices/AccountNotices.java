package org.postroom.notices;

import java.time.Instant;
import java.util.Optional;
import org.postroom.access.Access;
import org.postroom.access.Company;
import org.postroom.accounts.Account;
import org.postroom.accounts.AccountEvent;
import org.postroom.accounts.AccountEvents;
import org.postroom.accounts.Accounts;
import org.postroom.http.Moments;
import org.postroom.outbox.AccountKey;
import org.postroom.outbox.Counts;
import org.springframework.stereotype.Service;

/**
 * Tells administrators by mail when an account needs somebody, and when it works again: once each.
 * It compares what happened with what was told, so that neither a restart nor a second node loses
 * or doubles a notice.
 */
@Service
public class AccountNotices {
  private final Access access;
  private final Accounts accounts;
  private final AccountEvents events;
  private final Counts counts;
  private final NoticeMail mail;

  AccountNotices(
      Access access, Accounts accounts, AccountEvents events, Counts counts, NoticeMail mail) {
    this.access = access;
    this.accounts = accounts;
    this.events = events;
    this.counts = counts;
    this.mail = mail;
  }

  /** Tells whatever is open in any company. What nobody can be told by now stays open. */
  public void tell() {
    for (Company company : access.companies())
      for (AccountEvent event : events.open(company.id())) tell(company, event);
  }

  private void tell(Company company, AccountEvent event) {
    Optional<Account> account = accounts.find(company.id(), event.account());
    if (account.isEmpty()) {
      events.told(event, AccountEvent.NOBODY);
      return;
    }
    switch (event.type()) {
      case NEEDS_ATTENTION -> trouble(company, event, account.get());
      case RECOVERED -> recovery(company, event, account.get());
    }
  }

  private void trouble(Company company, AccountEvent event, Account account) {
    if (!account.health().state().needsSomebody()) {
      events.told(event, AccountEvent.NOBODY); // over before anybody could be told
      return;
    }
    long waiting = counts.waitingFor(new AccountKey(company.id(), account.id()));
    String link = mail.link("/accounts/" + account.id());
    Notice notice =
        Notice.trouble(account, event.reason(), when(company, event.at()), waiting, link);
    mail.send(company.id(), account.id(), notice, event.id(), id -> events.told(event, id));
  }

  /** Good news is told when a message proved it, to those who heard the bad. */
  private void recovery(Company company, AccountEvent event, Account account) {
    Optional<AccountEvent> trouble = events.troubleBefore(event);
    boolean heard = trouble.filter(bad -> isMessage(bad.notice())).isPresent();
    if (!heard || account.health().state().needsSomebody() || !account.active()) {
      events.told(event, AccountEvent.NOBODY);
      return;
    }
    Instant success = account.health().lastSuccess();
    if (success == null || success.isBefore(event.at())) return;
    Notice notice = Notice.recovered(account, when(company, success));
    mail.send(company.id(), "", notice, event.id(), id -> events.told(event, id));
  }

  private static boolean isMessage(@org.jspecify.annotations.Nullable String notice) {
    return notice != null && !notice.equals(AccountEvent.NOBODY);
  }

  private static String when(Company company, Instant at) {
    return Moments.exact(at, company.timeZone());
  }
}
