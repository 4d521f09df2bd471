package org.postroom.transport.graph;

import org.postroom.transport.Outcome;

/** Ends a hand-over from inside a step. Never leaves this package. */
final class Stopped extends Exception {
  private static final long serialVersionUID = 1;
  private final transient Outcome outcome;

  Stopped(Outcome outcome) {
    super(null, null, false, false);
    this.outcome = outcome;
  }

  Outcome outcome() {
    return outcome;
  }
}
