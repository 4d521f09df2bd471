package org.postroom.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A finished message for other recipients: new To, Cc, Date and Message-ID, everything else, above
 * all the body, byte for byte as it was.
 */
public final class Readdressed {
  private static final Set<String> REPLACED = Set.of("date", "to", "cc", "message-id");

  private Readdressed() {}

  /** Takes and gives lines ended by CRLF. */
  public static byte[] of(
      byte[] mime,
      String messageId,
      Instant date,
      ZoneId zone,
      List<Address> to,
      List<Address> cc) {
    int end = endOfHeaders(mime);
    String headers = new String(mime, 0, end, StandardCharsets.UTF_8);
    var out = new ByteArrayOutputStream(mime.length + 512);
    out.writeBytes(
        Mime.addressHeaders(messageId, date, zone, to, cc).getBytes(StandardCharsets.UTF_8));
    out.writeBytes(kept(headers).getBytes(StandardCharsets.UTF_8));
    out.write(mime, end, mime.length - end);
    return out.toByteArray();
  }

  private static String kept(String headers) {
    var kept = new StringBuilder(headers.length());
    boolean keep = true;
    for (String line : headers.split("\r\n")) {
      boolean continues = line.startsWith(" ") || line.startsWith("\t");
      if (!continues) keep = !REPLACED.contains(name(line));
      if (keep && !line.isEmpty()) kept.append(line).append("\r\n");
    }
    return kept.toString();
  }

  private static String name(String line) {
    int colon = line.indexOf(':');
    return colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
  }

  /** The place of the empty line's own CRLF. */
  private static int endOfHeaders(byte[] mime) {
    for (int i = 0; i + 3 < mime.length; i++) {
      if (mime[i] == '\r' && mime[i + 1] == '\n' && mime[i + 2] == '\r' && mime[i + 3] == '\n')
        return i + 2;
    }
    throw new IllegalArgumentException("The message has no end of headers.");
  }
}
