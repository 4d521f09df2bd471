package org.postroom.accounts;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.accounts.AccountRows.WithSecret;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.http.Problem;
import org.postroom.secrets.Secrets;
import org.springframework.stereotype.Component;

/** Accounts as they would be, with what they would sign in with; nothing is saved. */
@Component
public class Prospects {
  private final Database database;
  private final Secrets secrets;
  private final Logins logins;

  Prospects(Database database, Secrets secrets, Logins logins) {
    this.database = database;
    this.secrets = secrets;
    this.logins = logins;
  }

  /**
   * One that nobody has saved.
   *
   * @throws Problem 422 with what is wrong; 403 without the right to manage accounts
   */
  public Prospect of(Caller caller, AccountDraft draft) {
    Ownership.requireDraft(caller, draft);
    check(draft);
    if (draft.needsSecret() && draft.secret() == null)
      throw AccountChange.secretMissing(draft, "Enter the password.");
    Account account = fresh(caller.company(), draft, database.now());
    return prospect(account, draft, null);
  }

  /**
   * A saved one with changes. The stored secret goes along where it would stay after saving them:
   * never to another server, never in the open.
   *
   * @throws Problem 404, 422; 403 without the right to manage accounts
   */
  public Prospect of(Caller caller, String id, Function<Account, AccountDraft> change) {
    WithSecret before =
        database
            .read(sql -> AccountRows.find(sql, caller.company(), id))
            .filter(each -> Ownership.sees(caller, each.account()))
            .orElseThrow(() -> Problem.notFound("Account “" + id + "”"));
    Ownership.requireChange(caller, before.account());
    AccountDraft draft = change.apply(before.account());
    check(draft);
    var changing = new AccountChange(before, draft);
    changing.checkForTrying();
    String kept = changing.keepsSecret() ? before.secret() : null;
    return prospect(changing.after(database.now()), draft, kept);
  }

  /** Sealed for this account and opened again at once: one way to a login for all. */
  private Prospect prospect(Account account, AccountDraft draft, @Nullable String kept) {
    String given = draft.secret();
    String sealed =
        given == null ? kept : secrets.seal(Logins.place(account), SecretJson.write(given));
    return new Prospect(account, draft, () -> logins.of(new WithSecret(account, sealed)));
  }

  private static void check(AccountDraft draft) {
    var errors = AccountChecks.errors(draft);
    if (!errors.isEmpty()) throw Problem.invalid(errors);
  }

  private static Account fresh(String company, AccountDraft draft, Instant now) {
    var health = new Account.Health(Account.Health.State.WORKING, now, null, null, null, null);
    return new Account(
        company,
        Ids.next("acc"),
        draft.kind(),
        draft.name(),
        draft.email(),
        draft.displayName(),
        draft.replyTo(),
        draft.owner(),
        draft.isDefault(),
        draft.active(),
        draft.connection(),
        draft.secret() != null,
        draft.limits(),
        health,
        0,
        now);
  }
}
