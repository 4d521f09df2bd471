package org.postroom.accounts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.Account.Health.State;
import org.postroom.accounts.AccountRows.WithSecret;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.mail.Address;
import org.postroom.transport.Login;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/** The mailboxes of a company, their secrets, and which of them sends what. */
@Service
public class Accounts {
  private final Database database;
  private final Logins logins;
  private final AccountHealth health;
  private final GrantChanges grants;
  private final AccountTrail trail;
  private final List<AccountUse> uses;

  Accounts(
      Database database,
      Logins logins,
      AccountHealth health,
      GrantChanges grants,
      AccountTrail trail,
      List<AccountUse> uses) {
    this.database = database;
    this.logins = logins;
    this.health = health;
    this.grants = grants;
    this.trail = trail;
    this.uses = uses;
  }

  /**
   * Makes an account. The first of a company becomes its default.
   *
   * @throws Problem 422 with what is wrong; 403 without the right to manage accounts, except for a
   *     person's own
   */
  public Account create(Caller caller, AccountDraft draft) {
    Ownership.requireDraft(caller, draft);
    check(draft);
    AccountChange.requireFit(draft);
    if (draft.needsSecret() && !draft.bringsSecret()) throw AccountChange.secretMissing(draft);
    grants.requireApp(draft);
    return changing(
        caller.company(),
        sql -> {
          Ownership.requireOwner(sql, caller, draft.owner());
          Fallback.check(sql, caller.company(), null, draft);
          Optional<Account> former = AccountRows.defaultOf(sql, caller.company());
          Account account = insert(sql, caller.company(), draft);
          trail.created(caller, account);
          trail.succeeded(caller, former, account);
          return account;
        });
  }

  /** The mailbox a new installation starts with: nothing leaves. The one there is, if there is. */
  public Account createLocal(String company, Address email) {
    return changing(
        company,
        sql ->
            AccountRows.defaultOf(sql, company)
                .orElseGet(() -> insert(sql, company, local(email, true))));
  }

  /** The company's own mailbox, where what test keys send stays; made when there is none. */
  public Account localOf(String company) {
    return list(company, false).stream()
        .filter(account -> account.kind() == Account.Kind.LOCAL)
        .findFirst()
        .orElseGet(() ->
            changing(
                company, sql -> insert(sql, company, local(defaultOf(company).email(), false))));
  }

  /**
   * Changes an account. A draft without password keeps the stored one, except for another server.
   *
   * @param version what the caller saw; null to change whatever there is
   * @param change gets the account as it stands; must be quick
   * @throws Problem 404, 409 (the default cannot go), 412 (changed meanwhile), 422
   */
  public Account update(
      Caller caller, String id, @Nullable Long version, Function<Account, AccountDraft> change) {
    String company = caller.company();
    return changing(
        company,
        sql -> {
          WithSecret before = existing(sql, caller, id, version);
          Ownership.requireChange(caller, before.account());
          AccountDraft draft = change.apply(before.account());
          Ownership.requireDraft(caller, draft);
          check(draft);
          Fallback.check(sql, company, before.account(), draft);
          boolean signedIn = grants.keeps(sql, before.account(), draft);
          var changing = new AccountChange(before, draft, signedIn);
          changing.check();
          if (!draft.owner().equals(before.account().owner()))
            Ownership.requireOwner(sql, caller, draft.owner());
          if (changing.connectsAnew()) grants.requireApp(draft);
          Optional<Account> former = AccountRows.defaultOf(sql, company);
          Account after = store(sql, changing);
          trail.changed(caller, before.account(), after, draft.secret() != null);
          trail.succeeded(caller, former, after);
          return after;
        });
  }

  /** Deletes an account that nothing names; 409 with what names it otherwise. */
  public void delete(Caller caller, String id, @Nullable Long version) {
    String company = caller.company();
    changing(
        company,
        sql -> {
          Account account = existing(sql, caller, id, version).account();
          Ownership.requireChange(caller, account);
          if (account.isDefault())
            throw Problem.conflict(
                "default_account",
                "“"
                    + account.name()
                    + "” is the default account. Make another one the default first.");
          AccountRows.fallenBackOn(sql, company, id)
              .ifPresent(user -> refuseDeleting(account, "“" + user + "”, as its fallback"));
          for (AccountUse use : uses)
            use.use(company, id).ifPresent(user -> refuseDeleting(account, user));
          AccountRows.delete(sql, company, id);
          grants.delete(sql, account);
          trail.deleted(caller, account);
          return account;
        });
  }

  public Optional<Account> find(String company, String id) {
    return database.read(sql -> AccountRows.find(sql, company, id)).map(WithSecret::account);
  }

  /** At most 200, in the order they were made. */
  public List<Account> list(String company, boolean includeOff) {
    return database.read(sql -> AccountRows.list(sql, company, includeOff, "", 200));
  }

