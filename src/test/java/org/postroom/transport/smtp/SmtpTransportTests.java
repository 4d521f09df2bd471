package org.postroom.transport.smtp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.mail.Address;
import org.postroom.mail.Envelope;
import org.postroom.net.Names;
import org.postroom.net.Trust;
import org.postroom.testkit.Overheard;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.SmtpScript.Effect;
import org.postroom.testkit.SmtpScript.Verb;
import org.postroom.testkit.TestCertificates;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Login;
import org.postroom.transport.Login.Credentials;
import org.postroom.transport.Login.Security;
import org.postroom.transport.Outcome;
import org.postroom.transport.Outcome.Refusal;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;
import org.postroom.transport.Submission;

class SmtpTransportTests {
  private static final TestCertificates CERTIFICATES = TestCertificates.forLocalhost();
  private static final Trust TRUST = Trust.withAlso(List.of(CERTIFICATES.authority()));
  private static final Credentials PASSWORD = new Credentials.Password("user", "Tr0ub4dor&3");
  private static final Patience PATIENCE = Patience.standard().atMost(Duration.ofSeconds(30));
  private static final Patience HASTY = Patience.standard().atMost(Duration.ofSeconds(1));

  private ScriptedSmtpServer server;
  private SmtpTransport transport = new SmtpTransport(TRUST, PATIENCE);

  @AfterEach
  void stop() {
    transport.close();
    if (server == null) return;
    assertThat(server.violations()).isEmpty();
    server.close();
  }

  // Reports that come later

  @Test
  void tellsServersThatReportWhoseMailItWas() {
    start(SmtpOffer.plain());
    server.script().at(Verb.EHLO).say("250-scripted.example\n250-PIPELINING\n250 DSN");
    var envelope =
        new Envelope(
            Address.of("from@acme.example"),
            List.of(Address.of("anna+bills=2@x.example"), Address.of("bob@x.example")));
    var conversation = new Overheard();
    accepted(
        transport.submit(
            new Submission(envelope, "Subject: x\r\n\r\nx\r\n".getBytes(UTF_8), "msg_01"),
            plain(),
            conversation));
    assertThat(server.received().getFirst().mail()).endsWith("RET=HDRS ENVID=msg_01");
    assertThat(server.received().getFirst().recipients())
        .containsExactly("anna+bills=2@x.example", "bob@x.example");
    assertThat(conversation.lines())
        .contains(
            "C: RCPT TO:<anna+bills=2@x.example> NOTIFY=FAILURE,DELAY ORCPT=rfc822;anna+2Bbills+3D2@x.example",
            "C: RCPT TO:<bob@x.example> NOTIFY=FAILURE,DELAY ORCPT=rfc822;bob@x.example");
  }

  @Test
  void asksServersThatDoNotReportForNothing() {
    start(SmtpOffer.plain());
    accepted(transport.submit(mail("x"), plain(), new Overheard()));
    assertThat(server.received().getFirst().mail()).doesNotContain("RET=").doesNotContain("ENVID");
  }

  // Connections are kept

  @Test
  void keepsOneConnectionForManyMessages() {
    start(SmtpOffer.plain().startTls(CERTIFICATES).auth("user", "Tr0ub4dor&3", "PLAIN"));
    for (int i = 0; i < 100; i++) accepted(submit(startTls(), mail("x")));
    assertThat(server.connections()).isEqualTo(1);
    assertThat(server.handshakes()).isEqualTo(1);
    assertThat(server.signIns()).isEqualTo(1);
    accepted(submit(startTls(), mail("x")));
    assertThat(server.connections()).as("after 100 messages a new one").isEqualTo(2);
  }

  @Test
  void aKeptConnectionTellsOnlyTheStagesOfTheMessage() {
    start(SmtpOffer.plain());
    accepted(submit(plain(), mail("x")));
    var second = new Overheard();
    accepted(transport.submit(mail("x"), plain(), second));
    assertThat(second.stages()).containsExactly(Stage.SENDER, Stage.RECIPIENT, Stage.CONTENT);
  }

