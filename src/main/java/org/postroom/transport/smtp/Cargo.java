package org.postroom.transport.smtp;

import org.jspecify.annotations.Nullable;
import org.postroom.mail.Envelope;
import org.postroom.transport.Submission;

/**
 * A submission and what one look at its bytes tells.
 *
 * @param eightBit some octet is above 127
 * @param utf8Header one of them stands in the header (RFC 6532)
 * @param brokenLines a CR or LF stands alone. Servers disagree about what that means, and some take
 *     it for the end of the message (SMTP smuggling), so such content never leaves.
 */
record Cargo(
    Envelope envelope,
    byte[] content,
    @Nullable String envelopeId,
    boolean eightBit,
    boolean utf8Header,
    boolean brokenLines) {

  static Cargo of(Submission submission) {
    byte[] content = submission.content();
    int firstEightBit = -1;
    int headerEnd = -1;
    byte before = 0;
    boolean broken = false;
    for (int i = 0; i < content.length; i++) {
      byte octet = content[i];
      if (octet < 0 && firstEightBit < 0) firstEightBit = i;
      if ((octet == '\n') != (before == '\r')) broken = true;
      if (octet == '\n' && headerEnd < 0 && endsHeader(content, i)) headerEnd = i;
      before = octet;
    }
    if (before == '\r') broken = true;
    boolean eightBit = firstEightBit >= 0;
    boolean inHeader = eightBit && (headerEnd < 0 || firstEightBit < headerEnd);
    return new Cargo(
        submission.envelope(), content, submission.envelopeId(), eightBit, inHeader, broken);
  }

  /** An empty line: CRLF CRLF, or CRLF at the very start. */
  private static boolean endsHeader(byte[] content, int newline) {
    return newline == 1 || (newline >= 3 && content[newline - 2] == '\n');
  }
}
