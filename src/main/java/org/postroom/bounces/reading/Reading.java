package org.postroom.bounces.reading;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.bounces.Reason;
import org.postroom.bounces.Returned;
import org.postroom.bounces.Returned.Action;
import org.postroom.bounces.Returned.Kind;
import org.postroom.bounces.Returned.OfRecipient;

/** Tells apart what came in, and reads it. */
public final class Reading {
  /** A report stands before what it returns, and ours are never this long. */
  public static final int MOST_BYTES = 2_000_000;

  private static final int LONGEST_DIAGNOSTIC = 1000;

  private final Part mail;
  private final Original original;

  private Reading(Part mail) {
    this.mail = mail;
    this.original = Original.of(mail);
  }

  public static Returned read(byte[] mime) {
    return new Reading(Tree.of(Lines.raw(mime, MOST_BYTES))).returned();
  }

  private Returned returned() {
    StatusReport report = StatusReport.in(mail);
    if (report != null && !report.recipients().isEmpty())
      return of(report.recipients(), report.envelopeId());
    return Returned.notAReport();
  }

  private Returned of(List<Said> said, @Nullable String envelopeId) {
    List<OfRecipient> recipients = new ArrayList<>();
    for (Said each : said) recipients.add(understood(each));
    return new Returned(kind(recipients), messageId(), envelopeId, recipients);
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

  /** Of our message; some reports return nothing of it but answer it properly. */
  private @Nullable String messageId() {
    String id = original.messageId();
    return id != null ? id : Original.id(mail.headers().firstOf("in-reply-to", "references"));
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.substring(0, Math.min(line.length(), LONGEST_DIAGNOSTIC));
  }
}
