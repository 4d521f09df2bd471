package org.postroom.findings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postroom.mail.Address;
import org.postroom.mail.Envelope;
import org.postroom.net.Trust;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.SmtpScript.Verb;
import org.postroom.testkit.TestCertificates;
import org.postroom.transport.Conversation;
import org.postroom.transport.Failure;
import org.postroom.transport.Login;
import org.postroom.transport.Login.Credentials;
import org.postroom.transport.Login.Security;
import org.postroom.transport.Outcome;
import org.postroom.transport.Submission;
import org.postroom.transport.smtp.Patience;
import org.postroom.transport.smtp.SmtpTransport;

/** The findings of real conversations: stage, kind and words are those of our own transport. */
class ConversationTests {
  private static final String USER = "invoices@acme.example";
  private static final String SECRET = "Tr0ub4dor&3-Zx81kQ";
  private static final TestCertificates GOOD = TestCertificates.forLocalhost();
  private static final Findings FINDINGS = new Findings();
  private static final SmtpTransport TRANSPORT =
      new SmtpTransport(
          Trust.withAlso(List.of(GOOD.authority())),
          Patience.standard().atMost(Duration.ofSeconds(20)));

  static Stream<KnownReply> spoken() {
    return KnownReply.all().filter(KnownReply::spoken);
  }

  @AfterAll
  static void close() {
    TRANSPORT.close();
  }

  @ParameterizedTest
  @MethodSource("spoken")
  void recognisesTheReplyInAConversation(KnownReply known) {
    SmtpOffer offer = SmtpOffer.plain().startTls(GOOD).auth(USER, SECRET, "PLAIN", "XOAUTH2");
    try (var server = ScriptedSmtpServer.start(offer)) {
      String lines = String.join("\r\n", known.reply());
      for (Verb verb : verbs(known)) server.at(verb).say(lines);
      Credentials credentials =
          known.signedInWithToken()
              ? new Credentials.Token(USER, SECRET)
              : new Credentials.Password(USER, SECRET);
      Failure failure = failure(TRANSPORT, login(server.port(), Security.STARTTLS, credentials));
      assertThat(failure.stage()).isEqualTo(known.stage());
      Finding finding = explained(known.host(), known.signedInWithToken(), failure);
      assertThat(finding.id()).as(failure.toString()).isEqualTo(known.id());
      assertThat(finding.toString()).doesNotContain(SECRET);
    }
  }

  private static List<Verb> verbs(KnownReply known) {
    if ("EHLO".equals(known.at())) return List.of(Verb.EHLO, Verb.HELO);
    return List.of(
        switch (known.stage()) {
          case TLS -> Verb.STARTTLS;
          case AUTHENTICATE -> Verb.AUTH;
          case SENDER -> Verb.MAIL;
          case RECIPIENT -> Verb.RCPT;
          case CONTENT -> Verb.CONTENT;
          default -> Verb.CONNECT;
        });
  }

