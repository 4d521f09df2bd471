package org.postroom.accounts;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.oauth.TokenAnswer;
import org.postroom.db.Sql;
import org.springframework.stereotype.Component;

/** Grants and the health of their accounts, changed together. */
@Component
class GrantKeeping {
  private final Grants grants;
  private final PendingSignIns pending;
  private final AccountHealth health;
  private final Revocations revocations;

  GrantKeeping(
      Grants grants, PendingSignIns pending, AccountHealth health, Revocations revocations) {
    this.grants = grants;
    this.pending = pending;
    this.health = health;
    this.revocations = revocations;
  }

  /**
   * What was cut off.
   *
   * @param signedInAs null where nobody was signed in
   */
  record Cut(@Nullable String signedInAs, boolean revoked, String message) {}

  void signedIn(
      Sql sql, Account account, TokenAnswer.Granted granted, Set<String> scopes, String who) {
    grants.signedIn(sql, account, granted, scopes, who.isEmpty() ? null : who);
    health.connected(account.company(), account.id());
  }

  String hold(PendingSignIn choice) {
    return pending.begin(choice);
  }

  void approval(Account account, Grant.Approval approval) {
    grants.approval(account, approval);
  }

  Grant grant(Account account) {
    return grants.find(account);
  }

  Map<String, Grant> grants(String company) {
    return grants.ofCompany(company);
  }

  /** In the caller's transaction if there is one; what there was. */
  Grant forget(Account account) {
    return grants.wipe(account);
  }

  /** After forgetting: our own copy is gone whatever the provider answers. */
  Cut tellProvider(Account account, Grant before) {
    return revocations.now(account, before);
  }

  void revokeUnlessShared(Account account, String who, String refreshToken) {
    revocations.unlessShared(account, who, refreshToken);
  }

  void connected(Account account) {
    health.connected(account.company(), account.id());
  }
}
