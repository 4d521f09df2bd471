package org.postroom.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.accounts.Account;
import org.postroom.accounts.AccountDraft;
import org.postroom.accounts.Accounts;
import org.postroom.accounts.Prospect;
import org.postroom.accounts.Prospects;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.environment.Leaving;
import org.postroom.environment.TestModes;
import org.postroom.findings.Findings;
import org.postroom.http.Problem;
import org.postroom.mail.Address;
import org.postroom.transport.Transports;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/**
 * The connection check: the same conversation as delivery, up to a real test message, watched stage
 * by stage. It ends at the first failure with the finding; at the latest after half a minute.
 */
@Service
public class Diagnosis {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int PER_MINUTE = 20;

  private final Accounts accounts;
  private final Prospects prospects;
  private final Access access;
  private final Database database;
  private final Watched watched;
  private final TestModes modes;
  private final CheckLimits limits = new CheckLimits(PER_MINUTE);

  @Autowired
  Diagnosis(
      Accounts accounts,
      Prospects prospects,
      Access access,
      Database database,
      Transports transports,
      Findings findings,
      ObjectProvider<DomainRecords> records,
      TestModes modes) {
    this.modes = modes;
    this.accounts = accounts;
    this.prospects = prospects;
    this.access = access;
    this.database = database;
    this.watched = new Watched(transports, findings, records.getIfAvailable(), LONGEST);
  }

  /**
   * Checks an account that nobody has saved. Nothing of it is kept.
   *
   * @param testTo where the test message goes; null: to the caller, or to the account itself
   * @param listener hears each stage as it happens, on this thread
   * @throws Problem 403, 422 where the account cannot be like that, 429 where too much is checked
   */
  public Check check(
      Caller caller, AccountDraft draft, @Nullable String testTo, CheckListener listener) {
    Prospect prospect = prospects.of(caller, draft);
    return run(caller, prospect, null, testTo, listener);
  }

  /**
   * Checks a saved account as it is. A pass repairs it, and what waited goes out; the result is
   * kept.
   *
   * @throws Problem 403, 404, 422, 429
   */
  public Check check(
      Caller caller, String account, @Nullable String testTo, CheckListener listener) {
    return check(caller, account, Diagnosis::unchanged, testTo, listener);
  }

  /**
   * Checks a saved account with changes that nobody has saved. The account stays as it is, and
   * nothing is kept; the stored secret goes only where it was given for. Changes that make no
   * difference to sending are a check of the account as it is.
   */
  public Check check(
      Caller caller,
      String account,
      Function<Account, AccountDraft> change,
      @Nullable String testTo,
      CheckListener listener) {
    Prospect prospect = prospects.of(caller, account, change);
    Account saved = accounts.get(caller, account);
    if (!asSaved(saved, prospect.draft())) return run(caller, prospect, null, testTo, listener);
    Check check = run(caller, prospect, saved, testTo, listener);
    database.run(sql -> CheckRows.insert(sql, caller.company(), check));
    new Consequences(accounts).of(saved, check);
    return check;
  }

  private static boolean asSaved(Account saved, AccountDraft draft) {
    return draft.secret() == null
        && draft.email().equals(saved.email())
        && draft.connection().equals(saved.connection());
  }

  /** The newest checks of a saved account, newest first; 404 where there is no such account. */
  public List<Check> list(Caller caller, String account, int most) {
    accounts.get(caller, account);
    return database.read(sql -> CheckRows.newest(sql, caller.company(), account, most));
  }

  public Optional<Check> last(Caller caller, String account) {
    return list(caller, account, 1).stream().findFirst();
  }

  private Check run(
      Caller caller,
      Prospect prospect,
      @Nullable Account saved,
      @Nullable String testTo,
      CheckListener listener) {
    Account account = prospect.account();
    if (caller.test() && account.kind() != Account.Kind.LOCAL)
      throw Problem.forbidden(
          "A check sends a real message, and a test key sends none. Use a live key.");
    Address to = mayGet(account, address(caller, account, testTo));
    Instant now = database.now();
    String own = account.version() == 0 ? "" : account.id();
    try (var turn = limits.enter(caller.company(), own, now)) {
      var message =
          new TestMessage(
              Ids.next("chk"), account, to, now, access.company(caller.company()).timeZone());
      return watched.run(prospect, message, saved, listener);
    }
  }

  /** The test message is mail like any other: test mode decides who may get it. */
  private Address mayGet(Account account, Address to) {
    if (account.kind() == Account.Kind.LOCAL) return to;
    Leaving leaving = modes.leaving(account.company());
    if (leaving instanceof Leaving.Redirected(Address instead)) return instead;
    if (leaving.reaches(to)) return to;
    throw switch (leaving) {
      case Leaving.Listed _ ->
          Problem.invalid(
              "/test_to",
              "test_mode",
              "Test mode is on, and "
                  + to.spec()
                  + " is not on its list. A check sends a real message: name somebody who is.");
      case Leaving.Nothing _ ->
          Problem.conflict(
              "test_mode",
              "Test mode is on and nothing may leave. A check sends a real message: switch to a list"
                  + " of allowed addresses for it.");
      default ->
          Problem.conflict(
              "foreign_environment",
              "This is a copy of another Postroom: it signs in nowhere and sends nothing.");
    };
  }

  private static Address address(Caller caller, Account account, @Nullable String typed) {
    String text = typed == null || typed.isBlank() ? caller.email() : typed;
    if (text == null) return account.email();
    try {
      return Address.parse(text);
    } catch (IllegalArgumentException notAnAddress) {
      throw Problem.invalid("/test_to", "invalid", String.valueOf(notAnAddress.getMessage()));
    }
  }

  private static AccountDraft unchanged(Account account) {
    return new AccountDraft(
        account.kind(),
        account.name(),
        account.email(),
        account.displayName(),
        account.replyTo(),
        account.owner(),
        account.isDefault(),
        account.active(),
        account.connection(),
        null,
        account.limits());
  }
}
