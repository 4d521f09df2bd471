package org.postroom.accounts;

import org.postroom.accounts.Account.Health.State;
import org.postroom.accounts.oauth.TokenAnswer;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Reply;
import org.springframework.stereotype.Component;

/** Stops accounts whose provider does not sign them in any more, and says why. */
@Component
class Refusals {
  private final SignInTrouble trouble;
  private final AccountHealth health;

  Refusals(SignInTrouble trouble, AccountHealth health) {
    this.trouble = trouble;
    this.health = health;
  }

  SignInTrouble.Verdict judge(Client client, TokenAnswer.Refused refused) {
    return trouble.judge(client, refused);
  }

  /** Until somebody does what the finding says: never tried again without end. */
  void stop(Account account, SignInTrouble.Verdict verdict) {
    health.needsAttention(
        account.company(),
        account.id(),
        verdict.state(),
        verdict.finding().what(),
        verdict.finding().id());
  }

  String busy(Client client, Reply reply) {
    if (reply.code() == 0)
      return client.providerName() + " could not be asked for a sign-in. " + reply.text();
    return trouble.explain(client, FailureKind.SIGN_IN_UNAVAILABLE, reply).what();
  }

  /** An account that is stopped already keeps the reason it was stopped for. */
  AccountUnusable nobodySignedIn(Account account) {
    String known = account.health().reason();
    if (!account.usable() && known != null) return new AccountUnusable(known);
    String why = "Nobody has signed in to “" + account.name() + "”. Sign in to it.";
    health.needsAttention(account.company(), account.id(), State.NEEDS_SIGN_IN, why, null);
    return new AccountUnusable(why);
  }

  AccountUnusable noClient(Account account) {
    String why =
        "“"
            + account.name()
            + "” has no client id of an app registration, and this installation has none for all.";
    health.needsAttention(account.company(), account.id(), State.NEEDS_ADMINISTRATOR, why, null);
    return new AccountUnusable(why);
  }
}
