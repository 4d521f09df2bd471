package org.postroom.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Caller;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.mail.Address;
import org.postroom.mail.RecipientRole;
import org.postroom.outbox.Returns.Effect;
import org.postroom.outbox.Returns.Match;
import org.postroom.outbox.Returns.News;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Outcome;
import org.postroom.transport.Reply;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;

@ParameterizedClass
@EnumSource
class ReturnsTests {
  private static final Duration LEASE = Duration.ofSeconds(45);
  private static final AccountKey ACCOUNT = new AccountKey("co_1", "acc_1");
  private static final Caller CALLER = Caller.postroom("co_1");
  private static final Outcome ACCEPTED = new Outcome.Accepted(Reply.of(250, "2.0.0 ok"));
  private static final String GONE = "550 5.1.1 no such user";

  @Parameter TestDatabase kind;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-02T09:00:00Z"));
  private final List<Object> published = Collections.synchronizedList(new ArrayList<>());
  private Database database;
  private Outbox outbox;
  private Claims claims;
  private Returns returns;

  @BeforeEach
  void open() {
    database = kind.open(clock);
    outbox = new Outbox(database, published::add);
    claims = new Claims(database, published::add);
    returns = new Returns(database, published::add);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void oneOfTwoRecipientsBouncesAndTheOtherStaysAccepted() {
    Message sent = sent("a@x.example", "b@x.example");
    published.clear();

    var heard = report(sent, "r1", "B@x.example", News.BOUNCED);

    assertThat(heard).isEqualTo(new Returns.Heard(Effect.CHANGED, "b@x.example"));
    Message now = outbox.get(CALLER, sent.id());
    assertThat(now.state()).isEqualTo(MessageState.SENT);
    assertThat(states(now)).containsExactly(RecipientState.ACCEPTED, RecipientState.BOUNCED);
    assertThat(now.recipients().get(1).reply()).isEqualTo(GONE);
    TimelineEntry last = outbox.timeline("co_1", sent.id()).getLast();
    assertThat(last.type()).isEqualTo("message.bounced");
    assertThat(last.detail()).isEqualTo("Came back from mx.example.");
    assertThat(last.reply()).isEqualTo(GONE);
    assertThat(published)
        .containsExactly(new MessageReturned("co_1", sent.id(), "b@x.example", News.BOUNCED));
  }

  @Test
  void theSameReportIsHeardOnceAndAnotherOneSaysNothingNew() {
    Message sent = sent("a@x.example");
    report(sent, "r1", "a@x.example", News.BOUNCED);
    int entries = outbox.timeline("co_1", sent.id()).size();
    published.clear();

    assertThat(report(sent, "r1", "a@x.example", News.BOUNCED).effect()).isEqualTo(Effect.NOTHING);
    assertThat(report(sent, "r2", "a@x.example", News.BOUNCED).effect()).isEqualTo(Effect.NOTHING);
    assertThat(outbox.timeline("co_1", sent.id())).hasSize(entries);
    assertThat(published).isEmpty();
  }

  @Test
  void aDeliveryReportNeverHidesABounceWhicheverComesFirst() {
    Message first = sent("a@x.example");
    report(first, "r1", "a@x.example", News.DELIVERED);
    assertThat(state(first)).isEqualTo(RecipientState.DELIVERED);
    assertThat(report(first, "r2", "a@x.example", News.BOUNCED).effect()).isEqualTo(Effect.CHANGED);
    assertThat(state(first)).isEqualTo(RecipientState.BOUNCED);

    Message second = sent("a@x.example");
    report(second, "r3", "a@x.example", News.BOUNCED);
    assertThat(report(second, "r4", "a@x.example", News.DELIVERED).effect())
        .isEqualTo(Effect.NOTHING);
    assertThat(state(second)).isEqualTo(RecipientState.BOUNCED);
  }

  @Test
  void aBounceOfAnUnclearMessageProvesThatItWasHandedOver() {
    Message message = outbox.accept(draft("a@x.example", "b@x.example"));
    Claim claim = claimOne();
    claims.markHandingOver(claim);
    claims.settle(claim, unclear());
    assertThat(outbox.get(CALLER, message.id()).state()).isEqualTo(MessageState.UNCLEAR);

    assertThat(report(message, "r1", "a@x.example", News.BOUNCED).effect())
        .isEqualTo(Effect.CHANGED);

    Message now = outbox.get(CALLER, message.id());
    assertThat(now.state()).isEqualTo(MessageState.SENT);
    assertThat(states(now)).containsExactly(RecipientState.BOUNCED, RecipientState.ACCEPTED);
    assertThat(claims.settle(claim, ACCEPTED)).isEmpty();
    assertThat(published).contains(new MessageSettled("co_1", message.id(), MessageState.SENT));
  }

  @Test
  void aReportFasterThanTheServersAnswerIsNotOverwrittenByIt() {
    Message message = outbox.accept(draft("a@x.example", "b@x.example"));
    Claim claim = claimOne();
    claims.markHandingOver(claim);
    report(message, "r1", "a@x.example", News.BOUNCED);

    assertThat(claims.settle(claim, ACCEPTED)).contains(MessageState.SENT);

    assertThat(states(outbox.get(CALLER, message.id())))
        .containsExactly(RecipientState.BOUNCED, RecipientState.ACCEPTED);
  }

  @Test
  void aMessageThatNobodyHandedOverCannotHaveComeBack() {
    Message waiting = outbox.accept(draft("a@x.example"));
    assertThat(report(waiting, "r1", "a@x.example", News.BOUNCED).effect())
        .isEqualTo(Effect.NOTHING);
    assertThat(state(waiting)).isEqualTo(RecipientState.PENDING);
    assertThat(claimOne().envelope().recipients()).hasSize(1);
  }

  @Test
  void aReportAboutSomebodyElseChangesNothing() {
    Message sent = sent("a@x.example");
    int entries = outbox.timeline("co_1", sent.id()).size();
    assertThat(report(sent, "r1", "someone@else.example", News.BOUNCED))
        .isEqualTo(new Returns.Heard(Effect.NOBODY, null));
    assertThat(state(sent)).isEqualTo(RecipientState.ACCEPTED);
    assertThat(outbox.timeline("co_1", sent.id())).hasSize(entries);
  }

  @Test
  void aReportThatNamesNobodyMeansTheOnlyRecipient() {
    Message one = sent("a@x.example");
    assertThat(report(one, "r1", null, News.BOUNCED).effect()).isEqualTo(Effect.CHANGED);
    Message two = sent("a@x.example", "b@x.example");
    assertThat(report(two, "r2", null, News.BOUNCED).effect()).isEqualTo(Effect.NOTED);
    assertThat(states(outbox.get(CALLER, two.id())))
        .containsExactly(RecipientState.ACCEPTED, RecipientState.ACCEPTED);
  }

  @Test
  void delaysAndMachinesAnsweringAreNotedAndChangeNothing() {
    Message sent = sent("a@x.example");
    assertThat(report(sent, "r1", "a@x.example", News.HELD_UP).effect()).isEqualTo(Effect.NOTED);
    assertThat(report(sent, "r2", "a@x.example", News.ANSWERED).effect()).isEqualTo(Effect.NOTED);
    assertThat(state(sent)).isEqualTo(RecipientState.ACCEPTED);
    assertThat(outbox.timeline("co_1", sent.id()).reversed().stream().map(TimelineEntry::type))
        .startsWith("message.answered", "message.held_up");
  }

  @Test
  void whoComplainsHasIt() {
    Message sent = sent("a@x.example");
    assertThat(report(sent, "r1", "a@x.example", News.COMPLAINED).effect())
        .isEqualTo(Effect.CHANGED);
    Message.Recipient to = outbox.get(CALLER, sent.id()).recipients().getFirst();
    assertThat(to.state()).isEqualTo(RecipientState.DELIVERED);
    assertThat(to.complained()).isTrue();
  }

  @Test
  void findsTheMessageByItsOwnIdThenByTheEnvelopesId() {
    Message sent = sent("a@x.example");
    String bare = sent.messageId().replace("<", "").replace(">", "");
    assertThat(find(bare, null, "acc_1").orElseThrow().by()).isEqualTo(Match.MESSAGE_ID);
    assertThat(find(sent.messageId(), null, null).orElseThrow().message().id())
        .isEqualTo(sent.id());
    assertThat(find("other@x.example", sent.id(), null).orElseThrow().by())
        .isEqualTo(Match.ENVELOPE_ID);
    assertThat(find("other@x.example", "msg_other", null)).isEmpty();
    assertThat(
            returns.find(
                new Returns.Trace(
                    "co_2", bare, sent.id(), null, List.of("a@x.example"), clock.instant())))
        .isEmpty();
  }

  @Test
  void findsByRecipientOnlyWhereExactlyOneMessageFits() {
    Message sent = sent("a@x.example");
    assertThat(find(null, null, "acc_1", "A@x.example").orElseThrow().message().id())
        .isEqualTo(sent.id());
    assertThat(find(null, null, "acc_1", "A@x.example").orElseThrow().by())
        .isEqualTo(Match.RECIPIENT);
    assertThat(find(null, null, "acc_2", "a@x.example")).isEmpty();
    assertThat(find(null, null, "acc_1", "b@x.example")).isEmpty();
    outbox.accept(draft("a@x.example")); // not handed over yet: nothing of it can come back
    assertThat(find(null, null, "acc_1", "a@x.example")).isPresent();
    clock.advance(Duration.ofDays(7));
    assertThat(find(null, null, "acc_1", "a@x.example")).isEmpty();
  }

  @Test
  void twoMessagesToTheSameAddressAreNotGuessedBetween() {
    sent("a@x.example");
    sent("a@x.example");
    assertThat(find(null, null, "acc_1", "a@x.example")).isEmpty();
  }

  @Test
  void countsAndListsWhatCameBackUntilItWasSentOnceMore() {
    Message sent = sent("a@x.example", "b@x.example");
    sent("c@x.example");
    report(sent, "r1", "a@x.example", News.BOUNCED);
    report(sent, "r1", "b@x.example", News.BOUNCED);
    var bounced = MessageFilter.ALL.recipient(RecipientState.BOUNCED);
    assertThat(outbox.list(CALLER, bounced, 10, null).data())
        .extracting(Message::id)
        .containsExactly(sent.id());
    assertThat(new Counts(database).cameBack(CALLER, clock.instant().minusSeconds(60)))
        .isEqualTo(1);
    assertThat(new Counts(database).cameBack(CALLER, clock.instant().plusSeconds(60))).isZero();

    outbox.accept(draft(sent.id(), "right@x.example"));
    assertThat(new Counts(database).cameBack(CALLER, clock.instant().minusSeconds(60))).isZero();
  }

  private java.util.Optional<Returns.Found> find(
      String messageId, String envelopeId, String account, String... addresses) {
    return returns.find(
        new Returns.Trace(
            "co_1", messageId, envelopeId, account, Arrays.asList(addresses), clock.instant()));
  }

  private Returns.Heard report(Message message, String key, String address, News news) {
    return returns.report(
        new Returns.Report(
            "co_1", message.id(), key, address, news, "Came back from mx.example.", GONE));
  }

  private Message sent(String... to) {
    Message message = outbox.accept(draft(to));
    Claim claim = claimOne();
    claims.markHandingOver(claim);
    claims.settle(claim, ACCEPTED);
    return message;
  }

  private Claim claimOne() {
    return claims.claim(ACCOUNT, 1, 0, "n1", LEASE).getFirst();
  }

  private RecipientState state(Message message) {
    return states(outbox.get(CALLER, message.id())).getFirst();
  }

  private static List<RecipientState> states(Message message) {
    return message.recipients().stream().map(Message.Recipient::state).toList();
  }

  private static Outcome unclear() {
    return new Outcome.Unclear(
        new Failure(
            FailureKind.CONNECTION_LOST, Stage.CONTENT, Scope.MESSAGE, Reply.none("no answer")));
  }

  private static Draft draft(String... to) {
    return made(null, to);
  }

  private static Draft draft(String resendOf, String to) {
    return resendOf.startsWith("msg_") ? made(resendOf, to) : made(null, resendOf, to);
  }

  private static Draft made(String resendOf, String... to) {
    String id = Ids.next("msg");
    return new Draft(
        "co_1",
        id,
        "acc_1",
        Address.of("from@acme.example"),
        Address.of("from@acme.example"),
        "<" + id + "@acme.example>",
        "Invoice",
        Arrays.stream(to).map(one -> new Draft.To(Address.of(one), RecipientRole.TO)).toList(),
        "Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.UTF_8),
        false,
        null,
        new Message.Origin("person", "usr_1", "Maria"),
        null,
        List.of(),
        null,
        null,
        null,
        null,
        Map.of(),
        resendOf,
        null,
        null);
  }
}
