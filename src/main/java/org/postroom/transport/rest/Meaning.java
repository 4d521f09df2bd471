package org.postroom.transport.rest;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Outcome;
import org.postroom.transport.Reply;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;

/** What an answer means: why, where the talk stopped, whom it concerns, and how the try ends. */
public record Meaning(FailureKind kind, Stage stage, Scope scope, Ending ending) {

  /** How a try ends that was not accepted. */
  public enum Ending {
    /** The same may succeed later. */
    PASSES,
    /** The same never succeeds until somebody changes something. */
    FINAL,
    /** It may have been sent. */
    UNCLEAR
  }

  /** The token is not accepted: whoever keeps it must renew it, or somebody sign in again. */
  public static final Meaning SIGN_IN =
      new Meaning(FailureKind.SIGN_IN_REFUSED, Stage.AUTHENTICATE, Scope.ACCOUNT, Ending.FINAL);

  /** The mailbox may not be used to send, or not as this address. */
  public static final Meaning SENDER =
      new Meaning(FailureKind.SENDER_REFUSED, Stage.SENDER, Scope.ACCOUNT, Ending.FINAL);

  public static final Meaning RECIPIENT =
      new Meaning(FailureKind.RECIPIENT_REFUSED, Stage.RECIPIENT, Scope.MESSAGE, Ending.FINAL);
  public static final Meaning CONTENT =
      new Meaning(FailureKind.CONTENT_REFUSED, Stage.CONTENT, Scope.MESSAGE, Ending.FINAL);
  public static final Meaning TOO_LARGE =
      new Meaning(FailureKind.MESSAGE_TOO_LARGE, Stage.CONTENT, Scope.MESSAGE, Ending.FINAL);
  public static final Meaning SLOW_DOWN =
      new Meaning(FailureKind.RATE_LIMITED, Stage.CONTENT, Scope.ACCOUNT, Ending.PASSES);

  /** The service as a whole is not able right now. */
  public static final Meaning BUSY =
      new Meaning(FailureKind.SERVER_BUSY, Stage.CONTENT, Scope.ACCOUNT, Ending.PASSES);

  /** Something went wrong there that may be due to this message. */
  public static final Meaning FAILED =
      new Meaning(FailureKind.SERVER_BUSY, Stage.CONTENT, Scope.MESSAGE, Ending.PASSES);

  /** The request went out and what became of it is not known. */
  public static final Meaning LOST =
      new Meaning(FailureKind.ANSWER_LOST, Stage.CONTENT, Scope.MESSAGE, Ending.UNCLEAR);

  /** Whoever answered there is not the service. */
  public static final Meaning NOT_THE_SERVICE =
      new Meaning(FailureKind.PROTOCOL_BROKEN, Stage.CONTENT, Scope.ACCOUNT, Ending.PASSES);

  private static final Meaning CLAIM_LOST =
      new Meaning(FailureKind.CLAIM_LOST, Stage.CONTENT, Scope.MESSAGE, Ending.PASSES);

  /** Nothing was handed over, because the message is no longer ours. */
  public static Outcome claimLost() {
    return CLAIM_LOST.outcome(
        Reply.none("The message was no longer ours to hand over."), null, List.of());
  }

  public Meaning ending(Ending other) {
    return new Meaning(kind, stage, scope, other);
  }

  public Meaning scope(Scope other) {
    return new Meaning(kind, stage, other, ending);
  }

  public Outcome outcome(Reply reply) {
    return outcome(reply, null, List.of());
  }

  public Outcome outcome(
      Reply reply, @Nullable Duration retryAfter, List<Outcome.Refusal> refused) {
    var failure = new Failure(kind, stage, scope, reply, retryAfter);
    return switch (ending) {
      case PASSES -> new Outcome.Deferred(failure, refused);
      case FINAL -> new Outcome.Rejected(failure, refused);
      case UNCLEAR -> new Outcome.Unclear(failure, refused);
    };
  }
}
