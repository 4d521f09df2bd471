package org.postroom.accounts;

import static org.postroom.accounts.Connection.Microsoft.Flow.APP;

import java.util.Objects;
import org.postroom.accounts.Connection.Google;
import org.postroom.accounts.Connection.Microsoft;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.springframework.stereotype.Component;

/** What becomes of a grant when its account changes, goes off, or goes. */
@Component
class GrantChanges {
  private final Database database;
  private final Revocations revocations;
  private final Clients clients;

  GrantChanges(Database database, Revocations revocations, Clients clients) {
    this.database = database;
    this.revocations = revocations;
    this.clients = clients;
  }

  /** Refuses an account that sends as the app itself where nothing says which app that is. */
  void requireApp(AccountDraft draft) {
    boolean app = draft.connection() instanceof Microsoft microsoft && microsoft.flow() == APP;
    if (!app || !draft.active()) return;
    Client client = clients.of(draft.connection(), draft.secret()).orElse(null);
    if (client == null)
      throw Problem.invalid(
          "/microsoft/client_id",
          "required",
          "Enter the client id and the client secret of your app registration: this installation"
              + " has none for all accounts.");
    boolean installations = ((Microsoft) draft.connection()).clientId() == null;
    if (installations && client.secret() == null)
      throw Problem.invalid(
          "/microsoft/client_id",
          "required",
          "Enter the client id and the client secret of your app registration: this installation's"
              + " has no client secret, so nobody can send as it.");
  }

  /** Whether what was granted before still fits, so that nobody has to sign in again. */
  boolean keeps(Sql sql, Account before, AccountDraft draft) {
    if (!SignInState.needed(before)) return true;
    Grant grant = GrantRows.find(sql, before.company(), before.id());
    if (!draft.active() || !grant.connected()) return false;
    String email = draft.email().spec();
    boolean sameAddress =
        email.equalsIgnoreCase(before.email().spec()) || email.equalsIgnoreCase(grant.signedInAs());
    return sameAddress && fits(before.connection(), draft);
  }

  /** In the change's own transaction; the provider is told when it is committed. */
  void wipe(Sql sql, Account account) {
    Grant before = GrantRows.find(sql, account.company(), account.id());
    GrantRows.wipe(sql, account.company(), account.id());
    ended(sql, account, before);
  }

  void delete(Sql sql, Account account) {
    Grant before = GrantRows.find(sql, account.company(), account.id());
    GrantRows.delete(sql, account.company(), account.id());
    ended(sql, account, before);
  }

  private void ended(Sql sql, Account account, Grant before) {
    PendingSignIns.forget(sql, account.company(), account.id());
    if (before.connected()) database.afterCommit(() -> revocations.later(account, before));
  }

  /** The same program, asking for the same things of the same organisation. */
  private static boolean fits(Connection before, AccountDraft draft) {
    if (before instanceof Microsoft old && draft.connection() instanceof Microsoft now)
      return old.tenant().equals(now.tenant())
          && Objects.equals(old.clientId(), now.clientId())
          && old.route() == now.route()
          && old.flow() == now.flow()
          && old.cloud() == now.cloud()
          && Objects.equals(old.mailbox(), now.mailbox())
          && (now.flow() == Microsoft.Flow.USER || draft.secret() == null);
    return before instanceof Google old
        && draft.connection() instanceof Google now
        && Objects.equals(old.clientId(), now.clientId())
        && old.route() == now.route();
  }
}
