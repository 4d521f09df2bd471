package org.postroom.delivery;

import org.jspecify.annotations.Nullable;
import org.postroom.findings.Finding;
import org.postroom.transport.Failure;
import org.postroom.transport.Outcome;

/**
 * What came of one try.
 *
 * @param finding what the failure means; null where there was none, or none of a server's
 */
record Tried(Outcome outcome, @Nullable Finding finding) {
  Tried(Outcome outcome) {
    this(outcome, null);
  }

  /** Why nothing was taken; null where something was, or may have been. */
  static @Nullable Failure refusal(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted _, Outcome.Unclear _ -> null;
      case Outcome.Deferred deferred -> deferred.failure();
      case Outcome.Rejected rejected -> rejected.failure();
    };
  }
}
