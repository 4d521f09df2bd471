package org.postroom.mail;

import java.nio.charset.StandardCharsets;

/** Quoted-printable for text (RFC 2045 6.7): lines of at most 76 characters, CRLF between them. */
final class QuotedPrintable {
  private static final int LINE = 76;
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private QuotedPrintable() {}

  /** Takes lines ended by LF. */
  static String encode(String lines) {
    byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
    var out = new StringBuilder(bytes.length + bytes.length / 4);
    int column = 0;
    for (int i = 0; i < bytes.length; i++) {
      int b = bytes[i] & 0xff;
      if (b == '\n') {
        out.append("\r\n");
        column = 0;
        continue;
      }
      boolean lastOfLine = i + 1 == bytes.length || bytes[i + 1] == '\n';
      boolean literal = b > 32 && b < 127 && b != '=' || (b == ' ' || b == '\t') && !lastOfLine;
      // A leading dot or "From " would be changed on the way by careless servers.
      if (column == 0 && (b == '.' || b == 'F')) literal = false;
      int width = literal ? 1 : 3;
      if (column + width > LINE - (lastOfLine ? 0 : 1)) {
        out.append("=\r\n");
        column = 0;
        literal = literal && b != '.' && b != 'F';
        width = literal ? 1 : 3;
      }
      if (literal) out.append((char) b);
      else out.append('=').append(HEX[b >> 4]).append(HEX[b & 15]);
      column += width;
    }
    return out.toString();
  }
}
