package org.postroom.bounces;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a mail says that came back to us.
 *
 * @param messageId the Message-ID of our message it is about, without angle brackets, as far as it
 *     tells
 * @param envelopeId what we gave as ENVID (RFC 3461), decoded
 * @param recipients whom of our message it is about; never more than {@value #MOST_RECIPIENTS};
 *     empty for automatic replies and what is no report
 */
public record Returned(
    Kind kind,
    @Nullable String messageId,
    @Nullable String envelopeId,
    List<OfRecipient> recipients) {
  public static final int MOST_RECIPIENTS = 1000;

  public Returned {
    recipients = List.copyOf(recipients);
  }

  /** The worst of what it says of any recipient. */
  public enum Kind {
    /** At least one recipient will not get the message. */
    BOUNCE,
    /** The server still tries; nothing has failed yet. */
    DELAYED,
    /** It arrived, or was passed on to where no reports come from (RFC 3464 2.3.3). */
    DELIVERED,
    /** Somebody pressed "this is spam" (RFC 5965). */
    COMPLAINT,
    /** Away notes, read receipts, challenges: written by a program, but the mail did arrive. */
    AUTOMATIC_REPLY,
    /** Mail of people, newsletters, anything else. */
    NOT_A_REPORT
  }

  /** What became of the message for one recipient: the Action of RFC 3464 2.3.3. */
  public enum Action {
    FAILED,
    DELAYED,
    DELIVERED,
    RELAYED,
    EXPANDED
  }

  /**
   * One recipient.
   *
   * @param address whom we wrote to, as far as told: the original recipient before the final one;
   *     null where the report names nobody
   * @param action DELIVERED for complaints: it was there to be complained about
   * @param status the enhanced status such as 5.1.1 (RFC 3463)
   * @param replyCode the SMTP reply such as 550 (RFC 5321)
   * @param diagnostic what the server said, on one line, at most 1,000 characters; may be empty
   * @param hard true where the address will never work: only then, or on a complaint, may it be
   *     blocked
   */
  public record OfRecipient(
      @Nullable String address,
      Action action,
      @Nullable String status,
      @Nullable Integer replyCode,
      String diagnostic,
      Reason reason,
      boolean hard) {}

  /** Of something that tells us nothing. */
  public static Returned notAReport() {
    return new Returned(Kind.NOT_A_REPORT, null, null, List.of());
  }
}
