package org.postroom.ingress;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.ApiKeys;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.http.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Who a program is, and as whom it may send. */
@Component
class Reception {
  private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
  private final ApiKeys keys;
  private final Accounts accounts;
  private final KeyRules rules;

  Reception(ApiKeys keys, Accounts accounts, KeyRules rules) {
    this.keys = keys;
    this.accounts = accounts;
    this.rules = rules;
  }

  /** Signs in with a key as password; the user name is for the program's own settings page. */
  Guest signIn(String key, String address) throws Refused {
    try {
      Optional<Caller> caller = keys.signIn(key, address);
      if (caller.isEmpty()) {
        LOG.info("A program at {} could not sign in over SMTP", address);
        throw new Refused(
            535, "5.7.8 This is no API key of Postroom, or it may not be used from " + address);
      }
      return guest(caller.get());
    } catch (Problem locked) {
      throw new Refused(454, "4.7.0 " + locked.getMessage());
    } catch (RuntimeException databaseAway) {
      LOG.warn("A program at {} could not be signed in: {}", address, databaseAway.toString());
      throw new Refused(454, "4.7.0 Signing in is not possible at this moment");
    }
  }

  /** Who comes without signing in, where the operator allows that; null: nobody. */
  @Nullable Guest without(@Nullable String openKey, String address) throws Refused {
    if (openKey == null) return null;
    try {
      Optional<Caller> caller = keys.callerWithout(openKey, address);
      return caller.isEmpty() ? null : guest(caller.get());
    } catch (RuntimeException databaseAway) {
      LOG.warn("A program at {} could not be recognised: {}", address, databaseAway.toString());
      throw new Refused(451, "4.3.0 Not possible at this moment, come back later");
    }
  }

  private Guest guest(Caller caller) throws Refused {
    if (!caller.may(Right.SEND))
      throw new Refused(
          535, "5.7.8 This API key may not send; make one with the scope messages:send");
    KeyRule rule = rules.of(caller);
    return new Guest(caller, rule, senders(caller, rule));
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
