package org.postroom.signing;

import java.util.List;
import org.postroom.secrets.SealedColumns;

/** The private halves of signing keys. */
final class SigningSecrets implements SealedColumns {
  @Override
  public List<SealedColumn> sealed() {
    return List.of(
        new SealedColumn("dkim_keys", "id", "rsa_private", "rsa"),
        new SealedColumn("dkim_keys", "id", "ed_private", "ed"));
  }
}
