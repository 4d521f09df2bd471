package org.postroom.secrets;

/** A sealed secret that this installation cannot read; the message is a sentence for people. */
public final class CannotOpen extends RuntimeException {
  CannotOpen(String message) {
    super(message);
  }
}
