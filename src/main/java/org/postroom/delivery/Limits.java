package org.postroom.delivery;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.postroom.access.Access;
import org.postroom.accounts.Account;
import org.postroom.accounts.AccountUsage;
import org.postroom.outbox.AccountKey;
import org.postroom.outbox.Allowance;
import org.postroom.outbox.Outbox;
import org.springframework.stereotype.Component;

/** What an account may still send, and what it has sent: its limits against the outbox. */
@Component
class Limits implements AccountUsage {
  private final Access access;
  private final Outbox outbox;

  Limits(Access access, Outbox outbox) {
    this.access = access;
    this.outbox = outbox;
  }

  Allowance of(Account account) {
    Account.Limits limits = account.limits();
    ZoneId zone =
        limits.perDay() == 0 ? ZoneOffset.UTC : access.company(account.company()).timeZone();
    return new Allowance(
        limits.connections(), limits.perMinute(), limits.perDay(), false, zone);
  }

  @Override
  public Used of(String company, String accountId) {
    Outbox.Usage usage = outbox.usage(new AccountKey(company, accountId));
    return new Used(usage.lastMinute(), usage.lastDay());
  }
}