  @Test
  void whoWatchesSeesEveryStageOnAConnectionOfItsOwn() {
    start(SmtpOffer.plain().startTls(CERTIFICATES).auth("user", "Tr0ub4dor&3", "PLAIN"));
    accepted(submit(startTls(), mail("x")));
    for (int i = 0; i < 2; i++) {
      var watching = Overheard.ofProbe();
      accepted(transport.submit(mail("x"), startTls(), watching));
      assertThat(watching.stages()).containsExactly(Stage.values());
    }
    assertThat(server.connections()).isEqualTo(3);
    accepted(submit(startTls(), mail("x")));
    assertThat(server.connections()).as("the kept one is used again").isEqualTo(3);
  }

  @Test
  void anotherPasswordNeverUsesAKeptConnection() {
    start(SmtpOffer.plain().startTls(CERTIFICATES).auth("user", "Tr0ub4dor&3", "PLAIN"));
    accepted(submit(startTls(), mail("x")));
    var other = new Credentials.Password("user", "wrong");
    Outcome outcome = submit(login("localhost", Security.STARTTLS, other), mail("x"));
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.SIGN_IN_REFUSED);
  }

  @Test
  void replacesAConnectionThatTheServerClosedMeanwhile() {
    start(SmtpOffer.plain());
    accepted(submit(plain(), mail("one")));
    server.dropConnections();
    var conversation = new Overheard();
    accepted(transport.submit(mail("two"), plain(), conversation));
    assertThat(conversation.asked()).isEqualTo(1);
    assertThat(server.received()).hasSize(2);
    assertThat(server.connections()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void replacesAConnectionOnWhichTheServerSaysFarewell(boolean pipelining) {
    start(SmtpOffer.plain().pipelining(pipelining));
    accepted(submit(plain(), mail("one")));
    server.at(Verb.MAIL).connection(1).sayAndClose("421 4.4.2 idle for too long");
    accepted(submit(plain(), mail("two")));
    assertThat(server.received()).hasSize(2);
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void replacesAConnectionOnlyOnce() {
    start(SmtpOffer.plain());
    accepted(submit(plain(), mail("one")));
    server.at(Verb.MAIL).drop();
    assertThat(failure(submit(plain(), mail("two"))).kind()).isEqualTo(FailureKind.CONNECTION_LOST);
    assertThat(server.connections()).isEqualTo(2);
  }

  @Test
  void neverTriesAgainOnceContentMayHaveLeft() {
    start(SmtpOffer.plain());
    accepted(submit(plain(), mail("one")));
    server.at(Verb.CONTENT).drop();
    assertThat(submit(plain(), mail("two"))).isInstanceOf(Outcome.Unclear.class);
    assertThat(server.contents()).isEqualTo(2);
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void saysGoodbyeOnConnectionsUnusedForTooLong() {
    transport = new SmtpTransport(TRUST, PATIENCE.keepingIdle(Duration.ofMillis(50)));
    start(SmtpOffer.plain());
    accepted(submit(plain(), mail("x")));
    await().until(() -> server.openConnections() == 0);
    assertThat(server.commands()).endsWith("QUIT");
  }

  @Test
  void saysGoodbyeWhenClosed() {
    start(SmtpOffer.plain());
    accepted(submit(plain(), mail("x")));
    transport.close();
    assertThat(server.commands()).endsWith("QUIT");
    await().until(() -> server.openConnections() == 0);
  }

  @Test
  void closingDoesNotWaitForAServerThatDoesNotAnswer() {
    start(SmtpOffer.plain());
    server.at(Verb.QUIT).stall();
    accepted(submit(plain(), mail("x")));
    transport.close();
    await().until(() -> server.commands().contains("QUIT"));
  }

  @Test
  void forgetsARefusedMessageBeforeTheNext() {
    start(SmtpOffer.plain());
    server.at(Verb.RCPT).message(1).say("550 5.1.1 unknown");
    assertThat(submit(plain(), mail("one"))).isInstanceOf(Outcome.Rejected.class);
    accepted(submit(plain(), mail("two")));
    assertThat(server.connections()).isEqualTo(1);
    assertThat(server.commands()).containsOnlyOnce("RSET");
  }

  // Recipients

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyRecipientHasItsOwnAnswer(boolean pipelining) {
    start(SmtpOffer.plain().pipelining(pipelining));
    server.at(Verb.RCPT).recipient(2).say("450 4.2.1 busy");
    server.at(Verb.RCPT).recipient(3).say("550 5.1.1 unknown");
    Outcome outcome = submit(plain(), mail("x", "a@x.example", "b@x.example", "c@x.example"));
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    assertThat(server.received().getFirst().recipients()).containsExactly("a@x.example");
    assertThat(outcome.refused())
        .extracting(Refusal::recipient, Refusal::permanent, one -> one.failure().reply().line())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("b@x.example", false, "450 4.2.1 busy"),
            org.assertj.core.groups.Tuple.tuple("c@x.example", true, "550 5.1.1 unknown"));
  }

  @Test
  void oneWhoMayBeServedLaterDefersTheMessage() {
    start(SmtpOffer.plain());
    server.at(Verb.RCPT).recipient(1).say("550 5.1.1 unknown");
    server.at(Verb.RCPT).recipient(2).say("450 4.2.1 busy");
    Outcome outcome = submit(plain(), mail("x", "a@x.example", "b@x.example"));
    assertThat(outcome).isInstanceOf(Outcome.Deferred.class);
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.RECIPIENT_DEFERRED);
    assertThat(outcome.refused()).extracting(Refusal::permanent).containsExactly(true, false);
    assertThat(server.contents()).isZero();
  }

  @Test
  void nobodyLeftRejectsTheMessage() {
    start(SmtpOffer.plain());
    server.at(Verb.RCPT).say("550 5.1.1 unknown");
    Outcome outcome = submit(plain(), mail("x", "a@x.example", "b@x.example"));
    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(outcome.refused()).hasSize(2);
  }

  @Test
  void aServerThatForwardsNothingForUsConcernsTheAccount() {
    start(SmtpOffer.plain());
    server.at(Verb.RCPT).recipient(1).say("550 5.1.1 unknown");
    server.at(Verb.RCPT).recipient(2).say("554 5.7.1 <b@x.example>: Relay access denied");
    Outcome outcome = submit(plain(), mail("x", "a@x.example", "b@x.example"));
    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.RELAY_DENIED);
    assertThat(failure(outcome).scope()).isEqualTo(Scope.ACCOUNT);
  }

  @Test
  void refusalsHeardBeforeTheConnectionBrokeAreKept() {
    start(SmtpOffer.plain());
    server.at(Verb.RCPT).recipient(1).say("550 5.1.1 unknown");
    server.at(Verb.DATA).drop();
    Outcome outcome = submit(plain(), mail("x", "a@x.example", "b@x.example"));
    assertThat(outcome).isInstanceOf(Outcome.Deferred.class);
    assertThat(outcome.refused()).extracting(Refusal::recipient).containsExactly("a@x.example");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void hangsUpOnAServerThatWantsContentForNobody(boolean pipelining) {
    start(SmtpOffer.plain().pipelining(pipelining));
    server.at(Verb.RCPT).say("550 5.1.1 unknown");
    server.at(Verb.DATA).say("354 go on");
    assertThat(submit(plain(), mail("x"))).isInstanceOf(Outcome.Rejected.class);
    assertThat(server.contents()).isZero();
  }

  @Test
  void servesManyRecipientsInGroups() {
    start(SmtpOffer.plain());
    server.at(Verb.RCPT).recipient(150).say("550 5.1.1 unknown");
    String[] all = new String[250];
    Arrays.setAll(all, i -> "r" + i + "@x.example");
    Outcome outcome = submit(plain(), mail("x", all));
    accepted(outcome);
    assertThat(outcome.refused()).extracting(Refusal::recipient).containsExactly("r149@x.example");
    assertThat(server.received().getFirst().recipients()).hasSize(249);
  }

  // What the server cannot take is not begun

  @Test
  void declaresTheSizeAndRefusesWhatIsTooLarge() {
    start(SmtpOffer.plain().size(1000));
    accepted(submit(plain(), mail("x")));
    assertThat(server.received().getFirst().mail()).contains(" SIZE=" + mail("x").content().length);
    Outcome outcome = submit(plain(), mail("y".repeat(1000)));
    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.MESSAGE_TOO_LARGE);
    assertThat(failure(outcome).scope()).isEqualTo(Scope.MESSAGE);
    assertThat(server.commands()).containsOnlyOnce("MAIL");
  }

  @Test
  void usesSmtpUtf8OnlyWhereNeeded() {
    start(SmtpOffer.plain());
    accepted(submit(plain(), mail("Grüße")));
    accepted(submit(plain(), mail("x", "jörg@x.example")));
    accepted(submit(plain(), mail("x", "info@bücher.example")));
    assertThat(server.received().get(0).mail()).contains("BODY=8BITMIME").doesNotContain("UTF8");
    assertThat(server.received().get(1).mail()).contains("SMTPUTF8");
    assertThat(server.received().get(2).mail()).doesNotContain("UTF8");
    assertThat(server.received().get(2).recipients()).containsExactly("info@xn--bcher-kva.example");
  }

  @Test
  void aHeaderInUtf8NeedsSmtpUtf8Too() {
    start(SmtpOffer.plain().smtpUtf8(false));
    byte[] content = "Subject: Grüße\r\n\r\nx\r\n".getBytes(UTF_8);
    Outcome outcome = submit(plain(), new Submission(mail("x").envelope(), content));
    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.UTF8_NOT_SUPPORTED);
    assertThat(server.commands()).doesNotContain("MAIL");
  }

  @Test
  void withoutSmtpUtf8OnlyTheAddressThatNeedsItIsRefused() {
    start(SmtpOffer.plain().smtpUtf8(false));
    Outcome outcome = submit(plain(), mail("x", "a@x.example", "jörg@x.example"));
    accepted(outcome);
    assertThat(outcome.refused())
        .extracting(Refusal::recipient, one -> one.failure().kind())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("jörg@x.example", FailureKind.UTF8_NOT_SUPPORTED));
    Outcome alone = submit(plain(), mail("x", "jörg@x.example"));
    assertThat(alone).isInstanceOf(Outcome.Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\n.\nb\r\n", "a\r\n.\nb\r\n", "a\n.\r\nb\r\n", "a\rb\r\n", "end\r"})
  void neverHandsOverLineBreaksThatServersReadDifferently(String body) {
    start(SmtpOffer.plain());
    byte[] content = ("Subject: x\r\n\r\n" + body).getBytes(UTF_8);
    Outcome outcome = submit(plain(), new Submission(mail("x").envelope(), content));
    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.CONTENT_REFUSED);
    assertThat(server.connections()).isZero();
  }

  @Test
  void endsContentWithoutALastLineBreak() {
    start(SmtpOffer.plain());
    byte[] content = "Subject: x\r\n\r\nend".getBytes(UTF_8);
    accepted(submit(plain(), new Submission(mail("x").envelope(), content)));
    assertThat(server.received().getFirst().content())
        .isEqualTo("Subject: x\r\n\r\nend\r\n".getBytes(UTF_8));
  }

  // Content and time

  @Test
  void contentCutOffInTheMiddleIsNotUnclear() {
    start(SmtpOffer.plain());
    server.at(Verb.BODY).does(new Effect.DropAfter(1000));
    Outcome outcome = submit(plain(), mail(("z".repeat(76) + "\r\n").repeat(200_000)));
    assertThat(outcome).isInstanceOf(Outcome.Deferred.class);
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.CONNECTION_LOST);
    assertThat(failure(outcome).stage()).isEqualTo(Stage.CONTENT);
  }

  @Test
  void aServerThatStopsReadingDoesNotHoldUsForEver() {
    transport =
        new SmtpTransport(
            TRUST, new Patience(LONG, LONG, LONG, LONG, Duration.ofMillis(500), LONG, LONG));
    start(SmtpOffer.plain());
    server.at(Verb.BODY).stall();
    Outcome outcome = submit(plain(), mail(("z".repeat(76) + "\r\n").repeat(400_000)));
    assertThat(outcome).isInstanceOf(Outcome.Deferred.class);
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.ANSWER_TIMEOUT);
  }

  @Test
  void aServerThatDripsItsReplyDoesNotHoldUsForEver() {
    transport = new SmtpTransport(TRUST, HASTY);
    start(SmtpOffer.plain());
    server.at(Verb.EHLO).drip("250 " + "slow".repeat(500));
    Outcome outcome = submit(plain(), mail("x"));
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.ANSWER_TIMEOUT);
  }

  @Test
  void waitsLongerForTheAnswerToTheContentThanForCommands() {
    assertThat(Patience.standard().answer()).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
    transport =
        new SmtpTransport(
            TRUST, new Patience(LONG, LONG, Duration.ofSeconds(2), LONG, LONG, LONG, LONG));
    start(SmtpOffer.plain());
    server.at(Verb.CONTENT).drip("250 2.0.0 " + "kept ".repeat(40));
    accepted(submit(plain(), mail("x")));
  }

  @Test
  void aReplyWithoutEndIsBroken() {
    start(SmtpOffer.plain());
    server.at(Verb.EHLO).say("250-x\r\n".repeat(300) + "250 x");
    assertThat(failure(submit(plain(), mail("x"))).kind()).isEqualTo(FailureKind.PROTOCOL_BROKEN);
  }

  @Test
  void aLineWithoutEndIsBroken() {
    start(SmtpOffer.plain());
    server.at(Verb.EHLO).say("250 " + "x".repeat(20_000));
    assertThat(failure(submit(plain(), mail("x"))).kind()).isEqualTo(FailureKind.PROTOCOL_BROKEN);
  }

  @Test
  void longRepliesOfExchangeAreTaken() {
    start(SmtpOffer.plain());
    server.at(Verb.CONTENT).say("554 5.2.252 SendAsDenied; " + "0123456789ABCDEF".repeat(500));
    assertThat(failure(submit(plain(), mail("x"))).kind()).isEqualTo(FailureKind.SENDER_REFUSED);
  }

  // Privacy

  @Test
  void neverFallsBackToAPlainConnection() {
    start(SmtpOffer.plain().auth("user", "Tr0ub4dor&3", "PLAIN"));
    Outcome outcome = submit(startTls(), mail("x"));
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.TLS_NOT_OFFERED);
    assertThat(server.commands()).containsExactly("EHLO");
  }

  @Test
  void trustsNoUnknownAuthority() {
    transport = new SmtpTransport(Trust.ofSystem(), PATIENCE);
    start(SmtpOffer.plain().startTls(CERTIFICATES).auth("user", "Tr0ub4dor&3", "PLAIN"));
    Outcome outcome = submit(startTls(), mail("x"));
    assertUntrusted(outcome, "issuer not known");
  }

  @Test
  void trustsNoCertificateOfAnotherName() {
    TestCertificates other = TestCertificates.forNames("mail.other.example");
    transport = new SmtpTransport(Trust.withAlso(List.of(other.authority())), PATIENCE);
    start(SmtpOffer.plain().startTls(other).auth("user", "Tr0ub4dor&3", "PLAIN"));
    assertUntrusted(submit(startTls(), mail("x")), "another name");
  }

  @Test
  void trustsNoExpiredCertificate() {
    TestCertificates old = TestCertificates.expired();
    transport = new SmtpTransport(Trust.withAlso(List.of(old.authority())), PATIENCE);
    start(SmtpOffer.plain().tlsFromStart(old).auth("user", "Tr0ub4dor&3", "PLAIN"));
    Outcome outcome = submit(login("localhost", Security.TLS, PASSWORD), mail("x"));
    assertUntrusted(outcome, "expired");
  }

  @Test
  void tlsOnAPortThatStartsPlainIsNamed() {
    start(SmtpOffer.plain().startTls(CERTIFICATES));
    Outcome outcome = submit(login("localhost", Security.TLS, PASSWORD), mail("x"));
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.TLS_FAILED);
    assertThat(failure(outcome).reply().line()).contains("STARTTLS");
  }

  @Test
  void textSmuggledInBeforeTlsIsNotRead() {
    start(SmtpOffer.plain().startTls(CERTIFICATES).auth("user", "Tr0ub4dor&3", "PLAIN"));
    server.at(Verb.STARTTLS).say("220 go on\r\n250-evil.example\r\n250 AUTH PLAIN");
    Outcome outcome = submit(startTls(), mail("x"));
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.PROTOCOL_BROKEN);
    assertThat(failure(outcome).stage()).isEqualTo(Stage.TLS);
    assertThat(server.commands()).doesNotContain("AUTH");
  }

  // Signing in

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "LOGIN", "CRAM-MD5"})
  void tellsAWrongPassword(String mechanism) {
    start(SmtpOffer.plain().startTls(CERTIFICATES).auth("user", "another", mechanism));
    Outcome outcome = submit(startTls(), mail("x"));
    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.SIGN_IN_REFUSED);
    assertThat(failure(outcome).scope()).isEqualTo(Scope.ACCOUNT);
    assertThat(failure(outcome).reply().code()).isEqualTo(535);
  }

  @Test
  void tellsARefusedTokenWithTheServersReason() {
    start(SmtpOffer.plain().startTls(CERTIFICATES).auth("user", "fresh", "XOAUTH2"));
    var stale = new Credentials.Token("user", "stale-token");
    var conversation = new Overheard();
    Outcome outcome =
        transport.submit(mail("x"), login("localhost", Security.STARTTLS, stale), conversation);
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.SIGN_IN_REFUSED);
    assertThat(failure(outcome).reply().text()).contains("\"schemes\":\"Bearer\"");
    assertThat(conversation.lines()).noneMatch(line -> line.contains("stale-token"));
  }

  @Test
  void tellsThatNoWayToSignInIsShared() {
    start(SmtpOffer.plain().startTls(CERTIFICATES).auth("user", "x", "GSSAPI", "NTLM"));
    Outcome outcome = submit(startTls(), mail("x"));
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.SIGN_IN_NOT_OFFERED);
    assertThat(failure(outcome).reply().text()).contains("GSSAPI, NTLM");
  }

  @Test
  void tellsThatASignInIsNeeded() {
    start(SmtpOffer.plain().startTls(CERTIFICATES).auth("user", "x", "PLAIN"));
    Outcome outcome = submit(login("localhost", Security.STARTTLS, null), mail("x"));
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.SIGN_IN_NEEDED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "LOGIN", "CRAM-MD5"})
  void noSecretIsEverHeard(String mechanism) {
    start(SmtpOffer.plain().startTls(CERTIFICATES).auth("user", "Tr0ub4dor&3", mechanism));
    var conversation = new Overheard();
    accepted(transport.submit(mail("x"), startTls(), conversation));
    String plain = base64("\0user\0Tr0ub4dor&3");
    assertThat(conversation.lines())
        .noneMatch(line -> line.contains("Tr0ub4dor"))
        .noneMatch(line -> line.contains(base64("Tr0ub4dor&3")) || line.contains(plain))
        .anyMatch(line -> line.startsWith("C: ") && line.endsWith("****"));
  }

  @Test
  void aSecretThatTheServerRepeatsIsStruckOut() {
    start(SmtpOffer.plain().startTls(CERTIFICATES).auth("user", "Tr0ub4dor&3", "PLAIN"));
    server.at(Verb.AUTH).say("535 5.7.8 Tr0ub4dor&3 is wrong");
    var conversation = new Overheard();
    Outcome outcome = transport.submit(mail("x"), startTls(), conversation);
    assertThat(failure(outcome).reply().text()).isEqualTo("**** is wrong");
    assertThat(conversation.lines()).noneMatch(line -> line.contains("Tr0ub4dor"));
  }

  // Finding and greeting the server

  @Test
  void triesEveryAddress() {
    transport =
        withNames(host ->
            List.of(InetAddress.getByName("127.0.0.9"), InetAddress.getByName("127.0.0.1")));
    start(SmtpOffer.plain());
    accepted(submit(login("mail.acme.example", Security.NONE, null), mail("x")));
  }

  @Test
  void tellsANameThatDoesNotExist() {
    transport =
        withNames(host -> {
          throw new java.net.UnknownHostException(host);
        });
    Outcome outcome = submit(new Login.Smtp("nowhere.example", 25, Security.NONE, null), mail("x"));
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.NAME_NOT_FOUND);
    assertThat(failure(outcome).stage()).isEqualTo(Stage.RESOLVE);
  }

  @Test
  void aNameServerThatHangsDoesNotHoldUsForEver() {
    var never = new CountDownLatch(1);
    transport =
        new SmtpTransport(
            TRUST,
            HASTY,
            null,
            host -> {
              try {
                never.await();
              } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
              }
              return List.of();
            });
    Outcome outcome = submit(new Login.Smtp("hangs.example", 25, Security.NONE, null), mail("x"));
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.NAME_NOT_FOUND);
    never.countDown();
  }

  @Test
  void tellsAPortWhereNobodyListens() throws IOException {
    try (var taken = new Socket()) {
      taken.bind(new InetSocketAddress("127.0.0.1", 0));
      Outcome outcome =
          submit(new Login.Smtp("127.0.0.1", taken.getLocalPort(), Security.NONE, null), mail("x"));
      assertThat(failure(outcome).kind()).isEqualTo(FailureKind.CONNECTION_REFUSED);
      assertThat(failure(outcome).scope()).isEqualTo(Scope.ACCOUNT);
    }
  }

  @Test
  void fallsBackToHeloOnlyWhereEhloIsUnknown() {
    start(SmtpOffer.plain().pipelining(false));
    server.at(Verb.EHLO).say("502 5.5.1 unknown command");
    accepted(submit(plain(), mail("x")));
    assertThat(server.commands()).startsWith("EHLO", "HELO", "MAIL");
    assertThat(server.received().getFirst().mail()).doesNotContain("SIZE");
  }

  @Test
  void greetsWithAnAddressOrADomain() {
    start(SmtpOffer.plain());
    server.at(Verb.EHLO).lineContaining("[127.0.0.1]").say("554 5.7.1 heard the address");
    assertThat(failure(submit(plain(), mail("x"))).reply().text()).contains("heard the address");
    transport.close();
    transport = new SmtpTransport(TRUST, PATIENCE, "post.acme.example", Names.Lookup.SYSTEM);
    server.at(Verb.EHLO).lineContaining("EHLO post.acme.example").say("554 5.7.1 heard the name");
    assertThat(failure(submit(plain(), mail("x"))).reply().text()).contains("heard the name");
  }

  private static final Duration LONG = Duration.ofSeconds(30);

  private void start(SmtpOffer offer) {
    server = ScriptedSmtpServer.start(offer);
  }

  private Login plain() {
    return login("127.0.0.1", Security.NONE, null);
  }

  private Login startTls() {
    return login("localhost", Security.STARTTLS, PASSWORD);
  }

  private Login login(String host, Security security, Credentials credentials) {
    return new Login.Smtp(host, server.port(), security, credentials);
  }

  private SmtpTransport withNames(Names.Lookup lookup) {
    return new SmtpTransport(TRUST, PATIENCE, null, lookup);
  }

  private Outcome submit(Login login, Submission submission) {
    return transport.submit(submission, login, new Overheard());
  }

  private static Submission mail(String body, String... recipients) {
    List<Address> to = new ArrayList<>();
    for (String one : recipients) to.add(Address.of(one));
    if (to.isEmpty()) to.add(Address.of("ap@contoso.example"));
    String content = "Subject: Hello\r\nFrom: invoices@acme.example\r\n\r\n" + body + "\r\n";
    return new Submission(
        new Envelope(Address.of("invoices@acme.example"), to), content.getBytes(UTF_8));
  }

  private static void accepted(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
  }

  private static void assertUntrusted(Outcome outcome, String words) {
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.CERTIFICATE_NOT_TRUSTED);
    assertThat(failure(outcome).reply().line()).contains(words);
    assertThat(failure(outcome).scope()).isEqualTo(Scope.ACCOUNT);
  }

  private static Failure failure(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted accepted -> throw new AssertionError("Accepted: " + accepted);
      case Outcome.Deferred deferred -> deferred.failure();
      case Outcome.Rejected rejected -> rejected.failure();
      case Outcome.Unclear unclear -> unclear.failure();
    };
  }

  private static String base64(String text) {
    return java.util.Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
