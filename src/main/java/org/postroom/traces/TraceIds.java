package org.postroom.traces;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The ids of a message's journey follow from the message's id: every node that has it in hand
 * writes into the same trace, nothing has to be stored for that, and whoever has the one finds the
 * other.
 *
 * @param trace 32 hexadecimal digits (W3C Trace Context)
 * @param root 16 digits: the journey as a whole
 */
record TraceIds(String trace, String root) {

  static TraceIds of(String message) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(("postroom message " + message).getBytes(StandardCharsets.US_ASCII));
      return new TraceIds(
          HexFormat.of().formatHex(Arrays.copyOf(hash, 16)),
          HexFormat.of().formatHex(Arrays.copyOfRange(hash, 16, 24)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** For a step; all zeros would be none. */
  static String next() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong() | 1);
  }
}
