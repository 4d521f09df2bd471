package org.postroom.ingress;

import java.nio.charset.StandardCharsets;

/**
 * What we answer: code (RFC 5321 4.2), enhanced status (RFC 3463) and a sentence that says what to
 * do. Made once where nothing varies.
 */
final class Reply {
  static final Reply OK = new Reply(250, "2.0.0 Ok");
  static final Reply BYE = new Reply(221, "2.0.0 Bye");
  static final Reply SENDER_OK = new Reply(250, "2.1.0 Ok");
  static final Reply RECIPIENT_OK = new Reply(250, "2.1.5 Ok");
  static final Reply GO_ON = new Reply(354, "End data with <CR><LF>.<CR><LF>");
  static final Reply SIGNED_IN = new Reply(235, "2.7.0 Signed in");
  static final Reply READY_FOR_TLS = new Reply(220, "2.0.0 Ready to start TLS");
  static final Reply NO_OPINION = new Reply(252, "2.5.0 Cannot verify, but will try to send");
  static final Reply HELP =
      new Reply(214, "2.0.0 Sign in with an API key as password, then hand in mail; see the docs");
  static final Reply UNKNOWN = new Reply(500, "5.5.1 Unknown command");
  static final Reply NOT_OFFERED = new Reply(502, "5.5.1 Not offered here");
  static final Reply GREET_FIRST = new Reply(503, "5.5.1 Say EHLO first");
  static final Reply MAIL_FIRST = new Reply(503, "5.5.1 Say MAIL first");
  static final Reply NOT_NOW = new Reply(503, "5.5.1 Not in the middle of a message");
  static final Reply TOO_LONG = new Reply(500, "5.5.2 The line is too long");
  static final Reply STOPPING = new Reply(421, "4.3.2 Postroom is stopping, come back in a moment");
  static final Reply IDLE = new Reply(421, "4.4.2 Nothing came for too long");
  static final Reply CROWDED = new Reply(421, "4.7.0 Too many connections, come back later");
  static final Reply TOO_MANY_ERRORS = new Reply(421, "4.7.0 Too many errors");
  static final Reply TOO_MANY_COMMANDS = new Reply(421, "4.7.0 Too many commands without any mail");
  static final Reply BARE_LINE_END =
      new Reply(500, "5.5.2 Lines end with CR LF (RFC 5321 2.3.8), not with one of them");

  /** Nothing is to be said: the next thing speaks for itself. */
  static final Reply NONE = new Reply(0, new byte[0]);

  private final int code;
  private final byte[] bytes;

  /**
   * @param rest enhanced status and sentence; it may quote what the client said
   */
  Reply(int code, String rest) {
    this.code = code;
    this.bytes = (code + " " + printable(rest) + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  /** RFC 5321 4.5.3.1.5: 512 octets with the line end, of ASCII; nothing quoted ends the line. */
  private static String printable(String rest) {
    var out = new StringBuilder(rest.length());
    for (int i = 0; i < Math.min(rest.length(), 500); i++) {
      char c = rest.charAt(i);
      if (c == '“' || c == '”') out.append('"');
      else out.append(c < 32 || c > 126 ? '?' : c);
    }
    return out.toString();
  }

  private Reply(int code, byte[] bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  int code() {
    return code;
  }

  /** Counts against the client: what is refused for now does not. */
  boolean isError() {
    return code >= 500;
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8).strip();
  }
}
