package org.postroom.payments;

import java.util.List;
import org.postroom.secrets.SealedColumns;

/** What gateways keep sealed. */
final class GatewaySecrets implements SealedColumns {
  @Override
  public List<SealedColumn> sealed() {
    return List.of(
        new SealedColumn("payment_gateways", "id", "secret", "secret"),
        new SealedColumn("payment_gateways", "id", "hook_secret", "hook"),
        new SealedColumn("payment_gateways", "id", "hook_secret_before", "hook"));
  }
}
