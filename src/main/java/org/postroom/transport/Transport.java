package org.postroom.transport;

/**
 * Hands one message to one server. Knows protocols; knows neither accounts nor the outbox. Safe for
 * use by many threads at once; keeps connections open between messages where that helps.
 */
public interface Transport {

  /** Whether this adapter speaks what the login asks for. */
  boolean speaks(Login login);

  /**
   * Tries once. What the world does to us comes back as a value; exceptions are our own mistakes.
   * Asks {@link Conversation#mayHandOver()} exactly once, directly before the first byte of the
   * content; a refusal ends the try with {@link Outcome.Deferred} of kind {@link
   * FailureKind#CLAIM_LOST}.
   */
  Outcome submit(Submission submission, Login login, Conversation conversation);

  /**
   * Looks for a message whose answer was lost in the mailbox it was sent from. Changes nothing
   * there; what the world does to us is {@link Trace#CANNOT_LOOK} or, where it may pass, {@link
   * Trace#NOT_SEEN}.
   *
   * @param messageId the header with its angle brackets
   */
  default Trace trace(Login login, String messageId) {
    return Trace.CANNOT_LOOK;
  }
}
