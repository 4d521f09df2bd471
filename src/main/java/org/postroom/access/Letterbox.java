package org.postroom.access;

/**
 * Carries letters to people. Who has the means to send mail implements it; access itself has none.
 */
public interface Letterbox {
  /** Puts it into the outbox, through an account of the company that really sends. */
  Letter.Sent send(Letter letter);
}
