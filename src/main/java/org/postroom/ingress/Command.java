package org.postroom.ingress;

import java.util.Locale;

/**
 * One line of the client: a verb in capitals and what follows it.
 *
 * @param argument without spaces at its ends, empty where there is none
 */
record Command(String verb, String argument) {

  static Command of(String line) {
    String stripped = line.strip();
    int space = stripped.indexOf(' ');
    if (space < 0) return new Command(stripped.toUpperCase(Locale.ROOT), "");
    return new Command(
        stripped.substring(0, space).toUpperCase(Locale.ROOT),
        stripped.substring(space + 1).strip());
  }

  /** Control characters have no place in a command; some servers behind take them for line ends. */
  boolean isClean() {
    return (verb + argument).chars().noneMatch(c -> c < 32 || c == 127 || c == 0xfffd);
  }
}
