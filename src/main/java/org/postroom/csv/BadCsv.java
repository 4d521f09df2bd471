package org.postroom.csv;

/** A file that cannot be read as a table at all; the message says why, to people. */
public final class BadCsv extends Exception {
  private final int line;

  BadCsv(int line, String message) {
    super(message, null, false, false);
    this.line = line;
  }

  /** Where, as a text editor counts; 0 where it concerns the whole file. */
  public int line() {
    return line;
  }

  /** The message; never null, unlike that of other exceptions. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
