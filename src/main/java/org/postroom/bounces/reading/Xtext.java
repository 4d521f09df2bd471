package org.postroom.bounces.reading;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The writing of ENVID and ORCPT (RFC 3461 section 4): +3D is an equals sign. */
final class Xtext {
  private Xtext() {}

  static String decoded(String text) {
    if (text.indexOf('+') < 0) return text;
    var out = new ByteArrayOutputStream();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = i + 2 < bytes.length ? Character.digit(bytes[i + 2], 16) : -1;
      boolean escaped = bytes[i] == '+' && high >= 0 && low >= 0;
      out.write(escaped ? high * 16 + low : bytes[i]);
      if (escaped) i += 2;
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
