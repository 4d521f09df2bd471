package org.postroom.payments;

import java.util.List;
import org.postroom.secrets.SealedColumns;

/** The addresses of links, kept so that people can copy them later. */
final class LinkSecrets implements SealedColumns {
  @Override
  public List<SealedColumn> sealed() {
    return List.of(new SealedColumn("payment_links", "id", "token", "token"));
  }
}
