package org.postroom.domains;

import java.util.List;
import org.postroom.secrets.SealedColumns;

/** What domains keep sealed. */
final class DomainSecrets implements SealedColumns {
  @Override
  public List<SealedColumn> sealed() {
    return List.of(new SealedColumn("dkim_keys", "id", "private_key", "private_key"));
  }
}
