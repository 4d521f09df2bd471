package org.postroom.transport.smtp;

import java.util.List;
import org.postroom.transport.Failure;
import org.postroom.transport.Outcome;
import org.postroom.transport.Outcome.Refusal;

/** What went wrong, and whether trying the same again is pointless. */
record Trouble(Failure failure, boolean permanent) {

  Outcome outcome(List<Refusal> refused) {
    return permanent
        ? new Outcome.Rejected(failure, List.copyOf(refused))
        : new Outcome.Deferred(failure, List.copyOf(refused));
  }
}
