package org.postroom.accounts;

import org.jspecify.annotations.Nullable;
import org.postroom.accounts.oauth.TokenEndpoint;
import org.postroom.db.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Gives permissions back. Google takes tokens back (RFC 7009); Microsoft has no such address for
 * apps: there the person or an administrator removes the app.
 */
@Component
class Revocations {
  private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);

  private final Database database;
  private final Grants grants;
  private final Providers providers;
  private final TokenEndpoint endpoint;

  Revocations(Database database, Grants grants, Providers providers, TokenEndpoint endpoint) {
    this.database = database;
    this.grants = grants;
    this.providers = providers;
    this.endpoint = endpoint;
  }

  /** What was granted is forgotten here already; the result says what the provider made of it. */
  GrantKeeping.Cut now(Account account, Grant before) {
    String who = before.signedInAs();
    if (account.kind() != Account.Kind.GOOGLE)
      return new GrantKeeping.Cut(
          who,
          false,
          "Postroom has forgotten the sign-in. Microsoft has no way for apps to give the permission"
              + " back: remove the app at myaccount.microsoft.com, or in Entra under Enterprise"
              + " applications.");
    String token = refreshToken(account, before);
    if (token == null)
      return new GrantKeeping.Cut(who, false, "Nobody was signed in. Nothing is kept.");
    if (shared(account, who))
      return new GrantKeeping.Cut(
          who,
          false,
          "Postroom has forgotten the sign-in. Another account uses the same mailbox, so the"
              + " permission at Google stays.");
    return endpoint.revoke(providers.googleRevocation(), token)
        ? new GrantKeeping.Cut(
            who, true, "Postroom has forgotten the sign-in, and Google took the permission back.")
        : new GrantKeeping.Cut(
            who,
            false,
            "Postroom has forgotten the sign-in. Google did not confirm that the permission is"
                + " gone: look at myaccount.google.com/connections.");
  }

  /** After the account is off or gone; nobody waits for the answer. */
  void later(Account account, Grant before) {
    if (account.kind() != Account.Kind.GOOGLE || before.refreshToken() == null) return;
    Thread.ofVirtual()
        .name("revoke")
        .start(() ->
            LOG.info(
                "The permission of account {} was {}",
                account.id(),
                now(account, before).revoked() ? "given back" : "not given back"));
  }

  /** Google takes the whole permission back, also where another account of ours lives by it. */
  void unlessShared(Account account, String who, String refreshToken) {
    if (account.kind() == Account.Kind.GOOGLE && !sharedWithAny(who))
      endpoint.revoke(providers.googleRevocation(), refreshToken);
  }

  private boolean shared(Account account, @Nullable String who) {
    return who != null
        && database.read(sql -> GrantRows.sharedBy(sql, account.company(), account.id(), who));
  }

  private boolean sharedWithAny(String who) {
    return database.read(sql -> GrantRows.sharedBy(sql, "", "", who));
  }

  private @Nullable String refreshToken(Account account, Grant before) {
    try {
      return before.refreshToken() == null ? null : grants.refreshToken(account, before);
    } catch (AccountUnusable closed) {
      return null;
    }
  }
}
