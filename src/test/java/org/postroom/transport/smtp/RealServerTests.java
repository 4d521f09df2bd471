package org.postroom.transport.smtp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.mail.Address;
import org.postroom.mail.Envelope;
import org.postroom.net.Trust;
import org.postroom.testkit.Dovecot;
import org.postroom.testkit.Overheard;
import org.postroom.testkit.Postfix;
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

/** Against Postfix as a submission server, with Dovecot checking the sign-in. */
class RealServerTests {
  private static final TestCertificates CERTIFICATES = TestCertificates.forLocalhost();
  private static final Credentials PASSWORD =
      new Credentials.Password("invoices@acme.example", "s3cret password");

  private static Dovecot dovecot;
  private static Postfix postfix;
  private final SmtpTransport transport =
      new SmtpTransport(
          Trust.withAlso(List.of(CERTIFICATES.authority())),
          Patience.standard().atMost(Duration.ofSeconds(30)));

  @BeforeAll
  static void start() {
    dovecot = Dovecot.start(Map.of("invoices@acme.example", "s3cret password"));
    postfix =
        Postfix.start(
            CERTIFICATES,
            dovecot,
            """
            smtpd_recipient_restrictions =
              check_recipient_access inline:{{gone@contoso.example=550 5.1.1 no such user}, {busy@contoso.example=450 4.2.1 busy}}
              permit
            """);
  }

  @AfterAll
  static void stop() {
    if (postfix != null) postfix.close();
    if (dovecot != null) dovecot.close();
  }

  @AfterEach
  void close() {
    transport.close();
  }

  @Test
  void handsOverWithStartTlsAndSignIn() {
    var conversation = new Overheard();
    byte[] content = content("whole", ".\r\n..dots\r\n\r\nGrüße\r\n");
    Outcome outcome = transport.submit(mail(content), login(PASSWORD), conversation);
    assertThat(outcome)
        .as(String.join("\n", conversation.lines()))
        .isInstanceOf(Outcome.Accepted.class);
    assertThat(conversation.stages()).containsExactly(Stage.values());
    assertThat(awaitDelivered("whole")).endsWith(asDelivered(content));
  }

  @Test
  void keepsTheConnection() {
    assertThat(submit(content("kept-1", "x\r\n"))).isInstanceOf(Outcome.Accepted.class);
    var second = new Overheard();
    Outcome outcome = transport.submit(mail(content("kept-2", "x\r\n")), login(PASSWORD), second);
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    assertThat(second.stages()).containsExactly(Stage.SENDER, Stage.RECIPIENT, Stage.CONTENT);
  }

  @Test
  void largeMailArrivesWhole() {
    byte[] content = content("large", (".".repeat(4) + "y".repeat(70) + "\r\n").repeat(66_000));
    assertThat(submit(content)).isInstanceOf(Outcome.Accepted.class);
    assertThat(awaitDelivered("large")).endsWith(asDelivered(content));
  }

