package org.postroom.transport.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.mail.Address;
import org.postroom.mail.Envelope;
import org.postroom.net.Trust;
import org.postroom.testkit.Overheard;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.SmtpScript;
import org.postroom.testkit.SmtpScript.Verb;
import org.postroom.testkit.TestCertificates;
import org.postroom.transport.Failure;
import org.postroom.transport.FailureKind;
import org.postroom.transport.Login;
import org.postroom.transport.Login.Credentials;
import org.postroom.transport.Login.Security;
import org.postroom.transport.Outcome;
import org.postroom.transport.Scope;
import org.postroom.transport.Stage;
import org.postroom.transport.Submission;

/**
 * A fault at every verb, with PIPELINING and without, on a new connection and on a kept one: what
 * comes of the message it hits, and that the next one goes as if nothing had been.
 */
@ParameterizedClass
@ValueSource(booleans = {true, false})
class SmtpFaultTests {
  private static final TestCertificates CERTIFICATES = TestCertificates.forLocalhost();
  private static final Trust TRUST = Trust.withAlso(List.of(CERTIFICATES.authority()));
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofSeconds(1);

  /** verb, fault, outcome, kind, stage, scope. */
  private static final String EXPECTED =
      """
      CONNECT  drop  Deferred CONNECTION_LOST     GREET        ACCOUNT
      CONNECT  421   Deferred SERVER_BUSY         GREET        ACCOUNT
      CONNECT  451   Deferred SERVER_BUSY         GREET        ACCOUNT
      CONNECT  554   Deferred GREETING_REFUSED    GREET        ACCOUNT
      CONNECT  stall Deferred ANSWER_TIMEOUT      GREET        ACCOUNT
      EHLO     drop  Deferred CONNECTION_LOST     GREET        ACCOUNT
      EHLO     reset Deferred CONNECTION_LOST     GREET        ACCOUNT
      EHLO     421   Deferred SERVER_BUSY         GREET        ACCOUNT
      EHLO     451   Deferred SERVER_BUSY         GREET        ACCOUNT
      EHLO     554   Deferred GREETING_REFUSED    GREET        ACCOUNT
      EHLO     stall Deferred ANSWER_TIMEOUT      GREET        ACCOUNT
      STARTTLS drop  Deferred CONNECTION_LOST     TLS          ACCOUNT
      STARTTLS 421   Deferred SERVER_BUSY         TLS          ACCOUNT
      STARTTLS 451   Deferred SERVER_BUSY         TLS          ACCOUNT
      STARTTLS 554   Deferred TLS_NOT_OFFERED     TLS          ACCOUNT
      STARTTLS stall Deferred ANSWER_TIMEOUT      TLS          ACCOUNT
      AUTH     drop  Deferred CONNECTION_LOST     AUTHENTICATE ACCOUNT
      AUTH     421   Deferred SIGN_IN_UNAVAILABLE AUTHENTICATE ACCOUNT
      AUTH     451   Deferred SIGN_IN_UNAVAILABLE AUTHENTICATE ACCOUNT
      AUTH     554   Rejected SIGN_IN_REFUSED     AUTHENTICATE ACCOUNT
      AUTH     stall Deferred ANSWER_TIMEOUT      AUTHENTICATE ACCOUNT
      MAIL     drop  Deferred CONNECTION_LOST     SENDER       ACCOUNT
      MAIL     421   Deferred SERVER_BUSY         SENDER       ACCOUNT
      MAIL     451   Deferred SERVER_BUSY         SENDER       ACCOUNT
      MAIL     554   Rejected SENDER_REFUSED      SENDER       ACCOUNT
      MAIL     stall Deferred ANSWER_TIMEOUT      SENDER       ACCOUNT
      RCPT     drop  Deferred CONNECTION_LOST     RECIPIENT    MESSAGE
      RCPT     421   Deferred SERVER_BUSY         RECIPIENT    MESSAGE
      RCPT     451   Deferred RECIPIENT_DEFERRED  RECIPIENT    RECIPIENT
      RCPT     554   Rejected RECIPIENT_REFUSED   RECIPIENT    RECIPIENT
      RCPT     stall Deferred ANSWER_TIMEOUT      RECIPIENT    MESSAGE
      DATA     drop  Deferred CONNECTION_LOST     CONTENT      MESSAGE
      DATA     421   Deferred SERVER_BUSY         CONTENT      MESSAGE
      DATA     451   Deferred SERVER_BUSY         CONTENT      MESSAGE
      DATA     554   Rejected CONTENT_REFUSED     CONTENT      MESSAGE
      DATA     stall Deferred ANSWER_TIMEOUT      CONTENT      MESSAGE
      CONTENT  drop  Unclear  ANSWER_LOST         CONTENT      MESSAGE
      CONTENT  reset Unclear  ANSWER_LOST         CONTENT      MESSAGE
      CONTENT  what? Unclear  ANSWER_LOST         CONTENT      MESSAGE
      CONTENT  354   Unclear  ANSWER_LOST         CONTENT      MESSAGE
      CONTENT  421   Deferred SERVER_BUSY         CONTENT      MESSAGE
      CONTENT  451   Deferred SERVER_BUSY         CONTENT      MESSAGE
      CONTENT  554   Rejected CONTENT_REFUSED     CONTENT      MESSAGE
      CONTENT  stall Unclear  ANSWER_LOST         CONTENT      MESSAGE
      """;

