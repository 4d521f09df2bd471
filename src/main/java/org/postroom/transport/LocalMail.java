package org.postroom.transport;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message in a company's local mailbox. The same message handed over twice is there twice: what
 * lies here is what a server would have got.
 *
 * @param id {@code lml_…}, sorts by time
 * @param account the account it was sent through
 * @param sender envelope sender
 * @param recipients envelope recipients
 * @param subject decoded, null where the message has none
 * @param messageId with its angle brackets, null where the message has none
 * @param size of the content in bytes
 */
public record LocalMail(
    String id,
    String account,
    String sender,
    List<String> recipients,
    @Nullable String subject,
    @Nullable String messageId,
    long size,
    Instant receivedAt) {

  public LocalMail {
    recipients = List.copyOf(recipients);
  }
}
