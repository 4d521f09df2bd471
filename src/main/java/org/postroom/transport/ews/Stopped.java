package org.postroom.transport.ews;

/** Ends a talk from deep inside it. {@link EwsTransport} turns it into an outcome. */
final class Stopped extends Exception {
  private static final long serialVersionUID = 1;
  private final transient Trouble trouble;
  private final String code;

  /**
   * @param code the response code that Exchange gave; empty where it gave none
   */
  Stopped(Trouble trouble, String code) {
    super(trouble.failure().reply().line(), null, false, false);
    this.trouble = trouble;
    this.code = code;
  }

  Stopped(Trouble trouble) {
    this(trouble, "");
  }

  Trouble trouble() {
    return trouble;
  }

  String code() {
    return code;
  }

  /** The network or garbage stopped it, not a server that understood us. */
  boolean unanswered() {
    return trouble.failure().reply().code() == 0;
  }
}
