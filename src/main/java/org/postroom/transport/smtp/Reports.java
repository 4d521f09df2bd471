package org.postroom.transport.smtp;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;

/**
 * What we want to hear later, for servers that offer it (DSN, RFC 3461): when it failed and when it
 * is late, with our id and the address as we wrote it, and only the header of the message. Success
 * is not asked for: it would be a second mail for every first.
 */
final class Reports {
  /** MAIL may grow by so much at most (RFC 3461, section 4.4). */
  private static final int LONGEST_ENVELOPE_ID = 100;

  private static final int LONGEST_RECIPIENT = 500;

  private Reports() {}

  static String ofMessage(@Nullable String envelopeId) {
    if (envelopeId == null || envelopeId.isEmpty()) return " RET=HDRS";
    String id = xtext(envelopeId);
    return id.length() > LONGEST_ENVELOPE_ID ? " RET=HDRS" : " RET=HDRS ENVID=" + id;
  }

  /** Addresses outside ASCII have a form of their own here (RFC 6533), which servers mix up. */
  static String of(Address recipient) {
    String original = xtext(recipient.wire());
    boolean plain = !recipient.needsSmtpUtf8() && original.length() <= LONGEST_RECIPIENT;
    return " NOTIFY=FAILURE,DELAY" + (plain ? " ORCPT=rfc822;" + original : "");
  }

  /** Everything but printing ASCII, and "+" and "=", as "+" and two hexadecimal digits. */
  static String xtext(String text) {
    var encoded = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = octet > ' ' && octet <= '~' && octet != '+' && octet != '=';
      if (plain) encoded.append((char) octet);
      else encoded.append(String.format("+%02X", octet & 0xff));
    }
    return encoded.toString();
  }
}
