package org.postroom.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postroom.findings.Action;
import org.postroom.findings.Finding;
import org.postroom.transport.Failure;
import org.postroom.transport.Outcome.Unclear;
import org.postroom.transport.Scope;

/**
 * What a try says about the account behind it. Decided here and nowhere else: the kind of failure
 * says whether waiting can help, the finding says who else has to do something.
 */
sealed interface AccountTrouble {
  /** The try was about the message; the account is fine. */
  record None() implements AccountTrouble {}

  /** The try says nothing about the account: our own claim was lost, or the mail stayed here. */
  record Unknown() implements AccountTrouble {}

  /** Wait and try one message again. */
  record Pause(Duration atLeast, Why why) implements AccountTrouble {}

  record SignIn(Why why) implements AccountTrouble {}

  record Administrator(Why why) implements AccountTrouble {}

  /**
   * @param sentence for people
   * @param finding its id in the catalogue; null where no server spoke
   */
  record Why(String sentence, @Nullable String finding) {
    static Why of(Failure failure, @Nullable Finding finding) {
      if (finding == null) return new Why(failure.reply().line(), null);
      String sentence = finding.what();
      if (unknown(finding)) sentence += " " + failure.reply().line();
      return new Why(sentence, finding.id());
    }
  }

  private static boolean unknown(Finding finding) {
    return finding.id().startsWith("?");
  }

  static AccountTrouble of(Tried tried) {
    if (tried.caught()) return new Unknown();
    Failure failure = Tried.refusal(tried.outcome());
    if (failure == null) return tried.outcome() instanceof Unclear ? new Unknown() : new None();
    return of(failure, tried.finding());
  }

  private static AccountTrouble of(Failure failure, @Nullable Finding finding) {
    Why why = Why.of(failure, finding);
    Action action = finding == null || unknown(finding) ? Action.BUG : finding.action();
    return switch (failure.kind()) {
      case CLAIM_LOST, ACCOUNT_UNUSABLE -> new Unknown();
      case SIGN_IN_REFUSED, SIGN_IN_NEEDED, SIGN_IN_NOT_OFFERED -> signIn(action, failure, why);
      case CERTIFICATE_NOT_TRUSTED, TLS_NOT_OFFERED, TLS_FAILED -> new Administrator(why);
      case RATE_LIMITED -> pause(failure, Duration.ofMinutes(1), why);
      default -> failure.scope() == Scope.ACCOUNT ? byScope(action, failure, why) : new None();
    };
  }

  /** Most often the person who signs in; but the server may only be busy, or IT forbid it. */
  private static AccountTrouble signIn(Action action, Failure failure, Why why) {
    return switch (action) {
      case WAIT -> pause(failure, Duration.ofMinutes(15), why);
      case ADM -> new Administrator(why);
      default -> new SignIn(why);
    };
  }

  /** A server that cannot be reached comes back by itself; one that forbids something does not. */
  private static AccountTrouble byScope(Action action, Failure failure, Why why) {
    return switch (failure.kind()) {
      case SENDER_REFUSED, RELAY_DENIED, MESSAGE_TOO_LARGE, CONTENT_REFUSED ->
          switch (action) {
            case WAIT -> pause(failure, Duration.ofMinutes(1), why);
            case RECON -> new SignIn(why);
            default -> new Administrator(why);
          };
      case NAME_NOT_FOUND -> pause(failure, Duration.ofSeconds(30), why);
      default -> pause(failure, Duration.ofSeconds(15), why);
    };
  }

  private static AccountTrouble pause(Failure failure, Duration usual, Why why) {
    Duration asked = failure.retryAfter();
    return new Pause(asked == null ? usual : asked, why);
  }
}
