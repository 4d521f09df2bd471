package org.postroom.bounces.reading;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * From the wire to characters: transfer encodings (RFC 2045), charsets, encoded words (RFC 2047).
 */
final class Decoded {
  private static final int LONGEST = 300_000;

  private Decoded() {}

  static String text(Part part) {
    String encoding = part.headers().first("content-transfer-encoding").toLowerCase(Locale.ROOT);
    String body = part.body().substring(0, Math.min(part.body().length(), LONGEST));
    byte[] bytes = bytes(body, encoding);
    return Lines.same(characters(bytes, part.type().parameter("charset")));
  }

  /** A header's text with its encoded words opened; as it is where that fails. */
  static String header(String value) {
    if (!value.contains("=?")) return characters(raw(value), "");
    try {
      return MimeUtility.decodeText(value);
    } catch (UnsupportedEncodingException | RuntimeException broken) {
      return value;
    }
  }

  private static byte[] bytes(String body, String encoding) {
    return switch (encoding.strip()) {
      case "base64" -> base64(body);
      case "quoted-printable" -> quotedPrintable(body);
      default -> raw(body);
    };
  }

  private static byte[] raw(String body) {
    return body.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] base64(String body) {
    var kept = new StringBuilder(body.length());
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      boolean digit = c < 128 && (Character.isLetterOrDigit(c) || c == '+' || c == '/');
      if (digit) kept.append(c);
    }
    kept.setLength(kept.length() - (kept.length() % 4 == 1 ? 1 : 0));
    return Base64.getDecoder().decode(kept.toString());
  }

  private static byte[] quotedPrintable(String body) {
    byte[] out = new byte[body.length()];
    int size = 0;
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (c != '=') {
        out[size++] = (byte) c;
        continue;
      }
      int end = i + 1;
      while (end < body.length() && (body.charAt(end) == ' ' || body.charAt(end) == '\t')) end++;
      if (end >= body.length() || body.charAt(end) == '\n') {
        i = end;
        continue;
      }
      int high = Character.digit(body.charAt(i + 1), 16);
      int low = i + 2 < body.length() ? Character.digit(body.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0) out[size++] = '=';
      else {
        out[size++] = (byte) (high * 16 + low);
        i += 2;
      }
    }
    return java.util.Arrays.copyOf(out, size);
  }

  private static String characters(byte[] bytes, String charset) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes))
          .toString()
          .transform(text -> isEscaped(text, charset) ? named(bytes, charset) : text);
    } catch (CharacterCodingException notUtf8) {
      return named(bytes, charset);
    }
  }

  /** Text of seven bits in the Japanese manner is also proper UTF-8, but unreadable. */
  private static boolean isEscaped(String text, String charset) {
    return text.indexOf('\u001b') >= 0 && charset.toLowerCase(Locale.ROOT).startsWith("iso-2022");
  }

  private static String named(byte[] bytes, String charset) {
    try {
      return new String(bytes, Charset.forName(charset.strip()));
    } catch (IllegalArgumentException | UnsupportedOperationException unknown) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }
}
