package org.postroom.transport.ews;

import org.postroom.transport.Failure;
import org.postroom.transport.Outcome;

/** What went wrong, and what may be concluded from it. */
record Trouble(Failure failure, Verdict verdict) {

  enum Verdict {
    /** Nothing was taken; later it may go. */
    PASSES,
    /** Nothing was taken; the same again is pointless. */
    STAYS,
    /** It may have gone. */
    UNCLEAR
  }

  Outcome outcome() {
    return switch (verdict) {
      case PASSES -> new Outcome.Deferred(failure);
      case STAYS -> new Outcome.Rejected(failure);
      case UNCLEAR -> new Outcome.Unclear(failure);
    };
  }
}
