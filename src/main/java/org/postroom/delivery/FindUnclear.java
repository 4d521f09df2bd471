package org.postroom.delivery;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.postroom.access.Access;
import org.postroom.access.Company;
import org.postroom.accounts.Account;
import org.postroom.accounts.AccountUnusable;
import org.postroom.accounts.Accounts;
import org.postroom.outbox.Unclear;
import org.postroom.outbox.Unclear.Lost;
import org.postroom.transport.Trace;
import org.postroom.transport.Transports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks for unclear messages in the mailboxes they were sent from: Microsoft, Google and Exchange
 * keep a copy of what they took. Found, the message is sent; not found, nothing is concluded, and a
 * person decides as ever.
 */
@Component
public class FindUnclear {
  private static final Logger LOG = LoggerFactory.getLogger(FindUnclear.class);
  private static final Duration LONGEST = Duration.ofHours(24);

  /** Copies appear within seconds as a rule; later it is only asked now and then. */
  private static final Duration OFTEN = Duration.ofMinutes(10);

  private static final long NOW_AND_THEN = 30;

  private final Access access;
  private final Accounts accounts;
  private final Transports transports;
  private final Unclear unclear;

  FindUnclear(Access access, Accounts accounts, Transports transports, Unclear unclear) {
    this.access = access;
    this.accounts = accounts;
    this.transports = transports;
    this.unclear = unclear;
  }

  /** For recurring work, once a minute. */
  public void look() {
    for (Company company : access.companies()) look(company.id());
  }

  private void look(String company) {
    Set<String> blind = new HashSet<>();
    for (Lost lost : unclear.lately(company, LONGEST)) {
      if (blind.contains(lost.account()) || !due(lost.since())) continue;
      switch (trace(lost)) {
        case SENT ->
            unclear.found(
                lost,
                "A copy was found in the mailbox it was sent from: the provider has taken it.");
        case CANNOT_LOOK -> blind.add(lost.account());
        case NOT_SEEN -> {}
      }
    }
  }

  private static boolean due(Duration since) {
    return since.compareTo(OFTEN) < 0 || since.toMinutes() % NOW_AND_THEN == 0;
  }

  private Trace trace(Lost lost) {
    Optional<Account> account = accounts.find(lost.company(), lost.account());
    if (account.isEmpty() || !account.get().usable()) return Trace.CANNOT_LOOK;
    try {
      return transports.trace(accounts.login(account.get()), lost.messageId());
    } catch (AccountUnusable forNow) {
      return Trace.CANNOT_LOOK;
    } catch (RuntimeException ourMistake) {
      LOG.warn("{} could not be looked for: {}", lost.message(), ourMistake.toString());
      return Trace.CANNOT_LOOK;
    }
  }
}
