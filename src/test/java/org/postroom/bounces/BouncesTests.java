package org.postroom.bounces;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.bounces.Bounce.Outcome;
import org.postroom.bounces.Bounce.Source;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.mail.Address;
import org.postroom.mail.RecipientRole;
import org.postroom.notifications.Notification;
import org.postroom.notifications.NotificationChoices;
import org.postroom.notifications.Notifications;
import org.postroom.outbox.AccountKey;
import org.postroom.outbox.Claim;
import org.postroom.outbox.Claims;
import org.postroom.outbox.Draft;
import org.postroom.outbox.Message;
import org.postroom.outbox.MessageReturned;
import org.postroom.outbox.Outbox;
import org.postroom.outbox.RecipientState;
import org.postroom.outbox.Returns;
import org.postroom.outbox.TimelineEntry;
import org.postroom.suppression.Suppression;
import org.postroom.suppression.Suppressions;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;
import org.postroom.transport.Reply;

@ParameterizedClass
@EnumSource
class BouncesTests {
  private static final Caller CALLER = Caller.postroom("co_1");

  @Parameter TestDatabase kind;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-02T09:00:00Z"));
  private final List<Object> published = Collections.synchronizedList(new ArrayList<>());
  private Database database;
  private Outbox outbox;
  private Claims claims;
  private Bounces bounces;
  private Suppressions suppressions;
  private Notifications notifications;

