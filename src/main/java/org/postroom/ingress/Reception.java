package org.postroom.ingress;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.postroom.access.ApiKeys;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Who a program is, and as whom it may send. Asked for each message, remembered for a second: a key
 * that is withdrawn, or an account that changes, counts from then on, also for programs that stay
 * connected for days; and one that connects for each message does not cost five queries each time.
 */
@Component
class Reception {
  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
  private static final long REMEMBERED = Duration.ofSeconds(1).toNanos();
  private static final int MOST_REMEMBERED = 1000;
  private final ApiKeys keys;
  private final Accounts accounts;
  private final KeyRules rules;
  private final Database database;
  private final Map<Badge, Known> known = new ConcurrentHashMap<>();

  Reception(ApiKeys keys, Accounts accounts, KeyRules rules, Database database) {
    this.keys = keys;
    this.accounts = accounts;
    this.rules = rules;
    this.database = database;
  }

  private record Known(Guest guest, long since) {}

  /** Signs in with a key as password; the user name is for the program's own settings page. */
  void signIn(Badge badge) throws Refused {
    if (remembered(badge).isPresent()) return;
    try {
      Optional<Caller> caller = keys.signIn(badge.key(), badge.address());
      if (caller.isEmpty()) {
        LOG.info("A program at {} could not sign in over SMTP", badge.address());
        throw new Refused(
            535,
            "5.7.8 This is no API key of Postroom, or it may not be used from " + badge.address());
      }
      remember(badge, guest(caller.get()));
    } catch (Problem locked) {
      throw new Refused(454, "4.7.0 " + locked.getMessage());
    } catch (RuntimeException databaseAway) {
      LOG.warn("A program at {} cannot sign in now: {}", badge.address(), databaseAway.toString());
      throw new Refused(454, "4.7.0 Signing in is not possible at this moment");
    }
  }

  /** Who it is as things stand; refuses a key that counts no more, or not from there. */
  Guest guest(Badge badge) throws Refused {
    Optional<Guest> remembered = remembered(badge);
    if (remembered.isPresent()) return remembered.get();
    try {
      Optional<Caller> caller =
          badge.shown()
              ? keys.caller(badge.key(), badge.address())
              : keys.callerWithout(badge.key(), badge.address());
      if (caller.isEmpty()) throw new Refused(530, "5.7.0 Sign in with an API key that may send");
      return remember(badge, guest(caller.get()));
    } catch (RuntimeException databaseAway) {
      LOG.warn("Who is at {} cannot be found out: {}", badge.address(), databaseAway.toString());
      throw new Refused(451, "4.3.0 Not possible at this moment, come back later");
    }
  }

  private Optional<Guest> remembered(Badge badge) {
    Known one = known.get(badge);
    if (one == null || System.nanoTime() - one.since() >= REMEMBERED) return Optional.empty();
    return Optional.of(one.guest());
  }

  private Guest remember(Badge badge, Guest guest) {
    if (known.size() >= MOST_REMEMBERED) known.clear();
    known.put(badge, new Known(guest, System.nanoTime()));
    return guest;
  }

  private Guest guest(Caller caller) throws Refused {
    if (!caller.may(Right.SEND))
      throw new Refused(
          535, "5.7.8 This API key may not send; make one with the scope messages:send");
    KeyRule rule = rules.of(caller);
    return new Guest(caller, rule, senders(caller, rule), database.now());
  }

  private Senders senders(Caller caller, KeyRule rule) {
    if (caller.test()) return new Senders(List.of(), accounts.localOf(caller.company()), null);
    List<Account> all =
        accounts.list(caller.company(), true).stream()
            .filter(account -> accounts.maySendFrom(caller, account))
            .toList();
    Account named =
        all.stream()
            .filter(account -> account.id().equals(rule.account()))
            .findFirst()
            .orElse(null);
    return new Senders(all, null, named);
  }
}
