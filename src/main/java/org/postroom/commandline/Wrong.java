package org.postroom.commandline;

/** The command cannot be followed as it was given; the message says why. */
final class Wrong extends Exception {
  Wrong(String message) {
    super(message, null, false, false);
  }
}