  /** The account, where the caller may know of it; 404 otherwise. */
  public Account get(Caller caller, String id) {
    return find(caller.company(), id)
        .filter(account -> Ownership.sees(caller, account))
        .orElseThrow(() -> Problem.notFound("Account “" + id + "”"));
  }

  /** Whether the account exists for the caller: the company's, their own, or by right. */
  public boolean maySee(Caller caller, Account account) {
    return Ownership.sees(caller, account);
  }

  /** Refuses with 403 who may connect no account at all, not even their own. */
  public void requireConnecting(Caller caller) {
    Ownership.requireConnecting(caller);
  }

  /** Whether the caller may change, check, switch off and delete it. */
  public boolean mayChange(Caller caller, Account account) {
    return Ownership.mayChange(caller, account);
  }

  /** Those the caller may know of. */
  public Slice<Account> list(
      Caller caller, boolean includeOff, int limit, @Nullable String cursor) {
    String given = Slice.cursor(cursor, "acc");
    String after = given == null ? "" : given;
    String own = caller.may(Right.MANAGE_ACCOUNTS) ? null : caller.id();
    List<Account> oneMore =
        database.read(
            sql -> AccountRows.list(sql, caller.company(), includeOff, after, limit + 1, own));
    return Slice.of(oneMore, limit, Account::id);
  }

  public Slice<Account> list(
      String company, boolean includeOff, int limit, @Nullable String cursor) {
    String given = Slice.cursor(cursor, "acc");
    String after = given == null ? "" : given;
    List<Account> oneMore =
        database.read(sql -> AccountRows.list(sql, company, includeOff, after, limit + 1));
    return Slice.of(oneMore, limit, Account::id);
  }

  /** The account that sends what nothing else decides; 409 while there is none. */
  public Account defaultOf(String company) {
    return database
        .read(sql -> AccountRows.defaultOf(sql, company))
        .orElseThrow(() ->
            Problem.conflict(
                "no_account", "There is no account to send from yet. Connect one first."));
  }

  /**
   * Which account sends, and why: the one asked for, the partner's, the document kind's, the
   * person's own, the company's default. One that is off or broken is chosen all the same, so that
   * the message waits for it: never silently another. Only where somebody named a fallback for it,
   * and that one works, the fallback sends, and the reason says so.
   *
   * @param explicit from the request
   * @param documentKind word such as {@code invoice}
   * @param person who sends by hand; null for automatic mail
   * @throws Problem 422 at {@code /account} where the one asked for does not exist; 409 where the
   *     partner or the document kind names one that is gone, or there is no default
   */
  public Chosen choose(
      String company,
      @Nullable String explicit,
      @Nullable String partnerSendFrom,
      @Nullable String documentKind,
      @Nullable String person) {
    return database.read(sql -> {
      var choice = new AccountChoice(sql, company);
      return choice
          .explicit(explicit)
          .or(() -> choice.ofPartner(partnerSendFrom))
          .or(() -> choice.ofDocumentKind(documentKind))
          .or(() -> choice.ofPerson(person))
          .or(() -> Optional.of(new Chosen(defaultOf(company), "Default account of the company")))
          .map(chosen -> Fallback.of(sql, chosen))
          .get();
    });
  }

  /** Whether the caller may send through it: the company's, their own, or by right. */
  public boolean maySendFrom(Caller caller, Account account) {
    return account.ofCompany()
        || account.owner().equals(caller.id())
        || caller.may(Right.SEND_FROM_OTHERS);
  }

  /**
   * How to sign in, with the opened secret, as the account stands now.
   *
   * @throws AccountUnusable where it is gone, off, its secret cannot be opened, or its provider
   *     gives no token now
   */
  public Login login(Account account) {
    return logins.of(usableNow(account));
  }

  /**
   * How to sign in after a server refused the token of a login that should have been good: with a
   * renewed one. Empty where the login has no token, or another would fare no better.
   *
   * @throws AccountUnusable as {@link #login}
   */
  public Optional<Login> loginAgain(Account account, Login refused) {
    return logins.again(usableNow(account), refused);
  }

  private WithSecret usableNow(Account account) {
    WithSecret now =
        database
            .read(sql -> AccountRows.find(sql, account.company(), account.id()))
            .orElseThrow(() ->
                new AccountUnusable(
                    "The account “" + account.name() + "” does not exist any more."));
    if (!now.account().active())
      throw new AccountUnusable("The account “" + now.account().name() + "” is switched off.");
    return now;
  }

  /** Remembers a success; written at most once a minute. */
  public void working(String company, String id) {
    health.working(company, id);
  }

  /**
   * Stops an account until somebody does something.
   *
   * @param state NEEDS_SIGN_IN or NEEDS_ADMINISTRATOR
   * @param reason plain sentence
   * @param finding id of what was found, null where nothing was
   */
  public void needsAttention(
      String company, String id, State state, String reason, @Nullable String finding) {
    health.needsAttention(company, id, state, reason, finding);
  }

