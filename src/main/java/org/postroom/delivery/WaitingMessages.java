package org.postroom.delivery;

import java.util.Optional;
import org.postroom.accounts.AccountUse;
import org.postroom.outbox.AccountKey;
import org.postroom.outbox.Counts;
import org.springframework.stereotype.Component;

/** An account that messages wait for cannot be deleted. */
@Component
class WaitingMessages implements AccountUse {
  private final Counts counts;

  WaitingMessages(Counts counts) {
    this.counts = counts;
  }

  @Override
  public Optional<String> use(String company, String accountId) {
    long waiting = counts.waitingFor(new AccountKey(company, accountId));
    if (waiting == 0) return Optional.empty();
    return Optional.of(
        waiting == 1 ? "a message that waits" : Counts.words(waiting) + " messages that wait");
  }
}
