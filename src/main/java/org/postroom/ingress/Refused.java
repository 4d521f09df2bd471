package org.postroom.ingress;

/**
 * A command or message that is not taken, with what the program is told. No stack: it is a value on
 * its way up.
 */
final class Refused extends Exception {
  private static final long serialVersionUID = 1;
  private final transient Reply reply;

  Refused(int code, String rest) {
    this(new Reply(code, rest));
  }

  Refused(Reply reply) {
    super(reply.toString(), null, false, false);
    this.reply = reply;
  }

  Reply reply() {
    return reply;
  }
}
