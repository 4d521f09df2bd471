package org.postroom.bounces.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.bounces.Returned.Action;

/** A delivery status notification: what it says of each recipient (RFC 3464). */
record StatusReport(StatusFields fields) {
  static @Nullable StatusReport in(Part mail) {
    StatusFields found = null;
    for (Part part : mail.leaves(StatusFields::isStatus)) {
      StatusFields fields = StatusFields.of(Decoded.text(part));
      if (!fields.ofRecipients().isEmpty()) return new StatusReport(fields);
      if (found == null) found = fields;
    }
    return found == null ? null : new StatusReport(found);
  }

  List<Said> recipients() {
    List<Said> said = new ArrayList<>();
    for (Headers recipient : fields.ofRecipients()) said.add(said(recipient));
    return said;
  }

  /** ENVID came as xtext (RFC 3461 section 4). */
  @Nullable String envelopeId() {
    String id = fields.ofMessage().first("original-envelope-id");
    return id.isEmpty() ? null : Xtext.decoded(id);
  }

  private static Said said(Headers recipient) {
    String address = Addresses.ofField(recipient.first("original-recipient"));
    if (address == null) address = Addresses.ofField(recipient.first("final-recipient"));
    if (address == null) address = Addresses.ofField(recipient.first("x-actual-recipient"));
    String status = Codes.status(recipient.first("status"));
    String diagnostic = diagnostic(recipient);
    return new Said(address, action(recipient.first("action"), status), status, diagnostic);
  }

  private static String diagnostic(Headers recipient) {
    String code = recipient.firstOf("diagnostic-code", "x-supplementary-info");
    int type = code.indexOf(';');
    boolean named = type > 0 && type < 30 && code.substring(0, type).indexOf(' ') < 0;
    return named ? code.substring(type + 1).strip() : code;
  }

  /** The word may carry a comment; where it is missing the status tells. */
  private static Action action(String value, String status) {
    String word = value.strip().toLowerCase(Locale.ROOT);
    for (Action action : Action.values()) {
      if (word.startsWith(action.name().toLowerCase(Locale.ROOT))) return action;
    }
    if (status.startsWith("2")) return Action.DELIVERED;
    return word.startsWith("delay") ? Action.DELAYED : Action.FAILED;
  }
}
