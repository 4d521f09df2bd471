package org.postroom.transport;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.UnsupportedEncodingException;
import org.jspecify.annotations.Nullable;

/** What a list of messages shows of their headers. */
record LocalHeader(@Nullable String subject, @Nullable String messageId) {
  private static final int MOST_OCTETS = 256 * 1024;
  private static final int MOST_CHARACTERS = 1000;

  static LocalHeader of(byte[] content) {
    var start = new ByteArrayInputStream(content, 0, Math.min(content.length, MOST_OCTETS));
    try {
      var headers = new InternetHeaders(start, true);
      return new LocalHeader(
          decoded(headers.getHeader("Subject", null)),
          shortened(headers.getHeader("Message-ID", null)));
    } catch (MessagingException unreadable) {
      return new LocalHeader(null, null);
    }
  }

  private static @Nullable String decoded(@Nullable String raw) {
    if (raw == null) return null;
    String unfolded = MimeUtility.unfold(raw);
    try {
      return shortened(MimeUtility.decodeText(unfolded));
    } catch (UnsupportedEncodingException unknownCharset) {
      return shortened(unfolded);
    }
  }

  private static @Nullable String shortened(@Nullable String text) {
    if (text == null) return null;
    String clean = text.replaceAll("\\p{Cntrl}", " ").strip();
    return clean.substring(0, Math.min(clean.length(), MOST_CHARACTERS));
  }
}
