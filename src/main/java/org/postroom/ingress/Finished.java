package org.postroom.ingress;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;

/**
 * The message as it will leave: a Received line on top, Message-ID and Date where the program gave
 * none (RFC 6409 8), without Bcc; all other octets as they came.
 */
final class Finished {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Set<String> HIDDEN = Set.of("bcc", "resent-bcc");
  private static final byte[] LINE_END = {'\r', '\n'};

  private Finished() {}

  /**
   * @param id of the message, named in the Received line so that other servers' logs lead to it
   * @param messageId what the message is called, with angle brackets
   */
  static byte[] of(Arrival arrival, Header header, String id, String messageId, Name name) {
    byte[] octets = header.octets();
    int length = arrival.content().length();
    var out = new Output(length + 512);
    out.text(received(arrival, id, name));
    if (!header.has("Message-ID")) out.text("Message-ID: " + messageId + "\r\n");
    if (!header.has("Date")) out.text("Date: " + DATE.format(name.now()) + "\r\n");
    int from = 0;
    for (Header.Field field : header.fields()) {
      if (!HIDDEN.contains(field.name().toLowerCase(Locale.ROOT))) continue;
      out.write(octets, from, field.start() - from);
      from = field.end();
    }
    out.write(octets, from, length - from);
    if (header.end() >= length) out.write(LINE_END, 0, 2); // a header alone: the empty line ends it
    return out.exact();
  }

  /**
   * Who takes it and when.
   *
   * @param host this server's name
   */
  record Name(String host, Instant now) {}

  /** RFC 5321 4.4. What the program calls itself stands there only as far as it is a name. */
  private static String received(Arrival arrival, String id, Name name) {
    Arrival.Met met = arrival.met();
    String said = met.name().replaceAll("[^A-Za-z0-9.:\\[\\]_-]", "");
    String address = met.address().contains(":") ? "IPv6:" + met.address() : met.address();
    return "Received: from "
        + (said.isEmpty() ? "unknown" : said.substring(0, Math.min(said.length(), 255)))
        + " (["
        + address
        + "])\r\n\tby "
        + name.host()
        + " with "
        + met.protocol()
        + " id "
        + id
        + ";\r\n\t"
        + DATE.format(name.now())
        + "\r\n";
  }

  /** Gives its own array where it was guessed right. */
  private static final class Output extends ByteArrayOutputStream {
    Output(int size) {
      super(size);
    }

    void text(String text) {
      writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] exact() {
      return count == buf.length ? buf : toByteArray();
    }
  }
}
