package org.postroom.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.db.Node;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.mail.Address;
import org.postroom.mail.RecipientRole;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Outcome;
import org.postroom.transport.Outcome.Refusal;
import org.postroom.transport.Reply;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;

@ParameterizedClass
@EnumSource
class OutboxSuiteTests {
  private static final Duration LEASE = Duration.ofSeconds(45);
  private static final AccountKey ACCOUNT = new AccountKey("co_1", "acc_1");
  private static final Caller CALLER = Caller.postroom("co_1");
  private static final Outcome ACCEPTED =
      new Outcome.Accepted(Reply.of(250, "2.0.0 queued as 4711"));

  @Parameter TestDatabase kind;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-02T09:00:00Z"));
  private final List<Object> published = Collections.synchronizedList(new ArrayList<>());
  private Database database;
  private Outbox outbox;
  private Claims claims;

  @BeforeEach
  void open() {
    database = kind.open(clock);
    outbox = new Outbox(database, published::add);
    claims = new Claims(database, published::add);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void anAcceptedMessageIsClaimedOnceMarkedAndSettled() {
    Message message = outbox.accept(draft("acc_1").build());
    assertThat(message.state()).isEqualTo(MessageState.QUEUED);

    Claim claim = claimOne("n1");
    assertThat(claims.claim(ACCOUNT, 10, 0, "n2", LEASE)).isEmpty();
    assertThat(claims.content(claim).orElseThrow()).isEqualTo(mime());
    assertThat(claims.markHandingOver(claim)).isTrue();
    assertThat(claims.settle(claim, ACCEPTED)).contains(MessageState.SENT);

    Message sent = outbox.get(CALLER, message.id());
    assertThat(sent.state()).isEqualTo(MessageState.SENT);
    assertThat(sent.recipients())
        .extracting(Message.Recipient::state)
        .containsOnly(RecipientState.ACCEPTED);
    assertThat(outbox.attempts("co_1", message.id()))
        .hasSize(1)
        .first()
        .satisfies(a -> assertThat(a.reply().line()).isEqualTo("250 2.0.0 queued as 4711"));
    assertThat(outbox.timeline("co_1", message.id()))
        .extracting(TimelineEntry::type)
        .containsExactly("message.queued", "message.sent");
    assertThat(published).contains(new MessageSettled("co_1", message.id(), MessageState.SENT));
  }

  @Test
  void aRolledBackTransactionLeavesNoMessage() {
    assertThatThrownBy(() ->
            database.run(sql -> {
              outbox.accept(draft("acc_1").build());
              throw new IllegalStateException("the event was not handled");
            }))
        .hasMessage("the event was not handled");
    assertThat(outbox.list(CALLER, MessageFilter.ALL, 10, null).data()).isEmpty();
    assertThat(published).isEmpty();
  }

  @Test
  void onlyOpenRecipientsAreTriedAgain() {
    outbox.accept(draft("acc_1").to("a@x.example", "b@x.example", "c@x.example").build());
    claims.settle(
        claimOne("n1"),
        new Outcome.Accepted(
            Reply.of(250, "ok"),
            List.of(refusal("b@x.example", 450, false), refusal("c@x.example", 550, true))));
    assertThat(claims.claim(ACCOUNT, 10, 0, "n1", LEASE)).isEmpty();
    clock.advance(Duration.ofMinutes(3));
    Claim second = claimOne("n1");
    assertThat(second.envelope().recipients())
        .extracting(Address::spec)
        .containsExactly("b@x.example");
    assertThat(claims.settle(second, ACCEPTED)).contains(MessageState.SENT);
  }

  @Test
  void beforeTheMarkADeadNodesMessageIsQueuedAgainAfterItNobodyKnows() {
    Message before = outbox.accept(draft("acc_1").build());
    Message after = outbox.accept(draft("acc_1").build());
    List<Claim> both = claims.claim(ACCOUNT, 10, 0, "n1", LEASE);
    assertThat(claims.markHandingOver(both.get(1))).isTrue();
    assertThat(claims.recoverEnded()).isZero();
    clock.advance(LEASE.plusSeconds(1));
    assertThat(claims.recoverEnded()).isEqualTo(2);
    assertThat(state(before)).isEqualTo(MessageState.QUEUED);
    assertThat(state(after)).isEqualTo(MessageState.UNCLEAR);
    assertThat(claims.claim(ACCOUNT, 10, 0, "n2", LEASE)).hasSize(1);
  }

  @Test
  void aNodeThatStartsAgainTakesUpWhatItsNameHeldWithoutWaiting() {
    Message before = outbox.accept(draft("acc_1").build());
    Message after = outbox.accept(draft("acc_1").build());
    List<Claim> both = claims.claim(ACCOUNT, 2, 0, "n1", LEASE);
    claims.markHandingOver(both.get(1));
    Message others = outbox.accept(draft("acc_1").build());
    claims.claim(ACCOUNT, 1, 0, "n2", LEASE);

    assertThat(claims.recoverOwn(new Node("n1", false))).isEqualTo(2);
    assertThat(state(before)).isEqualTo(MessageState.QUEUED);
    assertThat(state(after)).isEqualTo(MessageState.UNCLEAR);
    assertThat(state(others)).isEqualTo(MessageState.SENDING);
    assertThat(claims.recoverOwn(new Node("n1", false))).isZero();
    assertThat(claims.recoverOwn(new Node("n3", true))).as("alone: all of it").isEqualTo(1);
  }

  @Test
  void aLiveNodeWhoseNameIsUsedTwiceHandsNothingOverThatWasTakenFromIt() {
    outbox.accept(draft("acc_1").build());
    Claim live = claimOne("n1");
    claims.recoverOwn(new Node("n1", false));
    assertThat(claims.markHandingOver(live)).isFalse();
    Claim again = claimOne("n1");
    assertThat(claims.markHandingOver(live)).isFalse();
    assertThat(claims.markHandingOver(again)).isTrue();
  }

  @Test
  void aNodeThatWakesAfterItsLeaseHandsNothingOver() {
    outbox.accept(draft("acc_1").build());
    Claim old = claimOne("n1");
    clock.advance(LEASE.plusSeconds(1));
    assertThat(claims.markHandingOver(old)).isFalse();
    claims.recoverEnded();
    Claim fresh = claimOne("n2");
    assertThat(fresh.fence()).isGreaterThan(old.fence());
    assertThat(claims.markHandingOver(old)).isFalse();
    assertThat(claims.settle(old, ACCEPTED)).isEmpty();
    assertThat(claims.settle(fresh, ACCEPTED)).contains(MessageState.SENT);
  }

  @Test
  void aLateAnswerSettlesWhatWasUnclear() {
    Message message = outbox.accept(draft("acc_1").build());
    Claim claim = claimOne("n1");
    claims.markHandingOver(claim);
    clock.advance(LEASE.plusSeconds(1));
    claims.recoverEnded();
    assertThat(state(message)).isEqualTo(MessageState.UNCLEAR);
    assertThat(claims.settle(claim, ACCEPTED)).contains(MessageState.SENT);
    assertThat(state(message)).isEqualTo(MessageState.SENT);
  }

  @Test
  void renewedLeasesDoNotEnd() {
    outbox.accept(draft("acc_1").build());
    Claim claim = claimOne("n1");
    clock.advance(Duration.ofSeconds(40));
    claims.renew(List.of(claim), LEASE);
    clock.advance(Duration.ofSeconds(40));
    assertThat(claims.recoverEnded()).isZero();
    assertThat(claims.markHandingOver(claim)).isTrue();
  }

  @Test
  void whatPeopleSendGoesBeforeRunsAndLimitsCountMinutes() {
    outbox.accept(draft("acc_1").bulk().build());
    Message byHand = outbox.accept(draft("acc_1").build());
    assertThat(claims.claim(ACCOUNT, 1, 1, "n1", LEASE))
        .singleElement()
        .satisfies(claim -> {
          assertThat(claim.message()).isEqualTo(byHand.id());
          claims.settle(claim, ACCEPTED);
        });
    assertThat(claims.claim(ACCOUNT, 1, 1, "n1", LEASE)).isEmpty();
    clock.advance(Duration.ofSeconds(61));
    assertThat(claims.claim(ACCOUNT, 1, 1, "n1", LEASE)).hasSize(1);
  }

  @Test
  void aDayLimitKeepsBackTheRestAndSaysWhenItGoesOn() {
    var allowance = new Allowance(0, 2, ZoneId.of("Europe/Amsterdam"));
    for (int i = 0; i < 2; i++) {
      outbox.accept(draft("acc_1").build());
      List<Claim> claimed = claims.claim(ACCOUNT, 5, allowance, "n1", LEASE);
      assertThat(claimed).hasSize(1);
      claims.settle(claimed.getFirst(), ACCEPTED);
      clock.advance(Duration.ofHours(1));
    }
    Message third = outbox.accept(draft("acc_1").build());
    assertThat(claims.claim(ACCOUNT, 5, allowance, "n1", LEASE)).isEmpty();
    Message waiting = outbox.get(CALLER, third.id());
    assertThat(waiting.state()).isEqualTo(MessageState.QUEUED);
    assertThat(waiting.attempts()).isZero();
    assertThat(waiting.dueAt()).isEqualTo(clock.instant().plus(Duration.ofHours(22)));
    String clockThere =
        waiting.dueAt().atZone(ZoneId.of("Europe/Amsterdam")).toLocalTime().toString();
    assertThat(waiting.note())
        .startsWith("The daily limit of 2 messages in 24 hours is reached. It goes on about")
        .contains(clockThere.substring(0, 5));
    clock.advance(Duration.ofHours(21));
    assertThat(claims.claim(ACCOUNT, 5, allowance, "n1", LEASE)).isEmpty();
    clock.advance(Duration.ofHours(1));
    assertThat(claims.claim(ACCOUNT, 5, allowance, "n1", LEASE))
        .singleElement()
        .satisfies(claim -> assertThat(claim.message()).isEqualTo(third.id()));
    assertThat(outbox.usage(ACCOUNT)).isEqualTo(new Outbox.Usage(1, 2));
  }

  @Test
  void failedTriesUseNothingOfTheDay() {
    var allowance = new Allowance(0, 1, ZoneOffset.UTC);
    Message message = outbox.accept(draft("acc_1").build());
    Claim first = claims.claim(ACCOUNT, 5, allowance, "n1", LEASE).getFirst();
    var away =
        new Failure(FailureKind.CONNECTION_REFUSED, Stage.CONNECT, Scope.ACCOUNT, Reply.none("x"));
    claims.settle(first, new Outcome.Deferred(away));
    clock.advance(Duration.ofHours(1));
    assertThat(claims.claim(ACCOUNT, 5, allowance, "n1", LEASE))
        .singleElement()
        .satisfies(claim -> assertThat(claim.message()).isEqualTo(message.id()));
  }

  @Test
  void anotherDayLimitIsLookedAtAtOnce() {
    var allowance = new Allowance(0, 1, ZoneOffset.UTC);
    outbox.accept(draft("acc_1").build());
    claims.settle(claims.claim(ACCOUNT, 1, allowance, "n1", LEASE).getFirst(), ACCEPTED);
    Message second = outbox.accept(draft("acc_1").build());
    Message later =
        outbox.accept(draft("acc_1").notBefore(clock.instant().plusSeconds(9999)).build());
    assertThat(claims.claim(ACCOUNT, 1, allowance, "n1", LEASE)).isEmpty();
    outbox.reconsider(ACCOUNT);
    assertThat(outbox.get(CALLER, second.id()).note()).isNull();
    assertThat(outbox.get(CALLER, later.id()).dueAt()).isEqualTo(later.dueAt());
    assertThat(claims.claim(ACCOUNT, 5, new Allowance(0, 2, ZoneOffset.UTC), "n1", LEASE))
        .singleElement()
        .satisfies(claim -> assertThat(claim.message()).isEqualTo(second.id()));
  }

  @Test
  void nodesThatClaimAtOnceKeepOneLimitTogether() throws Exception {
    for (int i = 0; i < 40; i++) outbox.accept(draft("acc_1").build());
    var allowance = new Allowance(15, 10, ZoneOffset.UTC);
    List<Callable<Integer>> nodes = new ArrayList<>();
    for (String node : List.of("n1", "n2", "n3", "n4"))
      nodes.add(() -> claims.claim(ACCOUNT, 8, allowance, node, LEASE).size());
    int all = 0;
    try (var pool = Executors.newFixedThreadPool(4)) {
      for (var each : pool.invokeAll(nodes)) all += each.get();
    }
    assertThat(all).isEqualTo(10);
  }

  @Test
  void holdsAndReleasesAllOfAnAccount() {
    Message one = outbox.accept(draft("acc_1").build());
    Message other = outbox.accept(draft("acc_2").build());
    assertThat(claims.waitingAccounts())
        .containsExactlyInAnyOrder(ACCOUNT, new AccountKey("co_1", "acc_2"));
    assertThat(outbox.holdFor(ACCOUNT, "Sign-in expired.")).isEqualTo(1);
    assertThat(state(one)).isEqualTo(MessageState.HELD);
    assertThat(state(other)).isEqualTo(MessageState.QUEUED);
    assertThat(outbox.heldAccounts()).containsExactly(ACCOUNT);
    assertThatThrownBy(() -> outbox.retry(CALLER, one.id()))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("account works again");
    assertThat(outbox.releaseFor(ACCOUNT)).isEqualTo(1);
    assertThat(outbox.timeline("co_1", one.id()))
        .extracting(TimelineEntry::type)
        .containsExactly("message.queued", "message.held", "message.queued");
  }

  @Test
  void peopleCancelRetryAndResolveOnlyWhatIsTheirs() {
    Message message = outbox.accept(draft("acc_1").build());
    Caller clerk =
        new Caller(
            "co_1",
            Caller.Kind.PERSON,
            "usr_2",
            "Tom",
            "tom@acme.example",
            Set.of(Right.SEND, Right.SEE_ALL_MAIL),
            false);
    Caller stranger =
        new Caller("co_2", Caller.Kind.PERSON, "usr_1", "Eve", null, Set.of(Right.values()), false);
    assertThatThrownBy(() -> outbox.cancel(clerk, message.id()))
        .hasMessageContaining("right to change others mail");
    assertThatThrownBy(() -> outbox.get(stranger, message.id()))
        .hasMessageContaining("does not exist");
    assertThat(outbox.cancel(CALLER, message.id()).state()).isEqualTo(MessageState.CANCELLED);
    assertThatThrownBy(() -> outbox.retry(CALLER, message.id())).isInstanceOf(Problem.class);

    Message refused = outbox.accept(draft("acc_1").build());
    claims.settle(
        claimOne("n1"), new Outcome.Rejected(refusal("a@x.example", 550, true).failure()));
    assertThat(state(refused)).isEqualTo(MessageState.NOT_SENT);
    assertThat(outbox.retry(CALLER, refused.id()).recipients())
        .extracting(Message.Recipient::state)
        .containsOnly(RecipientState.PENDING);

    Claim claim = claimOne("n1");
    claims.markHandingOver(claim);
    claims.settle(
        claim,
        new Outcome.Unclear(
            new Failure(
                FailureKind.ANSWER_LOST, Stage.CONTENT, Scope.MESSAGE, Reply.none("no answer"))));
    assertThatThrownBy(() -> outbox.retry(CALLER, refused.id()))
        .hasMessageContaining("Decide that first");
    assertThat(outbox.resolve(CALLER, refused.id(), Outbox.Resolution.ARRIVED).state())
        .isEqualTo(MessageState.SENT);
  }

  @Test
  void listsNewestFirstByCursorAndFilter() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++)
      ids.addFirst(outbox.accept(draft("acc_1").document("INV-" + i).build()).id());
    var first = outbox.list(CALLER, MessageFilter.ALL, 3, null);
    assertThat(first.data()).extracting(Message::id).isEqualTo(ids.subList(0, 3));
    assertThat(outbox.list(CALLER, MessageFilter.ALL, 3, first.nextCursor()).data())
        .extracting(Message::id)
        .isEqualTo(ids.subList(3, 5));
    assertThat(outbox.list(CALLER, MessageFilter.ALL.document("invoice", "INV-2"), 3, null).data())
        .hasSize(1);
    assertThat(outbox.list(CALLER, withText("inv-4"), 3, null).data()).hasSize(1);
    assertThat(outbox.list(CALLER, withText("%"), 3, null).data()).isEmpty();
    assertThat(new Counts(database).states(CALLER)).isEqualTo(Map.of(MessageState.QUEUED, 5L));
  }

  @Test
  void whatIsTypedExactlyIsFoundHoweverOldItIs() {
    String old = outbox.accept(draft("acc_1").document("INV-1").build()).id();
    for (int i = 10; i < 15; i++) outbox.accept(draft("acc_1").document("INV-" + i).build());
    assertThat(found(looked("inv-1", null).data())).containsExactly(old);
    String address = outbox.get(CALLER, old).recipients().getFirst().address().spec();
    assertThat(found(looked(address.toUpperCase(Locale.ROOT), null).data())).contains(old);
    assertThat(found(looked(outbox.get(CALLER, old).messageId(), null).data()))
        .containsExactly(old);
    outbox.cancel(CALLER, old);
    var waiting = MessageFilter.ALL.text("INV-1").states(Set.of(MessageState.QUEUED));
    assertThat(outbox.list(CALLER, waiting, 10, null).data()).isEmpty();
  }

  @Test
  void aPartOfAWordIsLookedForAFewMessagesAtATime() {
    for (int i = 0; i < 7; i++) outbox.accept(draft("acc_1").document("INV-" + i).build());
    List<String> numbers = new ArrayList<>();
    List<Integer> pages = new ArrayList<>();
    String cursor = null;
    do {
      var page = looked("V-1", cursor);
      page.data().forEach(message -> numbers.add(message.document().number()));
      pages.add(page.data().size());
      assertThat(page.hasMore()).isEqualTo(page.nextCursor() != null);
      cursor = page.nextCursor();
    } while (cursor != null);
    assertThat(numbers).containsExactly("INV-1");
    assertThat(pages).containsExactly(0, 1, 0);
  }

  /** Looks through three messages at a time. */
  private Slice<Message> looked(String text, String cursor) {
    return database.read(
        sql -> ListRows.page(sql, "co_1", MessageFilter.ALL.text(text), 10, cursor, 2));
  }

  private static List<String> found(List<Message> messages) {
    return messages.stream().map(Message::id).toList();
  }

  @Test
  void aMessageStandsInTheHistoryOfEveryDocumentItCarries() {
    String both = outbox.accept(draft("acc_1").document("INV-1").further("PS-1").build()).id();
    String other = outbox.accept(draft("acc_1").document("INV-2").build()).id();
    assertThat(listed("invoice", "INV-1")).containsExactly(both);
    assertThat(listed("packing_slip", "PS-1")).containsExactly(both);
    assertThat(listed("invoice", "INV-2")).containsExactly(other);
    assertThat(listed("invoice", "PS-1")).isEmpty();
    assertThat(outbox.further("co_1", both))
        .containsExactly(new Message.DocumentRef("packing_slip", "PS-1"));
    assertThat(outbox.further("co_1", other)).isEmpty();
  }

  private List<String> listed(String kind, String number) {
    return outbox.list(CALLER, MessageFilter.ALL.document(kind, number), 9, null).data().stream()
        .map(Message::id)
        .toList();
  }

  @Test
  void manyNodesNeverClaimTheSame() throws Exception {
    for (int i = 0; i < 60; i++) outbox.accept(draft("acc_1").build());
    Set<String> seen = Collections.synchronizedSet(new HashSet<>());
    List<Callable<Integer>> nodes = new ArrayList<>();
    for (int n = 0; n < 6; n++) {
      String node = "n" + n;
      nodes.add(() -> {
        int mine = 0;
        List<Claim> batch;
        while (!(batch = claims.claim(ACCOUNT, 5, 0, node, LEASE)).isEmpty()) {
          for (Claim claim : batch) assertThat(seen.add(claim.message())).isTrue();
          mine += batch.size();
        }
        return mine;
      });
    }
    int total = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(nodes)) total += done.get();
    }
    assertThat(total).isEqualTo(60);
  }

  private Claim claimOne(String node) {
    List<Claim> claimed = claims.claim(ACCOUNT, 1, 0, node, LEASE);
    assertThat(claimed).hasSize(1);
    return claimed.getFirst();
  }

  private MessageState state(Message message) {
    return outbox.get(CALLER, message.id()).state();
  }

  private static MessageFilter withText(String text) {
    return MessageFilter.ALL.text(text);
  }

  private static Refusal refusal(String address, int code, boolean permanent) {
    FailureKind kind = permanent ? FailureKind.RECIPIENT_REFUSED : FailureKind.RECIPIENT_DEFERRED;
    return new Refusal(
        address,
        new Failure(kind, Stage.RECIPIENT, Scope.RECIPIENT, Reply.of(code, "no")),
        permanent);
  }

  private static byte[] mime() {
    return "Subject: x\r\n\r\nhello\r\n".getBytes(StandardCharsets.UTF_8);
  }

  private static DraftBuilder draft(String account) {
    return new DraftBuilder(account);
  }

  private static final class DraftBuilder {
    private final String account;
    private List<Draft.To> to = List.of(new Draft.To(Address.of("a@x.example"), RecipientRole.TO));
    private boolean bulk;
    private Instant notBefore;
    private Message.DocumentRef document;
    private List<Message.DocumentRef> further = List.of();

    DraftBuilder(String account) {
      this.account = account;
    }

    DraftBuilder to(String... addresses) {
      to =
          java.util.Arrays.stream(addresses)
              .map(a -> new Draft.To(Address.of(a), RecipientRole.TO))
              .toList();
      return this;
    }

    DraftBuilder notBefore(Instant moment) {
      notBefore = moment;
      return this;
    }

    DraftBuilder bulk() {
      bulk = true;
      return this;
    }

    DraftBuilder document(String number) {
      document = new Message.DocumentRef("invoice", number);
      return this;
    }

    DraftBuilder further(String number) {
      further = List.of(new Message.DocumentRef("packing_slip", number));
      return this;
    }

    Draft build() {
      String id = Ids.next("msg");
      return new Draft(
          "co_1",
          id,
          account,
          Address.parse("Acme <s@acme.example>"),
          Address.of("s@acme.example"),
          "<" + id + "@acme.example>",
          "Hello",
          to,
          mime(),
          bulk,
          notBefore,
          new Message.Origin("key", "key_1", "ERP"),
          document,
          further,
          null,
          null,
          null,
          null,
          Map.of("account", "Default account"),
          null,
          null,
          null);
    }
  }
}
