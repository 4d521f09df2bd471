package org.postroom.callbacks;

import java.util.List;
import org.postroom.secrets.SealedColumns;

/** What endpoints keep sealed. */
final class WebhookSecrets implements SealedColumns {
  @Override
  public List<SealedColumn> sealed() {
    return List.of(
        new SealedColumn("webhook_endpoints", "id", "secret", "secret"),
        new SealedColumn("webhook_endpoints", "id", "secret_before", "secret"));
  }
}