  @Parameter boolean pipelining;
  private ScriptedSmtpServer server;
  private SmtpTransport transport;

  @BeforeEach
  void start() {
    server =
        ScriptedSmtpServer.start(
            SmtpOffer.plain()
                .startTls(CERTIFICATES)
                .auth("user", "secret", "PLAIN")
                .pipelining(pipelining));
  }

  @AfterEach
  void stop() {
    transport.close();
    assertThat(server.violations()).isEmpty();
    server.close();
  }

  static Stream<Arguments> everyFault() {
    return EXPECTED.lines().map(line -> Arguments.of((Object[]) line.split("\\s+")));
  }

  /** Before MAIL is answered on a kept connection, a lost connection is not the message's fault. */
  static Stream<Arguments> faultsAfterMail() {
    return everyFault()
        .filter(each -> List.of("RCPT", "DATA", "CONTENT").contains((String) each.get()[0]));
  }

  @ParameterizedTest(name = "{0} {1}: {2} {3}")
  @MethodSource("everyFault")
  void onANewConnection(
      Verb verb, String fault, String outcome, FailureKind kind, Stage stage, Scope scope) {
    transport = new SmtpTransport(TRUST, patience(verb, fault));
    script(server.at(verb), fault);
    var conversation = new Overheard();
    Outcome got = transport.submit(submission(), login(), conversation);
    assertFailed(got, outcome, kind, stage, scope);
    assertThat(conversation.asked()).isEqualTo(verb == Verb.CONTENT ? 1 : 0);
    assertThat(conversation.stages()).allMatch(passed -> passed.compareTo(stage) < 0);
    assertTheNextOneGoes();
  }

  @ParameterizedTest(name = "{0} {1}: {2} {3}")
  @MethodSource("faultsAfterMail")
  void onAKeptConnection(
      Verb verb, String fault, String outcome, FailureKind kind, Stage stage, Scope scope) {
    transport = new SmtpTransport(TRUST, patience(verb, fault));
    assertThat(submit()).isInstanceOf(Outcome.Accepted.class);
    script(server.at(verb).message(2), fault);
    Outcome got = submit();
    assertFailed(got, outcome, kind, stage, scope);
    assertThat(server.connections()).isEqualTo(1);
    assertTheNextOneGoes();
  }

  private void assertTheNextOneGoes() {
    server.script().clear();
    server.release();
    int before = (int) server.received().stream().filter(this::isSecond).count();
    var conversation = new Overheard();
    Outcome next = transport.submit(second(), login(), conversation);
    assertThat(next).isInstanceOf(Outcome.Accepted.class);
    assertThat(next.refused()).isEmpty();
    assertThat(conversation.asked()).isEqualTo(1);
    assertThat(server.received().stream().filter(this::isSecond).count()).isEqualTo(before + 1L);
  }

  private static void assertFailed(
      Outcome got, String outcome, FailureKind kind, Stage stage, Scope scope) {
    assertThat(got.getClass().getSimpleName()).as(got.toString()).isEqualTo(outcome);
    Failure failure =
        switch (got) {
          case Outcome.Accepted accepted -> throw new AssertionError(accepted);
          case Outcome.Deferred deferred -> deferred.failure();
          case Outcome.Rejected rejected -> rejected.failure();
          case Outcome.Unclear unclear -> unclear.failure();
        };
    assertThat(failure.kind()).as(got.toString()).isEqualTo(kind);
    assertThat(failure.stage()).as(got.toString()).isEqualTo(stage);
    assertThat(failure.scope()).as(got.toString()).isEqualTo(scope);
    assertThat(failure.reply().line()).isNotBlank();
  }

  private static void script(SmtpScript.At at, String fault) {
    switch (fault) {
      case "drop" -> at.drop();
      case "reset" -> at.reset();
      case "stall" -> at.stall();
      case "421" -> at.sayAndClose("421 4.3.0 closing");
      case "what?" -> at.say("what?");
      default -> at.say(fault + " scripted");
    }
  }

  /** Only the wait that the fault makes us wait is short. */
  private static Patience patience(Verb verb, String fault) {
    boolean stall = fault.equals("stall");
    return new Patience(
        LONG,
        LONG,
        stall && verb != Verb.DATA && verb != Verb.CONTENT ? SHORT : LONG,
        stall && verb == Verb.DATA ? SHORT : LONG,
        LONG,
        stall && verb == Verb.CONTENT ? SHORT : LONG,
        LONG);
  }

  private Outcome submit() {
    return transport.submit(submission(), login(), new Overheard());
  }

  private Login login() {
    return new Login.Smtp(
        "127.0.0.1", server.port(), Security.STARTTLS, new Credentials.Password("user", "secret"));
  }

  private boolean isSecond(ScriptedSmtpServer.Received one) {
    return new String(one.content(), StandardCharsets.UTF_8).contains("second");
  }

  private static Submission submission() {
    return mail("first");
  }

  private static Submission second() {
    return mail("second");
  }

  private static Submission mail(String subject) {
    var envelope =
        new Envelope(
            Address.of("invoices@acme.example"), List.of(Address.of("ap@contoso.example")));
    String content = "Subject: " + subject + "\r\n\r\nHello\r\n";
    return new Submission(envelope, content.getBytes(StandardCharsets.UTF_8));
  }
}
