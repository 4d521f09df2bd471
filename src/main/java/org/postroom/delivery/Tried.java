package org.postroom.delivery;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.findings.Finding;
import org.postroom.suppression.AddressFailure;
import org.postroom.transport.Failure;
import org.postroom.transport.Outcome;

/**
 * What came of one try.
 *
 * @param finding what the failure means; null where there was none, or none of a server's
 * @param addresses which addresses it speaks against
 * @param caught whether it was kept here, so that it says nothing about the account
 * @param note for the timeline, where it went elsewhere than it says; null else
 */
record Tried(
    Outcome outcome,
    @Nullable Finding finding,
    List<AddressFailure> addresses,
    boolean caught,
    @Nullable String note) {
  Tried(Outcome outcome) {
    this(outcome, null);
  }

  Tried(Outcome outcome, @Nullable Finding finding) {
    this(outcome, finding, List.of(), false, null);
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
