package org.postroom.db;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids as people and programs see them: a prefix and 26 characters that sort by time (as in ULID).
 */
public final class Ids {
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final AtomicLong LAST = new AtomicLong();

  private Ids() {}

  /** A new id such as {@code msg_01jd5…}; later calls in one process sort later. */
  public static String next(String prefix) {
    // 48 bits of milliseconds and 12 bits of order within one, then 70 random bits.
    long moment =
        LAST.accumulateAndGet(
            System.currentTimeMillis() << 12, (last, now) -> Math.max(last + 1, now));
    var text = start(prefix, moment);
    byte[] random = new byte[14]; // at once: each draw takes the generator's lock
    RANDOM.nextBytes(random);
    for (byte each : random) text.append(ALPHABET.charAt(each & 31));
    return text.toString();
  }

  /** Sorts before every id made at that moment or later, and after all earlier ones. */
  public static String floor(String prefix, Instant moment) {
    return start(prefix, moment.toEpochMilli() << 12).toString();
  }

  private static StringBuilder start(String prefix, long moment) {
    var text = new StringBuilder(prefix.length() + 27).append(prefix).append('_');
    for (int shift = 55; shift >= 0; shift -= 5)
      text.append(ALPHABET.charAt((int) (moment >>> shift) & 31));
    return text;
  }
}
