package org.postroom.transport.ews;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A request: XML, and in its middle, where it carries a message, the message in base64. That is
 * made while it leaves, so that a large message lies in memory once.
 *
 * @param operation such as {@code CreateItem}
 * @param content null where it carries no message; then {@code tail} is empty
 */
record Soap(String operation, byte[] head, byte @Nullable [] content, byte[] tail) {
  /** The one whose answer carries a whole mail. */
  static final String GET_ITEM = "GetItem";

  /** A multiple of three, so that only the last block is padded. */
  private static final int BLOCK = 48 * 1024;

  long length() {
    long encoded = content == null ? 0 : (content.length + 2L) / 3 * 4;
    return head.length + encoded + tail.length;
  }

  /** Writes it; before the last bytes leave, tells: from then on the server may act on it. */
  void write(Wire wire, Duration limit, Runnable mayArrive) throws IOException {
    var block = new ByteArrayOutputStream(BLOCK / 3 * 4 + 1024);
    block.writeBytes(head);
    for (int from = 0; content != null && from < content.length; from += BLOCK) {
      wire.put(block.toByteArray(), limit);
      block.reset();
      int to = Math.min(content.length, from + BLOCK);
      block.writeBytes(Base64.getEncoder().encode(Arrays.copyOfRange(content, from, to)));
    }
    block.writeBytes(tail);
    mayArrive.run();
    wire.put(block.toByteArray(), limit);
  }
}
