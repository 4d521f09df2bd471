package org.postroom.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postroom.findings.Findings;
import org.postroom.findings.Symptom;
import org.postroom.outbox.Claim;
import org.postroom.suppression.AddressFailure;
import org.postroom.suppression.AddressFailure.Kind;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Login;
import org.postroom.transport.Outcome;
import org.postroom.transport.Outcome.Refusal;
import org.postroom.transport.Scope;

/**
 * What a try says against addresses, on the spot. Only a final refusal of one recipient of which
 * the finding says that the address is wrong; whatever else goes wrong is no address's fault.
 */
final class AddressTrouble {
  /** No such mailbox, no such domain. */
  private static final Set<String> WRONG_ADDRESS = Set.of("R02", "R03");

  private static final Set<String> MAILBOX_FULL = Set.of("R04");

  private AddressTrouble() {}

  static List<AddressFailure> of(
      Claim claim, Outcome outcome, Login login, Findings findings, Instant at) {
    if (outcome.refused().isEmpty()) return List.of();
    return outcome.refused().stream()
        .filter(AddressTrouble::speaksOfRecipient)
        .flatMap(refusal ->
            kind(findings.explain(Symptom.of(login, refusal.failure())).id())
                .map(kind -> failure(claim, refusal, kind, at))
                .stream())
        .toList();
  }

  private static boolean speaksOfRecipient(Refusal refusal) {
    boolean recipient =
        refusal.failure().kind() == FailureKind.RECIPIENT_REFUSED
            || refusal.failure().kind() == FailureKind.RECIPIENT_DEFERRED;
    return refusal.permanent()
        && recipient
        && refusal.failure().scope() == Scope.RECIPIENT
        && refusal.failure().reply().permanent();
  }

  private static Optional<Kind> kind(String finding) {
    if (WRONG_ADDRESS.contains(finding)) return Optional.of(Kind.HARD_BOUNCE);
    return MAILBOX_FULL.contains(finding) ? Optional.of(Kind.SOFT_BOUNCE) : Optional.empty();
  }

  private static AddressFailure failure(Claim claim, Refusal refusal, Kind kind, Instant at) {
    var reply = refusal.failure().reply();
    return new AddressFailure(
        claim.company(),
        refusal.recipient(),
        kind,
        claim.message(),
        reply.enhanced(),
        reply.line(),
        at);
  }
}
