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
 * all the body, byte for byte as it was. Signatures (RFC 6376) go: they would not hold any more.
 */
public final class Readdressed {
  private static final Set<String> REPLACED =
      Set.of("date", "to", "cc", "message-id", "dkim-signature");

  private Readdressed() {}

  /** Takes and gives lines ended by CRLF. */
  public static byte[] of(
      byte[] mime,
      String messageId,
      Instant date,
      ZoneId zone,
      List<Address> to,
      List<Address> cc) {
    int end = HeaderBlock.end(mime);
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
    for (String field : HeaderBlock.fields(headers))
      if (!REPLACED.contains(name(field))) kept.append(field);
    return kept.toString();
  }

  private static String name(String line) {
    int colon = line.indexOf(':');
    return colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
  }
}
