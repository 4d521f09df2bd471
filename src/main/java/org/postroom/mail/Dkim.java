package org.postroom.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Signs finished messages (RFC 6376, RFC 8463), relaxed for header and body, since relays refold
 * headers and take spaces from line ends. The whole body counts (no {@code l=}), for ever (no
 * {@code x=}).
 */
public final class Dkim {
  /** Signed where they are there, in the order of RFC 6376 5.4.1. */
  private static final List<String> SIGNED =
      List.of(
          "From",
          "Reply-To",
          "Subject",
          "Date",
          "To",
          "Cc",
          "Message-ID",
          "In-Reply-To",
          "MIME-Version",
          "Content-Type");

  /** Named once more than they are there, so that nobody can add another (RFC 6376 8.15). */
  private static final Set<String> OVERSIGNED = Set.of("From", "Subject", "Date", "To");

  private static final String NAME = "DKIM-Signature";
  private static final int LINE = 76;

  private Dkim() {}

  /**
   * The message with a signature for each key on top of it; signatures of before are taken away.
   *
   * @param mime lines ended by CRLF, with an end of headers
   * @param keys none: without signatures
   */
  public static byte[] signed(byte[] mime, List<DkimKey> keys) {
    int end = HeaderBlock.end(mime);
    // One character for each byte: what is not ASCII passes through as it is.
    String header = new String(mime, 0, end, StandardCharsets.ISO_8859_1);
    List<String> fields = HeaderBlock.fields(header).stream().filter(Dkim::isNoSignature).toList();
    String bodyHash = keys.isEmpty() ? "" : base64(bodyHash(mime, end + 2));
    var out = new ByteArrayOutputStream(mime.length + 1024 * keys.size());
    for (DkimKey key : keys) out.writeBytes(bytes(signature(key, fields, bodyHash)));
    for (String field : fields) out.writeBytes(bytes(field));
    out.write(mime, end, mime.length - end);
    return out.toByteArray();
  }

  /** The field with its CRLF. */
  private static String signature(DkimKey key, List<String> fields, String bodyHash) {
    List<String> names = names(fields);
    String open =
        NAME
            + ": v=1; a="
            + key.algorithm().tag()
            + "; c=relaxed/relaxed;\r\n d="
            + key.domain()
            + ";\r\n s="
            + key.selector()
            + ";\r\n h="
            + folded(names)
            + ";\r\n bh="
            + bodyHash
            + ";\r\n b=";
    return open + folded(base64(key.sign(signedBytes(fields, names, open)))) + "\r\n";
  }

  /** What {@code h=} names. */
  private static List<String> names(List<String> fields) {
    List<String> names = new ArrayList<>();
    for (String name : SIGNED) {
      long there = fields.stream().filter(field -> name(field).equalsIgnoreCase(name)).count();
      long times = OVERSIGNED.contains(name) ? there + 1 : there;
      for (long i = 0; i < times; i++) names.add(name);
    }
    return names;
  }

  /**
   * The bytes a signature is made of (RFC 6376 3.7): the named fields, of several the lowest first,
   * then the signature itself with nothing after {@code b=}.
   */
  static byte[] signedBytes(List<String> fields, List<String> names, String signature) {
    Map<String, List<String>> left = new HashMap<>();
    for (String field : fields)
      left.computeIfAbsent(name(field).toLowerCase(Locale.ROOT), each -> new ArrayList<>())
          .add(field);
    var data = new StringBuilder();
    for (String name : names) {
      List<String> there = left.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
      if (!there.isEmpty()) data.append(relaxed(there.removeLast())).append("\r\n");
    }
    return bytes(data.append(relaxed(signature)).toString());
  }

  /** A field as RFC 6376 3.4.2 has it, without line end. */
  static String relaxed(String field) {
    int colon = field.indexOf(':');
    String value = field.substring(colon + 1).replace("\r\n", "").replaceAll("[ \t]+", " ");
    return name(field).toLowerCase(Locale.ROOT) + ":" + stripped(value);
  }

  /** SHA-256 of the body as RFC 6376 3.4.4 has it. */
  static byte[] bodyHash(byte[] mime, int start) {
    MessageDigest hash = sha256();
    byte[] line = new byte[1024];
    int emptyLines = 0;
    for (int at = start; at < mime.length; ) {
      int end = lineEnd(mime, at);
      if (line.length < end - at + 2) line = new byte[end - at + 2];
      int length = relaxedLine(mime, at, end, line);
      at = Math.min(end + 2, mime.length);
      if (length == 0) {
        emptyLines++;
        continue;
      }
      for (; emptyLines > 0; emptyLines--) hash.update(new byte[] {'\r', '\n'});
      line[length] = '\r';
      line[length + 1] = '\n';
      hash.update(line, 0, length + 2);
    }
    return hash.digest();
  }

  /** The place of the line's CRLF, or the end where the last line has none. */
  private static int lineEnd(byte[] mime, int start) {
    for (int i = start; i + 1 < mime.length; i++)
      if (mime[i] == '\r' && mime[i + 1] == '\n') return i;
    return mime.length;
  }

  /** White space becomes one space, and nothing at the end; gives how long the line is then. */
  private static int relaxedLine(byte[] mime, int start, int end, byte[] out) {
    int length = 0;
    boolean space = false;
    for (int i = start; i < end; i++) {
      byte b = mime[i];
      if (b == ' ' || b == '\t') {
        space = true;
        continue;
      }
      if (space) out[length++] = ' ';
      space = false;
      out[length++] = b;
    }
    return length;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static boolean isNoSignature(String field) {
    return !name(field).equalsIgnoreCase(NAME);
  }

  private static String name(String field) {
    return stripped(field.substring(0, Math.max(0, field.indexOf(':'))));
  }

  /** Spaces and tabs only: in ISO 8859-1 a byte of UTF-8 may look like other white space. */
  private static String stripped(String text) {
    return text.replaceAll("^[ \t\r\n]+|[ \t\r\n]+$", "");
  }

  private static String folded(List<String> names) {
    var out = new StringBuilder();
    int column = 3;
    for (String name : names) {
      boolean first = out.isEmpty();
      if (!first) out.append(':');
      if (!first && column + name.length() + 2 > LINE) {
        out.append("\r\n ");
        column = 1;
      }
      out.append(name);
      column += name.length() + 1;
    }
    return out.toString();
  }

  private static String folded(String base64) {
    return base64.replaceAll("(.{70})(?=.)", "$1\r\n ");
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
