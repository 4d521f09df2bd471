package org.postroom.transport.smtp;

/**
 * Ends a talk from deep inside it. Never leaves this package: {@link SmtpTransport} turns it into
 * an outcome.
 */
final class Stopped extends Exception {
  private static final long serialVersionUID = 1;
  private final transient Trouble trouble;
  private final boolean answered;

  /**
   * @param answered a server's reply stopped it, not the network or garbage
   */
  Stopped(Trouble trouble, boolean answered) {
    super(trouble.failure().reply().line(), null, false, false);
    this.trouble = trouble;
    this.answered = answered;
  }

  Trouble trouble() {
    return trouble;
  }

  boolean answered() {
    return answered;
  }
}
