package org.postroom.delivery;

import java.time.Duration;
import org.postroom.transport.Failure;
import org.postroom.transport.Outcome;
import org.postroom.transport.Outcome.Accepted;
import org.postroom.transport.Outcome.Deferred;
import org.postroom.transport.Outcome.Rejected;
import org.postroom.transport.Outcome.Unclear;
import org.postroom.transport.Scope;

/** What a try says about the account behind it. Decided here and nowhere else. */
sealed interface AccountTrouble {
  /** The try was about the message; the account is fine. */
  record None() implements AccountTrouble {}

  /** The try says nothing about the account: our own claim was lost. */
  record Unknown() implements AccountTrouble {}

  /** Wait and try one message again. */
  record Pause(Duration atLeast, String reason) implements AccountTrouble {}

  record SignIn(String reason) implements AccountTrouble {}

  record Administrator(String reason) implements AccountTrouble {}

  static AccountTrouble of(Outcome outcome) {
    return switch (outcome) {
      case Accepted ignored -> new None();
      case Unclear ignored -> new Unknown();
      case Deferred deferred -> of(deferred.failure());
      case Rejected rejected -> of(rejected.failure());
    };
  }

  private static AccountTrouble of(Failure failure) {
    String reply = failure.reply().line();
    return switch (failure.kind()) {
      case CLAIM_LOST, ACCOUNT_UNUSABLE -> new Unknown();
      case SIGN_IN_REFUSED, SIGN_IN_NEEDED, SIGN_IN_NOT_OFFERED ->
          new SignIn("The server did not accept the sign-in: " + reply);
      case CERTIFICATE_NOT_TRUSTED, TLS_NOT_OFFERED, TLS_FAILED ->
          new Administrator("The connection could not be made private: " + reply);
      case RATE_LIMITED ->
          new Pause(
              failure.retryAfter() == null ? Duration.ofMinutes(1) : failure.retryAfter(),
              "The server asks to slow down: " + reply);
      default -> failure.scope() == Scope.ACCOUNT ? byScope(failure, reply) : new None();
    };
  }

  private static AccountTrouble byScope(Failure failure, String reply) {
    return switch (failure.kind()) {
      case SENDER_REFUSED, RELAY_DENIED ->
          new Administrator("The server does not let this account send: " + reply);
      case NAME_NOT_FOUND ->
          new Pause(Duration.ofSeconds(30), "The mail server was not found: " + reply);
      default -> new Pause(Duration.ofSeconds(15), "The mail server could not be used: " + reply);
    };
  }
}
