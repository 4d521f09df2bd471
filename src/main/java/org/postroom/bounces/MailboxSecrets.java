package org.postroom.bounces;

import java.util.List;
import org.postroom.secrets.SealedColumns;

/** What reading mailboxes keeps sealed. */
final class MailboxSecrets implements SealedColumns {
  @Override
  public List<SealedColumn> sealed() {
    return List.of(new SealedColumn("bounce_mailboxes", "account_id", "password", "password"));
  }
}
