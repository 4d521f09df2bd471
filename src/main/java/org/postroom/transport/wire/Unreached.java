package org.postroom.transport.wire;

import org.postroom.transport.FailureKind;
import org.postroom.transport.Stage;

/** No connection came about. Never leaves the adapter that asked for one. */
public final class Unreached extends Exception {
  private final FailureKind kind;
  private final Stage stage;
  private final String what;

  Unreached(FailureKind kind, Stage stage, String what) {
    super(what, null, false, false);
    this.kind = kind;
    this.stage = stage;
    this.what = what;
  }

  public FailureKind kind() {
    return kind;
  }

  public Stage stage() {
    return stage;
  }

  /** What happened, for people. */
  public String what() {
    return what;
  }
}
