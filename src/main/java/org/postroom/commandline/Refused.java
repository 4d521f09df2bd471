package org.postroom.commandline;

/** The command was understood and could not be done; the message says why. */
final class Refused extends Exception {
  Refused(String message) {
    super(message, null, false, false);
  }
}
