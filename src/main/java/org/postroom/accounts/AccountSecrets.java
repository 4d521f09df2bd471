package org.postroom.accounts;

import java.util.List;
import org.postroom.secrets.SealedColumns;

/** What accounts keep sealed. */
final class AccountSecrets implements SealedColumns {
  @Override
  public List<SealedColumn> sealed() {
    return List.of(
        new SealedColumn("accounts", "id", "secret", "secret"),
        new SealedColumn("account_grants", "account_id", "access_token", "access_token"),
        new SealedColumn("account_grants", "account_id", "refresh_token", "refresh_token"),
        new SealedColumn("account_sign_ins", "state_hash", "kept", "kept"));
  }
}
