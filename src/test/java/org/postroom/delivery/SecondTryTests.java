package org.postroom.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.transport.FailureKind.CONTENT_REFUSED;
import static org.postroom.transport.FailureKind.SIGN_IN_REFUSED;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Outcome;
import org.postroom.transport.Reply;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;

/** When the same message may be handed over again at once with another token. */
class SecondTryTests {

  @Test
  void aRefusedTokenMeansThatNothingWasTaken() {
    assertThat(DeliverMessage.signInRefused(new Outcome.Rejected(failure(SIGN_IN_REFUSED))))
        .isTrue();
    assertThat(DeliverMessage.signInRefused(new Outcome.Deferred(failure(SIGN_IN_REFUSED))))
        .isTrue();
  }

  @Test
  void whatMayHaveBeenTakenIsNeverTriedAgain() {
    var refusal =
        List.of(
            new Outcome.Refusal("anna@x.example", failure(SIGN_IN_REFUSED, Scope.RECIPIENT), true));
    assertThat(DeliverMessage.signInRefused(new Outcome.Unclear(failure(SIGN_IN_REFUSED))))
        .as("nobody knows whether it was taken")
        .isFalse();
    assertThat(
            DeliverMessage.signInRefused(new Outcome.Accepted(new Reply(250, null, "Ok"), refusal)))
        .as("taken for others")
        .isFalse();
    assertThat(
            DeliverMessage.signInRefused(new Outcome.Deferred(failure(SIGN_IN_REFUSED), refusal)))
        .as("answered for each recipient")
        .isFalse();
  }

  @Test
  void otherFailuresAreNotHelpedByAnotherToken() {
    for (FailureKind kind : FailureKind.values())
      if (kind != SIGN_IN_REFUSED)
        assertThat(DeliverMessage.signInRefused(new Outcome.Rejected(failure(kind))))
            .as(kind.name())
            .isFalse();
    assertThat(DeliverMessage.signInRefused(new Outcome.Deferred(failure(CONTENT_REFUSED))))
        .isFalse();
  }

  private static Failure failure(FailureKind kind) {
    return failure(kind, Scope.ACCOUNT);
  }

  private static Failure failure(FailureKind kind, Scope scope) {
    return new Failure(kind, Stage.AUTHENTICATE, scope, new Reply(401, null, "No"));
  }
}
