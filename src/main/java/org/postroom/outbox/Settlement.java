package org.postroom.outbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Outcome;
import org.postroom.transport.Outcome.Accepted;
import org.postroom.transport.Outcome.Deferred;
import org.postroom.transport.Outcome.Refusal;
import org.postroom.transport.Outcome.Rejected;
import org.postroom.transport.Outcome.Unclear;
import org.postroom.transport.Scope;

/**
 * What an outcome makes of a message: a pure function of the claim, the outcome and the time.
 *
 * @param charged whether the try counts against the message
 * @param changes what became of recipients; those not named stay as they are
 * @param note the failure in one line, null where all went well
 */
record Settlement(
    MessageState state,
    Instant dueAt,
    boolean charged,
    List<Change> changes,
    Message.@Nullable Hold hold,
    @Nullable String note) {

  record Change(String address, RecipientState state, String reply) {}

  /**
   * @param acceptedBefore whether an earlier try was accepted for some recipient
   */
  static Settlement of(Claim claim, Outcome outcome, boolean acceptedBefore, Instant now) {
    return switch (outcome) {
      case Accepted accepted -> accepted(claim, accepted, now);
      case Unclear unclear ->
          new Settlement(
              MessageState.UNCLEAR,
              now,
              true,
              refusals(unclear.refused()),
              null,
              unclear.failure().reply().line());
      case Deferred deferred when blamesAccount(deferred.failure()) ->
          backInLine(deferred.failure(), now);
      case Rejected rejected when blamesAccount(rejected.failure()) ->
          held(rejected.failure(), now);
      case Deferred deferred -> deferred(claim, deferred, acceptedBefore, now);
      case Rejected rejected -> rejected(claim, rejected, acceptedBefore, now);
    };
  }

  private static boolean blamesAccount(Failure failure) {
    return failure.scope() == Scope.ACCOUNT || failure.kind() == FailureKind.CLAIM_LOST;
  }

  /** The account is in trouble for a while: the message loses nothing but time. */
  private static Settlement backInLine(Failure failure, Instant now) {
    return new Settlement(MessageState.QUEUED, now, false, List.of(), null, failure.reply().line());
  }

  /** Somebody has to repair the account; then the message goes out by itself. */
  private static Settlement held(Failure failure, Instant now) {
    return new Settlement(
        MessageState.HELD, now, false, List.of(), Message.Hold.ACCOUNT, failure.reply().line());
  }

  private static Settlement accepted(Claim claim, Accepted accepted, Instant now) {
    List<Change> changes = new ArrayList<>(refusals(accepted.refused()));
    Map<String, Refusal> refused = byAddress(accepted.refused());
    for (Address recipient : claim.envelope().recipients()) {
      if (!refused.containsKey(recipient.spec())) {
        changes.add(new Change(recipient.spec(), RecipientState.ACCEPTED, accepted.reply().line()));
      }
    }
    return again(claim, accepted.refused(), changes, true, now);
  }

  private static Settlement deferred(
      Claim claim, Deferred deferred, boolean acceptedBefore, Instant now) {
    Map<String, Refusal> refused = byAddress(deferred.refused());
    List<Refusal> all = new ArrayList<>(deferred.refused());
    for (Address recipient : claim.envelope().recipients()) {
      if (!refused.containsKey(recipient.spec()))
        all.add(new Refusal(recipient.spec(), deferred.failure(), false));
    }
    return again(claim, all, refusals(deferred.refused()), acceptedBefore, now);
  }

  private static Settlement rejected(
      Claim claim, Rejected rejected, boolean acceptedBefore, Instant now) {
    Map<String, Refusal> refused = byAddress(rejected.refused());
    List<Change> changes = new ArrayList<>();
    for (Address recipient : claim.envelope().recipients()) {
      Failure failure =
          Optional.ofNullable(refused.get(recipient.spec()))
              .map(Refusal::failure)
              .orElse(rejected.failure());
      changes.add(new Change(recipient.spec(), RecipientState.REJECTED, failure.reply().line()));
    }
    return new Settlement(
        ended(acceptedBefore), now, true, changes, null, rejected.failure().reply().line());
  }

  /** Tries again for recipients refused for now, or ends where none is left or time is up. */
  private static Settlement again(
      Claim claim, List<Refusal> refusals, List<Change> changes, boolean accepted, Instant now) {
    List<Refusal> open = refusals.stream().filter(refusal -> !refusal.permanent()).toList();
    String note = refusals.isEmpty() ? null : refusals.getFirst().failure().reply().line();
    if (open.isEmpty()) return new Settlement(ended(accepted), now, true, changes, null, note);
    FailureKind kind = open.getFirst().failure().kind();
    Optional<Instant> next = Retries.next(kind, claim.attempts() + 1, claim.createdAt(), now);
    if (next.isPresent())
      return new Settlement(MessageState.DELAYED, next.get(), true, changes, null, note);
    List<Change> given = new ArrayList<>(changes);
    given.removeIf(change -> change.state() == RecipientState.PENDING);
    open.forEach(refusal ->
        given.add(
            new Change(
                refusal.recipient(), RecipientState.REJECTED, refusal.failure().reply().line())));
    return new Settlement(
        ended(accepted), now, true, given, null, "Given up after two days: " + note);
  }

  private static MessageState ended(boolean accepted) {
    return accepted ? MessageState.SENT : MessageState.NOT_SENT;
  }

  private static List<Change> refusals(List<Refusal> refused) {
    return refused.stream()
        .map(refusal ->
            new Change(
                refusal.recipient(),
                refusal.permanent() ? RecipientState.REJECTED : RecipientState.PENDING,
                refusal.failure().reply().line()))
        .toList();
  }

  private static Map<String, Refusal> byAddress(List<Refusal> refused) {
    Map<String, Refusal> map = new HashMap<>();
    refused.forEach(refusal -> map.put(refusal.recipient(), refusal));
    return map;
  }
}
