package org.postroom.transport.smtp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.postroom.transport.Stage;

/**
 * Writes the content with its dots doubled (RFC 5321 4.5.2) and the end mark. Knows whether the end
 * mark may have left: before, no server can have taken the message; after, only its answer tells.
 */
final class ContentWriter {
  private static final byte[] LINE_END = {'\r', '\n'};
  private static final byte[] DOT = {'.'};
  private static final byte[] END = ".\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Session session;
  private final byte[] content;
  private boolean endMayHaveLeft;

  ContentWriter(Session session, byte[] content) {
    this.session = session;
    this.content = content;
  }

  void write() throws Stopped {
    Duration limit = session.patience().block();
    Wire wire = session.wire();
    try {
      lines(wire, limit);
      wire.reserve(LINE_END.length + END.length, limit);
      if (!endsWithLineEnd()) wire.put(LINE_END, limit);
      wire.put(END, limit);
      endMayHaveLeft = true;
      wire.flush(limit);
    } catch (IOException failure) {
      throw session.lost(Stage.CONTENT, failure);
    }
  }

  boolean endMayHaveLeft() {
    return endMayHaveLeft;
  }

  private void lines(Wire wire, Duration limit) throws IOException {
    int from = 0;
    for (int i = 0; i < content.length; i++) {
      boolean startsLine = i == 0 || content[i - 1] == '\n';
      if (content[i] != '.' || !startsLine) continue;
      wire.put(content, from, i, limit);
      wire.put(DOT, limit);
      from = i;
    }
    wire.put(content, from, content.length, limit);
  }

  private boolean endsWithLineEnd() {
    return content.length == 0 || content[content.length - 1] == '\n';
  }
}
