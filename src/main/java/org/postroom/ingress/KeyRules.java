package org.postroom.ingress;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.db.Database;
import org.postroom.db.Settings;
import org.postroom.http.Problem;
import org.springframework.stereotype.Service;

/** What people decided about mail that comes over SMTP with each key. */
@Service
public class KeyRules {
  private final Database database;
  private final Accounts accounts;
  private final Place place;

  KeyRules(Database database, Accounts accounts, Settings settings) {
    this.database = database;
    this.accounts = accounts;
    this.place = Place.of(settings);
  }

  public Place place() {
    return place;
  }

  /** The rules of a company by key; keys without one are treated as {@link KeyRule#USUAL}. */
  public Map<String, KeyRule> all(Caller caller) {
    caller.require(Right.MANAGE_KEYS);
    return database.read(sql -> KeyRuleRows.all(sql, caller.company()));
  }

  /**
   * Keeps the rule.
   *
   * @throws Problem 422 where the account does not exist or the time is out of range
   */
  public void set(Caller caller, String key, KeyRule rule) {
    caller.require(Right.MANAGE_KEYS);
    checkAccount(caller, rule.account());
    if (rule.repeats().isNegative() || rule.repeats().compareTo(KeyRule.LONGEST) > 0)
      throw Problem.invalid("/repeats", "out_of_range", "Between 0 minutes and 7 days.");
    database.run(sql -> KeyRuleRows.set(sql, caller.company(), key, rule));
  }

  /** Forgets what can repeat nothing any more; gives how many. */
  public int forgetOld() {
    return database.write(ArrivalRows::forgetOld);
  }

  KeyRule of(Caller caller) {
    return database
        .read(sql -> KeyRuleRows.find(sql, caller.company(), caller.id()))
        .orElse(KeyRule.USUAL);
  }

  private void checkAccount(Caller caller, @Nullable String id) {
    if (id == null) return;
    if (accounts.find(caller.company(), id).filter(Account::ofCompany).isEmpty())
      throw Problem.invalid("/account", "unknown_value", "There is no account “" + id + "”.");
  }
}
