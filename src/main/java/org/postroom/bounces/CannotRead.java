package org.postroom.bounces;

/** A mailbox that could not be read further; what was read before stays read. */
final class CannotRead extends Exception {
  private static final long serialVersionUID = 1;
  private static final int LONGEST = 400;

  private final transient Trouble trouble;

  CannotRead(Trouble.Kind kind, String what) {
    super(what, null, false, false);
    this.trouble = new Trouble(kind, what.length() > LONGEST ? what.substring(0, LONGEST) : what);
  }

  Trouble trouble() {
    return trouble;
  }
}