  @Test
  void manyAtOnceAllArrive() throws Exception {
    List<Callable<Outcome>> tries = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      byte[] content = content("many-" + i + ";", "x\r\n");
      tries.add(() -> submit(content));
    }
    try (var threads = Executors.newFixedThreadPool(8, Thread.ofVirtual().factory())) {
      for (var done : threads.invokeAll(tries))
        assertThat(done.get()).isInstanceOf(Outcome.Accepted.class);
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> delivered("many-").stream().distinct().count() == 60);
    assertThat(delivered("many-")).hasSize(60);
  }

  @Test
  void addressesOutsideAsciiArrive() {
    byte[] content = content("utf8", "x\r\n");
    Outcome outcome = submit(content, "jörg@contoso.example");
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    assertThat(awaitDelivered("utf8")).isNotEmpty();
  }

  @Test
  void someRecipientsRefused() {
    byte[] content = content("partly", "x\r\n");
    Outcome outcome =
        submit(content, "ap@contoso.example", "gone@contoso.example", "busy@contoso.example");
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
    assertThat(outcome.refused())
        .extracting(Outcome.Refusal::recipient, Outcome.Refusal::permanent)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("gone@contoso.example", true),
            org.assertj.core.groups.Tuple.tuple("busy@contoso.example", false));
    assertThat(awaitDelivered("partly")).contains("Delivered-To: ap@contoso.example");
  }

  @Test
  void everyRecipientRefused() {
    Outcome outcome = submit(content("none", "x\r\n"), "gone@contoso.example");
    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(submit(content("after-none", "x\r\n"))).isInstanceOf(Outcome.Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", ""})
  void tellsAWrongPassword(String password) {
    Outcome outcome =
        transport.submit(
            mail(content("never", "x\r\n")),
            login(new Credentials.Password("invoices@acme.example", password)),
            new Overheard());
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.SIGN_IN_REFUSED);
    assertThat(failure(outcome).scope()).isEqualTo(Scope.ACCOUNT);
  }

  @Test
  void tellsThatTheServerWantsTls() {
    var open = new Login.Smtp("localhost", postfix.port(), Security.NONE, null);
    Outcome outcome = transport.submit(mail(content("never", "x\r\n")), open, new Overheard());
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.SIGN_IN_NEEDED);
    assertThat(failure(outcome).reply().text()).contains("STARTTLS");
  }

  @Test
  void tellsAMessageThatIsTooLarge() {
    Outcome outcome = submit(content("huge", ("z".repeat(76) + "\r\n").repeat(270_000)));
    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.MESSAGE_TOO_LARGE);
  }

  @Test
  void aLostClaimLeavesNothingBehind() {
    Outcome outcome =
        transport.submit(
            mail(content("claimed-away", "x\r\n")), login(PASSWORD), new Overheard(() -> false));
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.CLAIM_LOST);
    assertThat(submit(content("behind-it", "x\r\n"))).isInstanceOf(Outcome.Accepted.class);
    awaitDelivered("behind-it");
    assertThat(delivered("claimed-away")).isEmpty();
  }

  private Outcome submit(byte[] content, String... recipients) {
    return transport.submit(mail(content, recipients), login(PASSWORD), new Overheard());
  }

  private static Login login(Credentials credentials) {
    return new Login.Smtp("localhost", postfix.port(), Security.STARTTLS, credentials);
  }

  private static Submission mail(byte[] content, String... recipients) {
    List<Address> to = new ArrayList<>();
    for (String one : recipients) to.add(Address.of(one));
    if (to.isEmpty()) to.add(Address.of("ap@contoso.example"));
    return new Submission(new Envelope(Address.of("invoices@acme.example"), to), content);
  }

  private static byte[] content(String name, String body) {
    return ("Subject: "
            + name
            + "\r\nFrom: invoices@acme.example\r\nTo: ap@contoso.example\r\n"
            + "Message-ID: <"
            + name.replace(";", "")
            + "@acme.example>\r\n"
            + "Date: Sat, 21 Nov 2026 09:00:00 +0000\r\n\r\n"
            + body)
        .getBytes(UTF_8);
  }

  /** Postfix keeps mail with LF at the ends of lines. */
  private static String asDelivered(byte[] content) {
    return new String(content, ISO_8859_1).replace("\r\n", "\n");
  }

  private static String awaitDelivered(String subject) {
    await().atMost(Duration.ofSeconds(30)).until(() -> !delivered(subject).isEmpty());
    return delivered(subject).getFirst();
  }

  private static List<String> delivered(String subject) {
    return postfix.delivered().stream()
        .map(bytes -> new String(bytes, ISO_8859_1))
        .filter(text -> text.contains("\nSubject: " + subject))
        .toList();
  }

  private static Failure failure(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Accepted accepted -> throw new AssertionError("Accepted: " + accepted);
      case Outcome.Deferred deferred -> deferred.failure();
      case Outcome.Rejected rejected -> rejected.failure();
      case Outcome.Unclear unclear -> unclear.failure();
    };
  }
}