  public void needsAttention(String company, String id, State state, String reason) {
    needsAttention(company, id, state, reason, null);
  }

  /** Stops an account for a while; one that needs attention stays as it is. */
  public void pauseUntil(
      String company, String id, Instant until, String reason, @Nullable String finding) {
    health.pauseUntil(company, id, until, reason, finding);
  }

  public void pauseUntil(String company, String id, Instant until, String reason) {
    pauseUntil(company, id, until, reason, null);
  }

  /** The account can send again; what waited may go. */
  public void repaired(String company, String id) {
    health.repaired(company, id);
  }

  /** Accounts that are on and cannot send: for the banner. */
  public List<Account> unhealthy(String company) {
    return database.read(sql -> AccountRows.unhealthy(sql, company));
  }

  static AccountDraft local(Address email, boolean isDefault) {
    return new AccountDraft(
        Account.Kind.LOCAL,
        "Local mailbox",
        email,
        email.name(),
        null,
        Account.COMPANY,
        isDefault,
        true,
        new Connection.Local(),
        null,
        Account.Limits.of(Account.Kind.LOCAL));
  }

  private Account insert(Sql sql, String company, AccountDraft draft) {
    Account account = made(sql, company, draft);
    if (account.isDefault()) AccountRows.clearDefault(sql, company);
    AccountRows.insert(sql, account, account.hasSecret() ? seal(account, draft) : null);
    return account;
  }

  /** As it will be kept; the first of a company becomes its default. */
  static Account made(Sql sql, String company, AccountDraft draft) {
    Instant now = sql.now();
    boolean first =
        draft.ofCompany() && draft.active() && AccountRows.defaultOf(sql, company).isEmpty();
    boolean waits = draft.active() && draft.connection().needsSignIn();
    State state =
        !draft.active() ? State.SWITCHED_OFF : waits ? State.NEEDS_SIGN_IN : State.WORKING;
    String reason = waits ? AccountChange.NOBODY : null;
    return new Account(
        company,
        Ids.next("acc"),
        draft.kind(),
        draft.name(),
        draft.email(),
        draft.displayName(),
        draft.replyTo(),
        draft.owner(),
        draft.isDefault() || first,
        draft.active(),
        draft.connection(),
        draft.bringsSecret(),
        draft.limits(),
        new Account.Health(state, now, reason, null, null, null),
        1,
        now,
        draft.fallback());
  }

  private Account store(Sql sql, AccountChange change) {
    Account account = change.after(sql.now());
    String company = account.company();
    if (account.isDefault() && !change.before().account().isDefault())
      AccountRows.clearDefault(sql, company);
    String kept = change.keepsSecret() ? change.before().secret() : null;
    AccountDraft draft = change.draft();
    AccountRows.update(sql, account, draft.bringsSecret() ? seal(account, draft) : kept);
    if (!change.signedIn()) grants.wipe(sql, change.before().account());
    if (change.switchesOff()) health.paused(company, account.id(), "The account was switched off.");
    if (change.losesSignIn()) health.signInLost(sql, account);
    if (change.mayRepair()) health.recovered(sql, change.before().account());
    if (!account.limits().equals(change.before().account().limits()))
      health.limitsChanged(company, account.id());
    return account;
  }

  private String seal(Account account, AccountDraft draft) {
    return logins.seal(account, java.util.Objects.requireNonNull(draft.secret()));
  }

  private static void check(AccountDraft draft) {
    var errors = AccountChecks.errors(draft);
    if (!errors.isEmpty()) throw Problem.invalid(errors);
  }

  private static WithSecret existing(Sql sql, Caller caller, String id, @Nullable Long version) {
    WithSecret found =
        AccountRows.find(sql, caller.company(), id)
            .filter(each -> Ownership.sees(caller, each.account()))
            .orElseThrow(() -> Problem.notFound("Account “" + id + "”"));
    if (version != null && version != found.account().version())
      throw Problem.of(
          412,
          "changed_meanwhile",
          "Somebody changed this account meanwhile. Load it again and repeat your change.");
    return found;
  }

  private static void refuseDeleting(Account account, String user) {
    throw Problem.conflict(
        "in_use", "“" + account.name() + "” cannot be deleted: it is used by " + user + ".");
  }

  /** Changes of one company's accounts pass one by one, so that exactly one stays the default. */
  private <T> T changing(String company, Function<Sql, T> work) {
    try {
      return database.write(sql -> {
        AccountRows.lock(sql, company);
        return work.apply(sql);
      });
    } catch (DuplicateKeyException bothWereFirst) {
      throw Problem.conflict(
          "changed_meanwhile", "Another account was made at the same moment. Try again.");
    }
  }
}
