package org.postroom.outbox;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * How much may leave through an account.
 *
 * @param connections at the same time over all nodes, 0 for no limit
 * @param perMinute messages, 0 for no limit; counted over the last 60 seconds
 * @param perDay messages or recipients, 0 for no limit; counted over the last 24 hours
 * @param ofRecipients whether the day's limit counts recipients
 * @param zone for the time in the sentence that people read
 */
public record Allowance(
    int connections, long perMinute, long perDay, boolean ofRecipients, ZoneId zone) {

  public Allowance(long perMinute, long perDay, ZoneId zone) {
    this(0, perMinute, perDay, false, zone);
  }

  public static Allowance perMinute(long messages) {
    return new Allowance(messages, 0, ZoneOffset.UTC);
  }

  /** What the day's limit counts, as a word of people. */
  String unit() {
    return ofRecipients ? "recipients" : "messages";
  }

  long units(Claim claim) {
    return ofRecipients ? Math.max(1, claim.envelope().recipients().size()) : 1;
  }
}
