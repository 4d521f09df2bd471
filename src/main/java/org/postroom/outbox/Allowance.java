package org.postroom.outbox;

import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * How much may leave through an account.
 *
 * @param perMinute messages, 0 for no limit; counted over the last 60 seconds
 * @param perDay messages, 0 for no limit; counted over the last 24 hours
 * @param zone for the time in the sentence that people read
 */
public record Allowance(long perMinute, long perDay, ZoneId zone) {
  public static Allowance perMinute(long messages) {
    return new Allowance(messages, 0, ZoneOffset.UTC);
  }

  boolean limited() {
    return perMinute > 0 || perDay > 0;
  }
}
