package org.postroom.accounts;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The tokens of accounts that sign in at their provider: kept sealed, renewed before they end. */
@Component
class AccountTokens {

  /**
   * An access token that lasts for some minutes at least.
   *
   * @param clientSecret the account's own, opened; null: the installation's or none
   * @throws AccountUnusable where somebody has to sign in first
   */
  AccessToken fresh(Account account, @Nullable String clientSecret) {
    throw new AccountUnusable("Nobody has signed in to “" + account.name() + "” yet.");
  }
}
