package org.postroom;

import sun.misc.Signal;

/**
 * SIGTERM is the usual way to end: it stops as ever and then says 0, not 143, so that service
 * managers do not take it for a failure. A second one changes nothing, the first is being obeyed.
 */
final class StopSignal {
  private StopSignal() {}

  static void endsWell() {
    Signal.handle(new Signal("TERM"), signal -> System.exit(0));
  }
}
