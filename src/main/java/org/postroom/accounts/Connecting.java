package org.postroom.accounts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.accounts.Account.Health.State;
import org.postroom.accounts.PendingSignIn.Held;
import org.postroom.accounts.oauth.TokenAnswer;
import org.postroom.db.Database;
import org.postroom.findings.Action;
import org.postroom.findings.Finding;
import org.postroom.mail.Address;
import org.springframework.stereotype.Component;

/** Ties accounts to what providers granted, and cuts the tie again. */
@Component
class Connecting {
  private final Database database;
  private final GrantKeeping keeping;
  private final Accounts accounts;
  private final Audit audit;

  Connecting(Database database, GrantKeeping keeping, Accounts accounts, Audit audit) {
    this.database = database;
    this.keeping = keeping;
    this.accounts = accounts;
    this.audit = audit;
  }

  /** The account works from this commit on. */
  SignInResult connect(
      Caller caller,
      Account account,
      TokenAnswer.Granted granted,
      Set<String> scopes,
      String address) {
    database.run(sql -> {
      keeping.signedIn(sql, account, granted, scopes, address);
      audit.record(caller, "account.connected", account.id(), null, address);
    });
    return new SignInResult.Connected(current(account), address);
  }

  /** With the address of who signed in as the account's own from now on. */
  SignInResult as(
      Caller caller,
      Account account,
      TokenAnswer.Granted granted,
      Set<String> scopes,
      String address) {
    accounts.update(
        caller, account.id(), null, now -> AccountDrafts.withEmail(now, Address.of(address)));
    return connect(caller, current(account), granted, scopes, address);
  }

  /**
   * Google sends as any own address of who signed in. Microsoft wants another permission for
   * another mailbox, so there the sign-in begins again: empty.
   */
  Optional<SignInResult> sendAs(
      Caller caller,
      Account account,
      TokenAnswer.Granted granted,
      Set<String> scopes,
      String address) {
    if (account.kind() == Account.Kind.GOOGLE)
      return Optional.of(connect(caller, account, granted, scopes, address));
    accounts.update(
        caller, account.id(), null, now -> AccountDrafts.withMailbox(now, account.email().spec()));
    return Optional.empty();
  }

  /** Keeps the tokens until a person has chosen; the state to choose with. */
  String hold(PendingSignIn signIn, Held held) {
    return keeping.hold(SignInAnswers.choice(signIn, held));
  }

  void discard(Account account, Held held) {
    keeping.revokeUnlessShared(account, held.address(), held.refreshToken());
  }

  /** Asks for a token as the app itself; an account that gets one can send. */
  SignInResult app(Caller caller, Account account) {
    SignInResult tried = app(account);
    if (tried instanceof SignInResult.Connected)
      audit.record(caller, "account.connected", account.id(), null, "as the app itself");
    return tried;
  }

  /** After an approval: whoever opened the link need not be known to us. */
  SignInResult app(Account account) {
    try {
      accounts.login(account);
    } catch (AccountUnusable trouble) {
      String what = String.valueOf(trouble.getMessage());
      Finding finding =
          trouble
              .finding()
              .orElseGet(() -> new Finding("?app", what, List.of(), Action.ADM, List.of()));
      return new SignInResult.Failed(current(account), finding, null);
    }
    keeping.connected(account);
    return new SignInResult.Connected(current(account), account.email().spec());
  }

  void waits(Account account) {
    keeping.approval(account, Grant.Approval.WAITING);
    if (!keeping.grant(account).connected())
      accounts.needsAttention(
          account.company(),
          account.id(),
          State.NEEDS_ADMINISTRATOR,
          "Waiting for approval by an administrator of your organisation.");
  }

  void approved(Account account) {
    keeping.approval(account, Grant.Approval.GIVEN);
    if (keeping.grant(account).connected()) return;
    accounts.needsAttention(
        account.company(),
        account.id(),
        State.NEEDS_SIGN_IN,
        "An administrator of your organisation approved. Sign in now.");
  }

  SignIns.Disconnected disconnect(Caller caller, Account account) {
    Grant before =
        database.write(sql -> {
          Grant grant = keeping.forget(account);
          audit.record(caller, "account.disconnected", account.id(), grant.signedInAs(), null);
          accounts.needsAttention(
              account.company(),
              account.id(),
              State.NEEDS_SIGN_IN,
              "Disconnected by " + caller.name() + ". Sign in to use it again.");
          return grant;
        });
    GrantKeeping.Cut cut = keeping.tellProvider(account, before);
    return new SignIns.Disconnected(current(account), cut.revoked(), cut.message());
  }

  Grant grant(Account account) {
    return keeping.grant(account);
  }

  Map<String, Grant> grants(String company) {
    return keeping.grants(company);
  }

  private Account current(Account account) {
    return accounts.find(account.company(), account.id()).orElse(account);
  }
}
