package org.postroom.delivery;

import java.util.Optional;
import org.postroom.accounts.AccountUse;
import org.postroom.outbox.AccountKey;
import org.postroom.outbox.Outbox;
import org.springframework.stereotype.Component;

/** An account that messages wait for cannot be deleted. */
@Component
class WaitingMessages implements AccountUse {
  private final Outbox outbox;

  WaitingMessages(Outbox outbox) {
    this.outbox = outbox;
  }

  @Override
  public Optional<String> use(String company, String accountId) {
    long waiting = outbox.waitingFor(new AccountKey(company, accountId));
    if (waiting == 0) return Optional.empty();
    return Optional.of(waiting == 1 ? "a message that waits" : waiting + " messages that wait");
  }
}
