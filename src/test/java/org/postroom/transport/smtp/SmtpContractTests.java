package org.postroom.transport.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.net.Trust;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.TestCertificates;
import org.postroom.testkit.TransportContract;
import org.postroom.transport.Login;
import org.postroom.transport.Login.Credentials;
import org.postroom.transport.Login.Security;
import org.postroom.transport.Transport;

/** The contract against servers of every kind that we sign in to. */
@ParameterizedClass
@EnumSource
class SmtpContractTests extends TransportContract {
  private static final TestCertificates CERTIFICATES = TestCertificates.forLocalhost();
  private static final Credentials PASSWORD =
      new Credentials.Password("invoices@acme.example", "s3cret pässword");
  private static final Credentials TOKEN =
      new Credentials.Token("invoices@acme.example", "ya29." + "t".repeat(1500));

  @Parameter Kind kind;
  private ScriptedSmtpServer server;
  private SmtpTransport transport;

  enum Kind {
    PLAIN(SmtpOffer.plain(), Security.NONE, null),
    PLAIN_STEP_BY_STEP(SmtpOffer.plain().pipelining(false), Security.NONE, null),
    CRAM_MD5_IN_THE_CLEAR(
        auth(SmtpOffer.plain(), "PLAIN", "LOGIN", "CRAM-MD5"), Security.NONE, PASSWORD),
    STARTTLS_PLAIN(
        auth(SmtpOffer.plain().startTls(CERTIFICATES), "PLAIN", "LOGIN"),
        Security.STARTTLS,
        PASSWORD),
    STARTTLS_LOGIN(
        auth(SmtpOffer.plain().startTls(CERTIFICATES).pipelining(false), "LOGIN"),
        Security.STARTTLS,
        PASSWORD),
    TLS_TOKEN(
        SmtpOffer.plain()
            .tlsFromStart(CERTIFICATES)
            .auth("invoices@acme.example", ((Credentials.Token) TOKEN).accessToken(), "XOAUTH2"),
        Security.TLS,
        TOKEN);

    final SmtpOffer offer;
    final Security security;
    final Credentials credentials;

    Kind(SmtpOffer offer, Security security, Credentials credentials) {
      this.offer = offer;
      this.security = security;
      this.credentials = credentials;
    }

    private static SmtpOffer auth(SmtpOffer offer, String... mechanisms) {
      return offer.auth("invoices@acme.example", "s3cret pässword", mechanisms);
    }
  }

  @BeforeEach
  void start() {
    server = ScriptedSmtpServer.start(kind.offer);
    transport =
        new SmtpTransport(
            Trust.withAlso(List.of(CERTIFICATES.authority())),
            Patience.standard().atMost(Duration.ofSeconds(30)));
  }

  @AfterEach
  void stop() {
    transport.close();
    assertThat(server.violations()).isEmpty();
    server.close();
  }

  @Override
  protected Transport transport() {
    return transport;
  }

  @Override
  protected Login login() {
    return new Login.Smtp("localhost", server.port(), kind.security, kind.credentials);
  }

  @Override
  protected List<Arrived> arrived() {
    return server.received().stream()
        .map(one -> new Arrived(one.sender(), one.recipients(), one.content()))
        .toList();
  }
}
