package org.postroom.bounces.reading;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.bounces.Reason;
import org.postroom.bounces.Returned;
import org.postroom.bounces.Returned.Action;
import org.postroom.bounces.Returned.Kind;
import org.postroom.bounces.Returned.OfRecipient;

/** From what was said to what it means. */
final class Understood {
  private static final int LONGEST_DIAGNOSTIC = 1000;

  private Understood() {}

  static Returned of(List<Said> said, @Nullable String messageId, @Nullable String envelopeId) {
    if (said.isEmpty()) return Returned.notAReport();
    List<OfRecipient> recipients = new ArrayList<>();
    for (Said each : said) recipients.add(understood(each));
    return new Returned(kind(recipients), messageId, envelopeId, recipients);
  }

  private static OfRecipient understood(Said said) {
    String diagnostic = oneLine(said.diagnostic());
    Reason reason = Reasons.of(said);
    String status = said.status().isEmpty() ? Codes.status(diagnostic) : said.status();
    return new OfRecipient(
        said.address(),
        said.action(),
        status.isEmpty() ? null : status,
        Codes.reply(diagnostic),
        diagnostic,
        reason,
        said.action() == Action.FAILED && reason.hard());
  }

  private static Kind kind(List<OfRecipient> recipients) {
    if (recipients.stream().anyMatch(each -> each.action() == Action.FAILED)) return Kind.BOUNCE;
    boolean delayed = recipients.stream().anyMatch(each -> each.action() == Action.DELAYED);
    return delayed ? Kind.DELAYED : Kind.DELIVERED;
  }

  static OfRecipient complained(@Nullable String address, String diagnostic) {
    return new OfRecipient(
        address, Action.DELIVERED, null, null, oneLine(diagnostic), Reason.COMPLAINT, false);
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.substring(0, Math.min(line.length(), LONGEST_DIAGNOSTIC));
  }
}
