package org.postroom.transport.smtp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.postroom.transport.Reply;

/**
 * Reads one reply of one or many lines (RFC 5321 4.2.1), with limits. Exchange answers with
 * thousands of characters, so the limits are wide; a server must not make us read for ever.
 */
final class Replies {
  private static final int MOST_LINES = 200;
  private static final int MOST_CHARACTERS = 64 * 1024;

  private Replies() {}

  /** One reply; {@code lines} gets it as it was said. */
  static Reply read(Wire wire, long until, List<String> lines) throws IOException {
    List<String> texts = new ArrayList<>();
    int characters = 0;
    while (true) {
      String line = clean(wire.line(until));
      int code = code(line);
      lines.add(line);
      texts.add(line.length() > 4 ? line.substring(4) : "");
      characters += line.length();
      if (line.length() == 3 || line.charAt(3) != '-') return reply(code, texts);
      if (lines.size() >= MOST_LINES || characters > MOST_CHARACTERS)
        throw new Wire.Garbled("The reply has no end.");
    }
  }

  private static int code(String line) throws IOException {
    boolean numbered =
        line.length() >= 3
            && line.charAt(0) >= '2'
            && line.charAt(0) <= '5'
            && Character.isDigit(line.charAt(1))
            && Character.isDigit(line.charAt(2));
    if (!numbered || (line.length() > 3 && " -\t".indexOf(line.charAt(3)) < 0))
      throw new Wire.Garbled(
          "This is no SMTP reply: “" + line.substring(0, Math.min(100, line.length())) + "”");
    return Integer.parseInt(line, 0, 3, 10);
  }

  private static Reply reply(int code, List<String> texts) {
    return Reply.of(code, String.join("\n", texts).strip());
  }

  /** Text of strangers ends up on pages and in logs: no control characters. */
  private static String clean(byte[] line) {
    String text = new String(line, StandardCharsets.UTF_8);
    if (text.chars().noneMatch(c -> c < 32 || c == 127)) return text;
    return text.replaceAll("[\\x00-\\x1f\\x7f]", " ");
  }
}
