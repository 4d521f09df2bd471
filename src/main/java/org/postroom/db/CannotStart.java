package org.postroom.db;

/** Postroom cannot start with what it finds: one sentence says what and where, one what to do. */
public final class CannotStart extends IllegalStateException {
  private final String advice;

  public CannotStart(String what, String advice) {
    super(what);
    this.advice = advice;
  }

  public CannotStart(String what, String advice, Throwable cause) {
    super(what, cause);
    this.advice = advice;
  }

  public String advice() {
    return advice;
  }
}
