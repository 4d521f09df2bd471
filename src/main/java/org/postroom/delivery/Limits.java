package org.postroom.delivery;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.accounts.Account;
import org.postroom.accounts.AccountUsage;
import org.postroom.accounts.Accounts;
import org.postroom.outbox.AccountKey;
import org.postroom.outbox.Allowance;
import org.postroom.outbox.Allowances;
import org.postroom.outbox.Forecasts;
import org.postroom.outbox.Outbox;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** What an account may still send, what it has sent, and how it gets on. */
@Component
class Limits implements AccountUsage, Allowances {
  private final Access access;
  private final Outbox outbox;
  private final Forecasts forecasts;

  /** Not needed to start, and accounts need whoever counts for them. */
  private final ObjectProvider<Accounts> accounts;

  Limits(Access access, Outbox outbox, Forecasts forecasts, ObjectProvider<Accounts> accounts) {
    this.access = access;
    this.outbox = outbox;
    this.forecasts = forecasts;
    this.accounts = accounts;
  }

  Allowance of(Account account) {
    Account.Limits limits = account.limits();
    ZoneId zone =
        limits.perDay() == 0 ? ZoneOffset.UTC : access.company(account.company()).timeZone();
    return new Allowance(
        Math.max(1, limits.connections()),
        limits.perMinute(),
        limits.perDay(),
        limits.ofRecipients(),
        zone);
  }

  @Override
  public Used of(String company, String accountId) {
    boolean ofRecipients =
        accounts
            .getObject()
            .find(company, accountId)
            .map(account -> account.limits().ofRecipients())
            .orElse(false);
    Outbox.Usage usage = outbox.usage(new AccountKey(company, accountId), ofRecipients);
    return new Used(usage.lastMinute(), usage.lastDay());
  }

  @Override
  public Used usage(Account account) {
    Outbox.Usage usage = outbox.usage(key(account), account.limits().ofRecipients());
    return new Used(usage.lastMinute(), usage.lastDay());
  }

  @Override
  public Optional<Terms> of(AccountKey key) {
    return accounts
        .getObject()
        .find(key.company(), key.account())
        .filter(Account::usable)
        .map(account -> new Terms(of(account), pausedUntil(account)));
  }

  private static @Nullable Instant pausedUntil(Account account) {
    return account.health().state() == Account.Health.State.PAUSED
        ? account.health().pausedUntil()
        : null;
  }

  @Override
  public Optional<Progress> progress(Account account) {
    return forecasts.of(key(account)).map(Limits::words);
  }

  private static Progress words(Forecasts.Progress progress) {
    return new Progress(
        progress.toGo(),
        progress.orMore(),
        progress.speed().perMinute(),
        progress.speed().connections(),
        progress.doneAbout(),
        progress.speed().resumes(),
        progress.speed().slowedAt(),
        progress.speed().reason());
  }

  private static AccountKey key(Account account) {
    return new AccountKey(account.company(), account.id());
  }
}
