package org.postroom.transport.rest;

import java.util.Locale;
import org.postroom.net.Answer;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Outcome;
import org.postroom.transport.Reply;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;
import org.postroom.transport.rest.Meaning.Ending;

/**
 * Calls that nobody answered. Until a request is on its way, trouble concerns the account;
 * afterwards the message: one that makes the server hang up must not stop those behind it.
 */
public final class Unanswered {
  private Unanswered() {}

  /**
   * @param sends whether the request, had it arrived, may have made the message go
   */
  public static Outcome outcome(Answer.Failed failed, boolean sends) {
    Meaning meaning = sends && failed.maybeArrived() ? Meaning.LOST : before(failed);
    return meaning.outcome(Reply.none(failed.what()));
  }

  private static Meaning before(Answer.Failed failed) {
    return switch (failed.step()) {
      case RESOLVE -> account(FailureKind.NAME_NOT_FOUND, Stage.RESOLVE);
      case CONNECT -> account(unreached(failed.what()), Stage.CONNECT);
      case TRUST -> account(FailureKind.CERTIFICATE_NOT_TRUSTED, Stage.TLS);
      case TLS -> account(FailureKind.TLS_FAILED, Stage.TLS);
      case TALK -> message(FailureKind.CONNECTION_LOST);
      case TIMEOUT -> message(FailureKind.ANSWER_TIMEOUT);
      case GARBLED -> message(FailureKind.PROTOCOL_BROKEN);
    };
  }

  /** Only silence is a time-out: a refusal proves that a machine answered. */
  private static FailureKind unreached(String what) {
    String words = what.toLowerCase(Locale.ROOT);
    boolean silence =
        words.contains("timed out") || words.contains("no route") || words.contains("unreachable");
    return silence ? FailureKind.CONNECTION_TIMEOUT : FailureKind.CONNECTION_REFUSED;
  }

  private static Meaning account(FailureKind kind, Stage stage) {
    return new Meaning(kind, stage, Scope.ACCOUNT, Ending.PASSES);
  }

  private static Meaning message(FailureKind kind) {
    return new Meaning(kind, Stage.CONTENT, Scope.MESSAGE, Ending.PASSES);
  }
}
