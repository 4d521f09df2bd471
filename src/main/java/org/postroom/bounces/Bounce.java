package org.postroom.bounces;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one report says of one address, and what came of it.
 *
 * @param kind of the whole report; never NOT_A_REPORT
 * @param address as the report has it, or as the message has it where it was found; empty where the
 *     report names nobody
 * @param hard whether the address will never work
 * @param diagnostic what the server said, one line, may be empty
 * @param message id of the message it is about; null where none was found
 * @param matchedBy {@code message_id}, {@code envelope_id} or {@code recipient}; null where none
 *     was found
 * @param source where it came from
 * @param account in whose mailbox it lay; null where it was handed in
 */
public record Bounce(
    String company,
    String id,
    Returned.Kind kind,
    String address,
    Reason reason,
    boolean hard,
    @Nullable String status,
    @Nullable Integer replyCode,
    String diagnostic,
    @Nullable String message,
    @Nullable String matchedBy,
    Outcome outcome,
    Source source,
    @Nullable String account,
    Instant at) {

  /** What a report did. */
  public enum Outcome {
    /** The recipient counts as bounced. */
    BOUNCED,
    /** The recipient counts as delivered. */
    DELIVERED,
    /** The recipient called the message unwanted. */
    COMPLAINED,
    /** It stands in the message's timeline. */
    NOTED,
    /** It said nothing new. */
    NOTHING_NEW,
    /** The message was found, and never went to that address. */
    NOT_A_RECIPIENT,
    /** None of our messages fits, or more than one. */
    NOT_MATCHED;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    static Outcome of(String word) {
      return valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }
  }

  /** How reports come to us. */
  public enum Source {
    IMAP,
    GRAPH,
    GMAIL,
    EXCHANGE,
    /** Handed in by a program. */
    API;

    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    static Source of(String word) {
      return valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }
  }

  public boolean matched() {
    return message != null;
  }
}
