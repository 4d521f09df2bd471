package org.postroom.compose;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.mail.Address;
import org.postroom.mail.Attachment;
import org.postroom.outbox.Draft;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.partners.Purpose;

/**
 * A message as it would leave: the preview shows it, sending stores it. Nothing is decided after
 * this.
 *
 * @param reasons why this account, template, layout and these recipients; key → plain sentence
 * @param warnings what a person should look at before sending
 * @param mime byte for byte what leaves
 */
public record Composition(
    String id,
    Account account,
    Address from,
    List<Address> replyTo,
    List<Draft.To> recipients,
    String subject,
    String html,
    String text,
    List<Attachment> attachments,
    String messageId,
    @Nullable DocumentRef document,
    @Nullable String partner,
    @Nullable Purpose purpose,
    @Nullable String template,
    @Nullable String layout,
    @Nullable Instant sendAt,
    Map<String, String> reasons,
    List<String> warnings,
    byte[] mime) {

  public Composition {
    replyTo = List.copyOf(replyTo);
    recipients = List.copyOf(recipients);
    attachments = List.copyOf(attachments);
    reasons = Map.copyOf(reasons);
    warnings = List.copyOf(warnings);
  }
}
