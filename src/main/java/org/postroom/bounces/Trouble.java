package org.postroom.bounces;

import java.time.Duration;

/**
 * Why a mailbox could not be read. Sending goes on all the same.
 *
 * @param what happened, a plain sentence
 */
public record Trouble(Kind kind, String what) {

  public enum Kind {
    SIGN_IN("Check user name and password, or sign in again.", Duration.ofMinutes(30)),
    PERMISSION(
        "Sign in again and allow reading, or let an administrator of your organisation allow it.",
        Duration.ofMinutes(30)),
    FOLDER("Choose a folder that exists.", Duration.ofMinutes(30)),
    UNREACHABLE("Check server and port. Postroom tries again by itself.", Duration.ofMinutes(10)),
    NOT_PRIVATE(
        "Check the kind of encryption and the name on the server's certificate.",
        Duration.ofMinutes(30)),
    BUSY("Nothing: Postroom tries again by itself.", Duration.ofMinutes(10)),
    OTHER("Nothing: Postroom tries again by itself.", Duration.ofMinutes(10));

    private final String advice;
    private final Duration pause;

    Kind(String advice, Duration pause) {
      this.advice = advice;
      this.pause = pause;
    }

    public String advice() {
      return advice;
    }

    /** Servers lock accounts out that try a wrong password again and again. */
    Duration pause() {
      return pause;
    }
  }
}
