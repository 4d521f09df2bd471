package org.postroom.outbox;

import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Outcome;

/**
 * What the timeline says of a try, in plain words. Never more than we know: accepted is not
 * delivered.
 */
final class Sentences {
  private Sentences() {}

  static String of(Settlement settlement, Outcome outcome) {
    int refused = outcome.refused().size();
    return switch (settlement.state()) {
      case SENT ->
          refused == 0
              ? "Accepted by the mail server. Nothing came back so far."
              : "Accepted by the mail server; " + count(refused) + " refused.";
      case DELAYED ->
          outcome instanceof Outcome.Accepted
              ? "Accepted for some; "
                  + count(refused)
                  + " refused for now. Tried again later for those."
              : "The server could not take it now. It will be tried again by itself.";
      case NOT_SENT -> "The server refused it. It was not sent.";
      case UNCLEAR ->
          "The content was handed over, but no answer came. Nobody knows whether it arrived.";
      case HELD -> "The account cannot send. It waits until the account works again.";
      case QUEUED -> backInLine(outcome);
      default -> "";
    };
  }

  private static String backInLine(Outcome outcome) {
    Failure failure = HistoryRows.failure(outcome);
    return failure != null && failure.kind() == FailureKind.CLAIM_LOST
        ? "Back in line before anything was handed over."
        : "The server could not be used. It keeps its place and goes out by itself.";
  }

  private static String count(int recipients) {
    return recipients == 1 ? "1 recipient was" : recipients + " recipients were";
  }
}