  @Test
  void tellsThatNobodyListens() throws IOException {
    int closed;
    try (var socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    Finding finding = of(login(closed, Security.STARTTLS, null));
    assertThat(finding.id()).isEqualTo("N03");
    assertThat(finding.what()).contains("port " + closed);
  }

  @Test
  void tellsANameThatDoesNotExist() {
    var login = new Login.Smtp("no-such-host.invalid", 587, Security.STARTTLS, null);
    Finding finding = explained("no-such-host.invalid", false, failure(TRANSPORT, login));
    assertThat(finding.id()).isIn("N01", "N02"); // N02 where the machine has no DNS at all.
  }

  @Test
  void tellsAHangUpBeforeTheGreetingFromOneAfterIt() {
    try (var server = ScriptedSmtpServer.start(SmtpOffer.plain())) {
      server.at(Verb.CONNECT).connection(1).drop();
      server.at(Verb.EHLO).connection(2).drop();
      assertThat(of(login(server.port(), Security.NONE, null)).id()).isEqualTo("N06");
      assertThat(of(login(server.port(), Security.NONE, null)).id()).isEqualTo("?greet");
    }
  }

  @Test
  void tellsAPortThatWaitsForEncryption() {
    var hasty =
        new SmtpTransport(Trust.ofSystem(), Patience.standard().atMost(Duration.ofMillis(300)));
    try (hasty;
        var server = ScriptedSmtpServer.start(SmtpOffer.plain().tlsFromStart(GOOD))) {
      Finding finding =
          explained(null, false, failure(hasty, login(server.port(), Security.STARTTLS, null)));
      assertThat(finding.id()).isEqualTo("N08");
    }
  }

  @Test
  void tellsAPortThatStartsWithoutEncryption() {
    try (var server = ScriptedSmtpServer.start(SmtpOffer.plain().startTls(GOOD))) {
      assertThat(of(login(server.port(), Security.TLS, null)).id()).isEqualTo("N09");
    }
  }

  @Test
  void tellsWhatIsWrongWithACertificate() {
    assertThat(secured(TestCertificates.forLocalhost()).id()).isEqualTo("T01");
    var expired = TestCertificates.expired();
    assertThat(secured(expired, expired).id()).isEqualTo("T02");
    assertThat(secured(TestCertificates.selfMade("localhost", "127.0.0.1")).id()).isEqualTo("T04");
    var others = TestCertificates.forNames("mail.hoster.example", "server17.hoster.example");
    Finding otherName = secured(others, others);
    assertThat(otherName.id()).isEqualTo("T03");
    assertThat(otherName.what()).contains("server17.hoster.example");
    assertThat(otherName.fixes().getFirst().change())
        .containsEntry("smtp/host", "mail.hoster.example");
  }

  @Test
  void showsTheFingerprintOfASelfMadeCertificate() {
    assertThat(secured(TestCertificates.selfMade("localhost")).what())
        .containsPattern("([0-9A-F]{2}:){31}[0-9A-F]{2}");
  }

  @Test
  void tellsEncryptionCutOff() {
    try (var server = ScriptedSmtpServer.start(SmtpOffer.plain().startTls(GOOD))) {
      server.at(Verb.STARTTLS).sayAndClose("220 2.0.0 ready");
      assertThat(of(login(server.port(), Security.STARTTLS, null)).id()).isEqualTo("T07");
    }
  }

  @Test
  void tellsThatNoEncryptionIsOffered() {
    try (var server = ScriptedSmtpServer.start(SmtpOffer.plain())) {
      assertThat(of(login(server.port(), Security.STARTTLS, null)).id()).isEqualTo("T08");
    }
  }

  @Test
  void tellsWhichSignInsTheServerTakes() {
    var password = new Credentials.Password(USER, SECRET);
    try (var none = ScriptedSmtpServer.start(SmtpOffer.plain());
        var others =
            ScriptedSmtpServer.start(SmtpOffer.plain().auth(USER, SECRET, "GSSAPI", "NTLM"))) {
      assertThat(of(login(none.port(), Security.NONE, password)).id()).isEqualTo("A01");
      Finding finding = of(login(others.port(), Security.NONE, password));
      assertThat(finding.id()).isEqualTo("A03");
      assertThat(finding.what()).contains("GSSAPI, NTLM");
    }
  }

  @Test
  void tellsThatTheAnswerWasLost() {
    try (var server = ScriptedSmtpServer.start(SmtpOffer.plain())) {
      server.at(Verb.CONTENT).drop();
      Finding finding = of(login(server.port(), Security.NONE, null));
      assertThat(finding.id()).isEqualTo("R11");
      assertThat(finding.action()).isEqualTo(Action.UNK);
    }
  }

  @Test
  void tellsTheLimitOfAServerInMegabytes() {
    try (var server = ScriptedSmtpServer.start(SmtpOffer.plain().size(10))) {
      Finding finding = of(login(server.port(), Security.NONE, null));
      assertThat(finding.id()).isEqualTo("R07");
    }
  }

  @Test
  void tellsATokenWithTooSmallAPermission() {
    var offer = SmtpOffer.plain().startTls(GOOD).auth(USER, "another token", "XOAUTH2");
    try (var server = ScriptedSmtpServer.start(offer)) {
      server
          .at(Verb.AUTH)
          .say(
              "334 eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZ29vZ2xlLmNvbS8ifQ==");
      var token = new Credentials.Token(USER, SECRET);
      Failure failure = failure(TRANSPORT, login(server.port(), Security.STARTTLS, token));
      assertThat(explained("smtp.gmail.com", true, failure).id()).isEqualTo("G06");
    }
  }

  private static Finding secured(TestCertificates shown, TestCertificates... trusted) {
    List<java.security.cert.X509Certificate> authorities =
        Stream.of(trusted).map(TestCertificates::authority).toList();
    var patience = Patience.standard().atMost(Duration.ofSeconds(20));
    try (var transport = new SmtpTransport(Trust.withAlso(authorities), patience);
        var server = ScriptedSmtpServer.start(SmtpOffer.plain().tlsFromStart(shown))) {
      return explained(
          "localhost", false, failure(transport, login(server.port(), Security.TLS, null)));
    }
  }

  private static Finding of(Login.Smtp login) {
    return explained(login.host(), false, failure(TRANSPORT, login));
  }

  private static Finding explained(String host, boolean token, Failure failure) {
    return FINDINGS.explain(Symptom.of(Symptom.Protocol.SMTP, host, token, failure));
  }

  private static Login.Smtp login(int port, Security security, Credentials credentials) {
    return new Login.Smtp("localhost", port, security, credentials);
  }

  private static Failure failure(SmtpTransport transport, Login.Smtp login) {
    var envelope = new Envelope(Address.of(USER), List.of(Address.of("buyer@customer.example")));
    byte[] content = "Subject: Invoice\r\n\r\nHello\r\n".getBytes(StandardCharsets.US_ASCII);
    return switch (transport.submit(new Submission(envelope, content), login, Eager.INSTANCE)) {
      case Outcome.Deferred deferred -> deferred.failure();
      case Outcome.Rejected rejected -> rejected.failure();
      case Outcome.Unclear unclear -> unclear.failure();
      case Outcome.Accepted accepted -> throw new AssertionError("accepted: " + accepted);
    };
  }

  private enum Eager implements Conversation {
    INSTANCE;

    @Override
    public boolean mayHandOver() {
      return true;
    }
  }
}
