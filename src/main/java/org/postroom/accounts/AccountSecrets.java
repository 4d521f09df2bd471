package org.postroom.accounts;

import java.util.List;
import org.postroom.secrets.SealedColumns;

/** What accounts keep sealed. */
final class AccountSecrets implements SealedColumns {
  @Override
  public List<SealedColumn> sealed() {
    return List.of(new SealedColumn("accounts", "id", "secret", "secret"));
  }
}