  @BeforeEach
  void open() {
    database = kind.open(clock);
    outbox = new Outbox(database, published::add);
    claims = new Claims(database, published::add);
    suppressions = new Suppressions(database, new Audit(database), published::add);
    notifications = new Notifications(database);
    bounces =
        new Bounces(
            database,
            new Returns(database, published::add),
            new Consequences(new Blame(suppressions), new CameBack(notifications)),
            new Meters(new SimpleMeterRegistry()));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void anUnknownUserBouncesTheRecipientBlocksTheAddressAndIsKept() {
    Message sent = sent("a@x.example", "b@x.example");

    Taken taken = take(failed("r1", sent.messageId(), "b@x.example", "5.1.1", "550 5.1.1 no user"));

    assertThat(taken.kind()).isEqualTo(Returned.Kind.BOUNCE);
    Bounce bounce = taken.bounces().getFirst();
    assertThat(bounce.outcome()).isEqualTo(Outcome.BOUNCED);
    assertThat(bounce.message()).isEqualTo(sent.id());
    assertThat(bounce.matchedBy()).isEqualTo("message_id");
    assertThat(bounce.reason()).isEqualTo(Reason.USER_UNKNOWN);
    Message now = outbox.get(CALLER, sent.id());
    assertThat(now.recipients())
        .extracting(Message.Recipient::state)
        .containsExactly(RecipientState.ACCEPTED, RecipientState.BOUNCED);
    TimelineEntry last = outbox.timeline("co_1", sent.id()).getLast();
    assertThat(last.detail())
        .isEqualTo("Came back from mx.example. b@x.example: There is no such mailbox.");
    Suppression blocked = suppressions.find("co_1", "b@x.example").orElseThrow();
    assertThat(blocked.cause()).isEqualTo(Suppression.Cause.HARD_BOUNCE);
    assertThat(blocked.message()).isEqualTo(sent.id());
    assertThat(suppressions.find("co_1", "a@x.example")).isEmpty();
    assertThat(published)
        .contains(new MessageReturned("co_1", sent.id(), "b@x.example", Returns.News.BOUNCED));
    assertThat(bounces.list(CALLER, BounceFilter.ALL, 10, null).data())
        .extracting(Bounce::id)
        .containsExactly(bounce.id());
    assertThat(bounces.about(now)).hasSize(1);
  }

  @Test
  void theSameReportTwiceSaysNothingNewAndIsKeptOnce() {
    Message sent = sent("a@x.example");
    String report = failed("r1", sent.messageId(), "a@x.example", "5.1.1", "550 5.1.1 no user");
    Bounce first = take(report).bounces().getFirst();
    int entries = outbox.timeline("co_1", sent.id()).size();
    assertThat(take(report).bounces()).containsExactly(first);
    assertThat(outbox.timeline("co_1", sent.id())).hasSize(entries);
    assertThat(bounces.list(CALLER, BounceFilter.ALL, 10, null).data()).hasSize(1);
  }

  @Test
  void ourOwnFaultsBounceAndBlockNobody() {
    Message sent = sent("a@x.example");
    Taken taken =
        take(
            failed(
                "r1",
                sent.messageId(),
                "a@x.example",
                "5.7.1",
                "554 5.7.1 Client host blocked using zen.example, see http://zen.example"));
    assertThat(taken.bounces().getFirst().outcome()).isEqualTo(Outcome.BOUNCED);
    assertThat(suppressions.find("co_1", "a@x.example")).isEmpty();
  }

  @Test
  void aReportThatFitsNoMessageIsKeptAndBlocksNobody() {
    Taken taken = take(failed("r1", "<other@y.example>", "z@x.example", "5.1.1", "550 no user"));
    assertThat(taken.bounces().getFirst().outcome()).isEqualTo(Outcome.NOT_MATCHED);
    assertThat(suppressions.find("co_1", "z@x.example")).isEmpty();
    BounceFilter open = new BounceFilter(null, null, false, null, "Z@X", null, null);
    assertThat(bounces.list(CALLER, open, 10, null).data()).hasSize(1);
    BounceFilter matched = new BounceFilter(null, null, true, null, null, null, null);
    assertThat(bounces.list(CALLER, matched, 10, null).data()).isEmpty();
  }

  @Test
  void aReportAboutAStrangerOfARealMessageBlocksNobody() {
    Message sent = sent("a@x.example");
    Taken taken =
        take(failed("r1", sent.messageId(), "victim@y.example", "5.1.1", "550 5.1.1 no user"));
    assertThat(taken.bounces().getFirst().outcome()).isEqualTo(Outcome.NOT_A_RECIPIENT);
    assertThat(suppressions.find("co_1", "victim@y.example")).isEmpty();
    assertThat(outbox.get(CALLER, sent.id()).recipients().getFirst().state())
        .isEqualTo(RecipientState.ACCEPTED);
  }

  @Test
  void peopleAreToldOnceWhatCameBackAndNothingElse() {
    Message sent = sent("a@x.example", "b@x.example");
    String report = failed("r1", sent.messageId(), "a@x.example", "5.1.1", "550 5.1.1 no user");
    take(report);
    take(report);
    take(failed("r2", sent.messageId(), "a@x.example", "5.1.1", "550 5.1.1 no user, once more"));
    take(
        failed("r3", sent.messageId(), "b@x.example", "4.4.1", "451").replace("failed", "delayed"));
    take(failed("r4", sent.messageId(), "victim@y.example", "5.1.1", "550 5.1.1 no user"));
    take(failed("r5", "<other@y.example>", "z@x.example", "5.1.1", "550 5.1.1 no user"));

    Notification told = notifications.list("co_1", 50, null).data().getFirst();
    assertThat(notifications.list("co_1", 50, null).data()).hasSize(1);
    assertThat(told.kind()).isEqualTo(Notification.Kind.MAIL_CAME_BACK);
    assertThat(told.title())
        .isEqualTo("Invoice INV-7 to a@x.example came back")
        .doesNotContain(sent.subject());
    assertThat(told.text())
        .isEqualTo(
            """
            There is no such mailbox.
            The server said: 550 5.1.1 no user
            Nothing more is sent to this address until somebody unblocks it.\
            """);
    assertThat(told.link()).isEqualTo("/messages/" + sent.id());
    assertThat(told.documentNumber()).isEqualTo("INV-7");
  }

  @Test
  void aCompanyDoesWithoutBeingTold() {
    var choices = new NotificationChoices(database, new Audit(database));
    choices.save(administrator(), Map.of(Notification.Kind.MAIL_CAME_BACK, false));
    Message sent = sent("a@x.example", "b@x.example");
    take(failed("r1", sent.messageId(), "a@x.example", "5.1.1", "550 5.1.1 no user"));
    assertThat(notifications.list("co_1", 50, null).data()).isEmpty();
    assertThat(outbox.get(CALLER, sent.id()).recipients().getFirst().state())
        .as("everything else happens as ever")
        .isEqualTo(RecipientState.BOUNCED);

    choices.save(administrator(), Map.of(Notification.Kind.MAIL_CAME_BACK, true));
    take(failed("r2", sent.messageId(), "b@x.example", "5.7.1", "550 5.7.1 your IP is blocked"));
    assertThat(notifications.list("co_1", 50, null).data().getFirst().text())
        .contains("This is our matter");
  }

  @Test
  void delaysAreNotedAndBlockNobodyThenTheBounceCounts() {
    Message sent = sent("a@x.example");
    take(
        failed("r1", sent.messageId(), "a@x.example", "4.4.1", "451 no answer")
            .replace("Action: failed", "Action: delayed"));
    assertThat(outbox.timeline("co_1", sent.id()).getLast().type()).isEqualTo("message.held_up");
    assertThat(outbox.get(CALLER, sent.id()).recipients().getFirst().state())
        .isEqualTo(RecipientState.ACCEPTED);
    take(failed("r2", sent.messageId(), "a@x.example", "5.1.1", "550 5.1.1 no user"));
    assertThat(outbox.get(CALLER, sent.id()).recipients().getFirst().state())
        .isEqualTo(RecipientState.BOUNCED);
  }

  @Test
  void aReportFoundByTheAddressAloneCountsWhereOneMessageFits() {
    sent("a@x.example");
    Bounce bounce =
        take(failed("r1", null, "a@x.example", "5.1.1", "550 5.1.1 no user")).bounces().getFirst();
    assertThat(bounce.matchedBy()).isEqualTo("recipient");
    assertThat(bounce.outcome()).isEqualTo(Outcome.BOUNCED);
  }

  @Test
  void mailOfPeopleIsNotKept() {
    Taken taken =
        take("From: anna@x.example\r\nTo: me@acme.example\r\nSubject: Lunch?\r\n\r\nAt noon.\r\n");
    assertThat(taken.report()).isFalse();
    assertThat(bounces.list(CALLER, BounceFilter.ALL, 10, null).data()).isEmpty();
  }

  @Test
  void anotherCompanysReportFindsNothingOfOurs() {
    Message sent = sent("a@x.example");
    String report = failed("r1", sent.messageId(), "a@x.example", "5.1.1", "550 5.1.1 no user");
    Taken taken =
        bounces.take(new Arrived("co_2", bytes(report), Source.API, null, clock.instant()));
    assertThat(taken.bounces().getFirst().outcome()).isEqualTo(Outcome.NOT_MATCHED);
    assertThat(bounces.list(CALLER, BounceFilter.ALL, 10, null).data()).isEmpty();
  }

  private static Caller administrator() {
    return new Caller(
        "co_1",
        Caller.Kind.PERSON,
        "usr_1",
        "Maria",
        "m@acme.example",
        Set.of(Right.MANAGE_AUTOMATIONS),
        false);
  }

  private Taken take(String report) {
    return bounces.take(new Arrived("co_1", bytes(report), Source.API, null, clock.instant()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String failed(
      String id, String original, String address, String status, String said) {
    String returned =
        original == null
            ? ""
            : "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: "
                + original
                + "\r\n\r\n";
    return "From: Mail Delivery System <MAILER-DAEMON@mx.example>\r\n"
        + "Message-ID: <"
        + id
        + "@mx.example>\r\nSubject: Undelivered Mail Returned to Sender\r\nMIME-Version: 1.0\r\n"
        + "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n"
        + "--b\r\n\r\nIt failed.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        + "Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; "
        + address
        + "\r\nAction: failed\r\nStatus: "
        + status
        + "\r\nDiagnostic-Code: smtp; "
        + said
        + "\r\n\r\n"
        + returned
        + "--b--\r\n";
  }

  private Message sent(String... to) {
    String id = Ids.next("msg");
    Message message =
        outbox.accept(
            new Draft(
                "co_1",
                id,
                "acc_1",
                Address.of("from@acme.example"),
                Address.of("from@acme.example"),
                "<" + id + "@acme.example>",
                "Private words",
                java.util.Arrays.stream(to)
                    .map(one -> new Draft.To(Address.of(one), RecipientRole.TO))
                    .toList(),
                bytes("Subject: x\r\n\r\nx\r\n"),
                false,
                null,
                new Message.Origin("person", "usr_1", "Maria"),
                new Message.DocumentRef("invoice", "INV-7"),
                List.of(),
                null,
                null,
                null,
                null,
                Map.of(),
                null,
                null,
                null));
    Claim claim =
        claims
            .claim(new AccountKey("co_1", "acc_1"), 1, 0, "n1", Duration.ofSeconds(45))
            .getFirst();
    claims.markHandingOver(claim);
    claims.settle(claim, new org.postroom.transport.Outcome.Accepted(Reply.of(250, "2.0.0 ok")));
    return outbox.get(CALLER, id);
  }
}
