package org.postroom.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postroom.mail.Address;
import org.postroom.mail.Envelope;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Outcome;
import org.postroom.transport.Outcome.Refusal;
import org.postroom.transport.Reply;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;

class SettlementTests {
  private static final Instant CREATED = Instant.parse("2026-11-02T09:00:00Z");
  private static final Failure GREYLISTED =
      new Failure(
          FailureKind.RECIPIENT_DEFERRED,
          Stage.RECIPIENT,
          Scope.RECIPIENT,
          Reply.of(450, "4.2.0 later"));
  private static final Failure UNKNOWN =
      new Failure(
          FailureKind.RECIPIENT_REFUSED,
          Stage.RECIPIENT,
          Scope.RECIPIENT,
          Reply.of(550, "5.1.1 no such user"));

  @Test
  void acceptedForAllIsSent() {
    Settlement settlement = settle(new Outcome.Accepted(Reply.of(250, "ok")), 0);
    assertThat(settlement.state()).isEqualTo(MessageState.SENT);
    assertThat(settlement.changes())
        .extracting(Settlement.Change::state)
        .containsOnly(RecipientState.ACCEPTED)
        .hasSize(3);
  }

  @Test
  void onlyRecipientsRefusedForNowAreTriedAgain() {
    var outcome =
        new Outcome.Accepted(
            Reply.of(250, "ok"),
            List.of(
                new Refusal("b@x.example", GREYLISTED, false),
                new Refusal("c@x.example", UNKNOWN, true)));
    Settlement settlement = settle(outcome, 0);
    assertThat(settlement.state()).isEqualTo(MessageState.DELAYED);
    assertThat(settlement.dueAt()).isEqualTo(CREATED.plus(Duration.ofMinutes(2)));
    assertThat(states(settlement))
        .containsExactlyInAnyOrder(
            "a@x.example accepted", "b@x.example pending", "c@x.example rejected");
  }

  @Test
  void anAccountsTroubleCostsTheMessageNothing() {
    var temporary =
        new Failure(
            FailureKind.CONNECTION_TIMEOUT, Stage.CONNECT, Scope.ACCOUNT, Reply.none("no answer"));
    var lasting =
        new Failure(
            FailureKind.SIGN_IN_REFUSED,
            Stage.AUTHENTICATE,
            Scope.ACCOUNT,
            Reply.of(535, "5.7.8 no"));
    Settlement again = settle(new Outcome.Deferred(temporary), 3);
    Settlement held = settle(new Outcome.Rejected(lasting), 3);
    assertThat(again.state()).isEqualTo(MessageState.QUEUED);
    assertThat(held.state()).isEqualTo(MessageState.HELD);
    assertThat(again.charged() || held.charged()).isFalse();
    assertThat(held.changes()).isEmpty();
  }

  @Test
  void refusedForGoodIsNotSentUnlessSomebodyHasIt() {
    assertThat(settle(new Outcome.Rejected(UNKNOWN), 0).state()).isEqualTo(MessageState.NOT_SENT);
    assertThat(Settlement.of(claim(1), new Outcome.Rejected(UNKNOWN), true, CREATED).state())
        .isEqualTo(MessageState.SENT);
  }

  @Test
  void lostAnswersAreUnclearAndNeverTriedAgain() {
    var lost =
        new Failure(FailureKind.ANSWER_LOST, Stage.CONTENT, Scope.MESSAGE, Reply.none("no answer"));
    assertThat(settle(new Outcome.Unclear(lost), 0).state()).isEqualTo(MessageState.UNCLEAR);
  }

  @Test
  void afterTwoDaysItIsGivenUp() {
    Settlement settlement =
        Settlement.of(
            claim(20), new Outcome.Deferred(GREYLISTED), false, CREATED.plus(Duration.ofHours(47)));
    assertThat(settlement.state()).isEqualTo(MessageState.NOT_SENT);
    assertThat(settlement.changes())
        .extracting(Settlement.Change::state)
        .containsOnly(RecipientState.REJECTED)
        .hasSize(3);
  }

  private static Settlement settle(Outcome outcome, int attempts) {
    return Settlement.of(claim(attempts), outcome, false, CREATED);
  }

  private static List<String> states(Settlement settlement) {
    return settlement.changes().stream()
        .map(change -> change.address() + " " + change.state().word())
        .toList();
  }

  private static Claim claim(int attempts) {
    var to =
        List.of(Address.of("a@x.example"), Address.of("b@x.example"), Address.of("c@x.example"));
    return new Claim(
        "co",
        "msg",
        "acc",
        "n1",
        1,
        new Envelope(Address.of("s@acme.example"), to),
        attempts,
        CREATED,
        CREATED,
        "person");
  }
}
