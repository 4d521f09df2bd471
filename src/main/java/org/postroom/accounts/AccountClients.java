package org.postroom.accounts;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.accounts.AccountRows.WithSecret;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Accounts with the program they are at their provider. */
@Component
class AccountClients {
  private final Database database;
  private final Clients clients;
  private final Logins logins;
  private final ObjectProvider<ReadingWanted> readers;

  AccountClients(
      Database database, Clients clients, Logins logins, ObjectProvider<ReadingWanted> readers) {
    this.database = database;
    this.clients = clients;
    this.logins = logins;
    this.readers = readers;
  }

  record One(Account account, Client client) {

    /** Who probably signs in; with a shared mailbox it is somebody else. */
    @Nullable String hint() {
      boolean shared =
          account.connection() instanceof Connection.Microsoft microsoft
              && microsoft.mailbox() != null;
      return shared ? null : account.email().spec();
    }
  }

  /** For somebody who may connect accounts; every reason why it cannot be is a problem. */
  One require(Caller caller, String id) {
    Ownership.requireChange(caller, existing(caller.company(), id));
    One one = of(caller.company(), id);
    if (!one.account().active())
      throw Problem.conflict(
          "switched_off", "“" + one.account().name() + "” is switched off. Switch it on first.");
    return one;
  }

  One of(String company, String id) {
    WithSecret stored = stored(company, id);
    Account account = stored.account();
    if (!SignInState.needed(account))
      throw Problem.conflict(
          "no_sign_in", "Nobody signs in to accounts of kind " + account.kind().word() + ".");
    Client client =
        clients
            .of(account.connection(), secret(stored))
            .orElseThrow(() -> noClient(account.kind()));
    boolean read = readers.stream().anyMatch(one -> one.wanted(account.company(), account.id()));
    return new One(
        account, read ? client.reading(Clients.reading(account.connection())) : client);
  }

  Account existing(String company, String id) {
    return stored(company, id).account();
  }

  URI adminConsent(Connection.Microsoft microsoft) {
    return clients.adminConsent(microsoft);
  }

  boolean installationHas(Account.Kind kind) {
    return clients.installationHas(kind);
  }

  private WithSecret stored(String company, String id) {
    return database
        .read(sql -> AccountRows.find(sql, company, id))
        .orElseThrow(() -> Problem.notFound("Account “" + id + "”"));
  }

  private @Nullable String secret(WithSecret stored) {
    try {
      return logins.secret(stored);
    } catch (AccountUnusable closed) {
      throw Problem.conflict("secret_closed", String.valueOf(closed.getMessage()));
    }
  }

  private static Problem noClient(Account.Kind kind) {
    return Problem.invalid(
        "/" + kind.word() + "/client_id",
        "required",
        "Enter the client id of your app registration: this installation has none for all accounts.");
  }
}
