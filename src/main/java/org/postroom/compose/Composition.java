package org.postroom.compose;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.mail.Address;
import org.postroom.mail.Attachment;
import org.postroom.outbox.Draft;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.partners.Purpose;
import org.postroom.payments.PlannedLink;

/**
 * A message as it would leave: the preview shows it, sending stores it. Nothing is decided after
 * this.
 *
 * @param further documents it carries beside {@code document}
 * @param approval why a person must agree before it goes, null: nobody must
 * @param linked what goes by link because it would be too large, null: nothing
 * @param link by which to pay or approve, null: none
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
    List<DocumentRef> further,
    @Nullable String partner,
    @Nullable Purpose purpose,
    @Nullable String template,
    @Nullable String layout,
    @Nullable Instant sendAt,
    @Nullable String approval,
    @Nullable Linked linked,
    @Nullable PlannedLink link,
    Map<String, String> reasons,
    List<String> warnings,
    byte[] mime) {

  public Composition {
    replyTo = List.copyOf(replyTo);
    recipients = List.copyOf(recipients);
    attachments = List.copyOf(attachments);
    further = List.copyOf(further);
    reasons = Map.copyOf(reasons);
    warnings = List.copyOf(warnings);
  }

  /** The same message with another reason for one of its parts. */
  public Composition because(String part, String reason) {
    Map<String, String> others = new HashMap<>(reasons);
    others.put(part, reason);
    return with(sendAt, others);
  }

  /** The same message, going out then; null: now. */
  public Composition at(@Nullable Instant time) {
    return with(time, reasons);
  }

  private Composition with(@Nullable Instant time, Map<String, String> others) {
    return new Composition(
        id,
        account,
        from,
        replyTo,
        recipients,
        subject,
        html,
        text,
        attachments,
        messageId,
        document,
        further,
        partner,
        purpose,
        template,
        layout,
        time,
        approval,
        linked,
        link,
        others,
        warnings,
        mime);
  }
}
