package org.postroom.bounces.reading;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** CRLF, LF and lone CR are the same line end here: gateways and mail stores change them. */
final class Lines {
  private Lines() {}

  /** Bytes as characters 0 to 255, every line end a LF. */
  static String raw(byte[] bytes, int most) {
    int length = Math.min(bytes.length, most);
    var text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    return same(text);
  }

  static String same(String text) {
    return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
  }

  static List<String> of(String text) {
    return List.of(text.split("\n", -1));
  }
}
