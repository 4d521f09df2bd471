package org.postroom.ingress;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;

/** Encoded words (RFC 2047) of a Subject, for lists of messages; the message keeps its own. */
final class Subjects {
  private static final int LONGEST = 500;

  private Subjects() {}

  static String decoded(String value) {
    String text = value;
    if (value.contains("=?")) {
      try {
        text = MimeUtility.decodeText(value);
      } catch (UnsupportedEncodingException unknownCharset) {
        // As it came is better than nothing.
      }
    }
    String clean = text.replaceAll("\\p{Cntrl}", " ").strip();
    return clean.substring(0, Math.min(clean.length(), LONGEST));
  }
}
