package org.postroom.outbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.RecipientRole;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.outbox.Message.Origin;

/**
 * A composed message on its way into the outbox: nothing is decided after this.
 *
 * @param id made by the composer, so that the content can name it
 * @param mime the finished message with CRLF lines; byte for byte what will leave
 * @param further documents it carries beside {@code document}; it stands in their history too
 * @param notBefore when it goes out, null for now
 * @param hold given where it must wait for somebody, with {@code holdReason}
 */
public record Draft(
    String company,
    String id,
    String account,
    Address sender,
    Address returnPath,
    String messageId,
    String subject,
    List<To> recipients,
    byte[] mime,
    boolean bulk,
    @Nullable Instant notBefore,
    Origin origin,
    @Nullable DocumentRef document,
    List<DocumentRef> further,
    @Nullable String partner,
    @Nullable String purpose,
    @Nullable String template,
    @Nullable String layout,
    Map<String, String> reasons,
    @Nullable String resendOf,
    Message.@Nullable Hold hold,
    @Nullable String holdReason) {

  public Draft {
    recipients = List.copyOf(recipients);
    further = List.copyOf(further);
    reasons = Map.copyOf(reasons);
    if (recipients.isEmpty()) throw new IllegalArgumentException("A message needs a recipient.");
  }

  /** One recipient and where it stands. */
  public record To(Address address, RecipientRole role) {}
}
