package org.postroom.accounts;

import java.util.List;
import org.postroom.access.Audit;
import org.postroom.accounts.oauth.TokenEndpoint;
import org.postroom.db.Database;
import org.postroom.db.Settings;
import org.postroom.findings.Findings;
import org.postroom.net.Web;
import org.postroom.secrets.Secrets;

/** Accounts and sign-ins of one node, wired by hand as the product wires them. */
final class SignInWorld {
  private static final Findings FINDINGS = new Findings();

  final Database database;
  final Settings settings;
  final Grants grants;
  final Clients clients;
  final TokenEndpoint endpoint;
  final SignInTrouble trouble = new SignInTrouble(FINDINGS);
  final AccountHealth health;
  final AccountTokens tokens;
  final Logins logins;
  final Revocations revocations;
  final PendingSignIns pending;

  SignInWorld(
      Database database, Settings settings, Secrets secrets, AccountHealth health, Web web) {
    var providers = new Providers(settings);
    this.database = database;
    this.settings = settings;
    this.health = health;
    this.grants = new Grants(database, secrets);
    this.clients = new Clients(providers, settings);
    this.endpoint = new TokenEndpoint(web);
    this.tokens = new AccountTokens(grants, clients, endpoint, new Refusals(trouble, health));
    this.logins = new Logins(secrets, tokens, providers);
    this.revocations = new Revocations(database, grants, providers, endpoint);
    this.pending = new PendingSignIns(database, secrets);
  }

  Accounts accounts(List<AccountUse> uses) {
    var trail = new AccountTrail(new Audit(database));
    var changes = new GrantChanges(database, revocations, clients);
    return new Accounts(database, logins, health, changes, trail, uses);
  }

  private final org.springframework.beans.factory.support.DefaultListableBeanFactory beans =
      new org.springframework.beans.factory.support.DefaultListableBeanFactory();
  private final org.springframework.beans.factory.ObjectProvider<ReadingWanted> readers =
      beans.getBeanProvider(ReadingWanted.class);

  /** From now on signing in asks for reading, too. */
  void readMailboxes() {
    beans.registerSingleton("reader", (ReadingWanted) (company, account) -> true);
  }

  SignIns signIns(Accounts accounts) {
    var keeping = new GrantKeeping(grants, pending, health, revocations);
    var connecting = new Connecting(database, keeping, accounts, new Audit(database));
    var mine = new AccountClients(database, clients, logins, readers);
    return new SignIns(
        settings, mine, pending, new SignInAnswers(mine, endpoint, trouble, connecting));
  }
}
