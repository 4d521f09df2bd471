package org.postroom.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.postroom.findings.Action;
import org.postroom.findings.Finding;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Outcome;
import org.postroom.transport.Reply;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;

class AccountTroubleTests {

  @Test
  void aRefusedSignInWaitsForThePersonUnlessTheServerIsBusyOrForbidsIt() {
    assertThat(of(FailureKind.SIGN_IN_REFUSED, Action.CFG, null))
        .isEqualTo(new AccountTrouble.SignIn(why("G02")));
    assertThat(of(FailureKind.SIGN_IN_REFUSED, Action.RECON, null))
        .isInstanceOf(AccountTrouble.SignIn.class);
    assertThat(of(FailureKind.SIGN_IN_REFUSED, Action.ADM, null))
        .isEqualTo(new AccountTrouble.Administrator(why("G02")));
    assertThat(of(FailureKind.SIGN_IN_REFUSED, Action.WAIT, null))
        .isEqualTo(new AccountTrouble.Pause(Duration.ofMinutes(15), why("G02")));
  }

  @Test
  void aServerThatIsAwayComesBackByItself() {
    for (FailureKind kind :
        List.of(
            FailureKind.NAME_NOT_FOUND,
            FailureKind.CONNECTION_REFUSED,
            FailureKind.CONNECTION_TIMEOUT,
            FailureKind.CONNECTION_LOST,
            FailureKind.SERVER_BUSY))
      assertThat(of(kind, Action.CFG, null))
          .as(kind.name())
          .isInstanceOf(AccountTrouble.Pause.class);
  }

  @Test
  void aServerThatSaysHowLongIsGivenThatLong() {
    assertThat(of(FailureKind.RATE_LIMITED, Action.WAIT, Duration.ofMinutes(40)))
        .isEqualTo(new AccountTrouble.Pause(Duration.ofMinutes(40), why("G02")));
    assertThat(Pauses.afterFailures(1, Duration.ofMinutes(40))).isEqualTo(Duration.ofMinutes(40));
    assertThat(Pauses.afterFailures(9, Duration.ofMinutes(40))).isEqualTo(Duration.ofMinutes(40));
    assertThat(Pauses.afterFailures(9, Duration.ofSeconds(15))).isEqualTo(Duration.ofMinutes(15));
    assertThat(Pauses.afterFailures(1, Duration.ofDays(99))).isEqualTo(Duration.ofDays(1));
  }

  @Test
  void whatTheServerForbidsIsForTheAdministratorUnlessItPasses() {
    assertThat(of(FailureKind.SENDER_REFUSED, Action.CFG, null))
        .isInstanceOf(AccountTrouble.Administrator.class);
    assertThat(of(FailureKind.SENDER_REFUSED, Action.RECON, null))
        .isInstanceOf(AccountTrouble.SignIn.class);
    assertThat(of(FailureKind.SENDER_REFUSED, Action.WAIT, null))
        .isInstanceOf(AccountTrouble.Pause.class);
    assertThat(of(FailureKind.CERTIFICATE_NOT_TRUSTED, Action.WAIT, null))
        .isInstanceOf(AccountTrouble.Administrator.class);
  }

  @Test
  void troubleOfAMessageIsNoneOfTheAccount() {
    for (FailureKind kind :
        List.of(
            FailureKind.CONTENT_REFUSED, FailureKind.MESSAGE_TOO_LARGE, FailureKind.SERVER_BUSY))
      for (Action action : Action.values())
        assertThat(AccountTrouble.of(tried(failure(kind, Scope.MESSAGE, null), action)))
            .isEqualTo(new AccountTrouble.None());
  }

  @Test
  void anUnknownReplyIsShownAsItCame() {
    Failure failure = failure(FailureKind.SIGN_IN_REFUSED, Scope.ACCOUNT, null);
    var unknown =
        new Finding("?authenticate", "We have no explanation.", List.of(), Action.ADM, List.of());
    assertThat(AccountTrouble.Why.of(failure, unknown).sentence())
        .isEqualTo("We have no explanation. 535 5.7.8 no");
  }

  @Test
  void nothingIsKnownWhereNoAnswerCame() {
    Failure lost = failure(FailureKind.ANSWER_LOST, Scope.MESSAGE, null);
    assertThat(AccountTrouble.of(new Tried(new Outcome.Unclear(lost))))
        .isEqualTo(new AccountTrouble.Unknown());
    assertThat(AccountTrouble.of(new Tried(new Outcome.Accepted(Reply.none("ok")))))
        .isEqualTo(new AccountTrouble.None());
  }

  private static AccountTrouble of(FailureKind kind, Action action, @Nullable Duration retryAfter) {
    return AccountTrouble.of(tried(failure(kind, Scope.ACCOUNT, retryAfter), action));
  }

  private static Tried tried(Failure failure, Action action) {
    var finding = new Finding("G02", "Google refused.", List.of("Do this."), action, List.of());
    return new Tried(new Outcome.Rejected(failure), finding);
  }

  private static AccountTrouble.Why why(String finding) {
    return new AccountTrouble.Why("Google refused.", finding);
  }

  private static Failure failure(FailureKind kind, Scope scope, @Nullable Duration retryAfter) {
    return new Failure(kind, Stage.AUTHENTICATE, scope, new Reply(535, "5.7.8", "no"), retryAfter);
  }
}
