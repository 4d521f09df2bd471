package org.postroom.transport.ews;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.net.Trust;
import org.postroom.testkit.EwsMailboxes;
import org.postroom.testkit.EwsOffer;
import org.postroom.testkit.EwsServer;
import org.postroom.testkit.TestCertificates;
import org.postroom.testkit.TransportContract;
import org.postroom.transport.Login;
import org.postroom.transport.Transport;

/** The contract against Exchange servers of every kind that we sign in to. */
@ParameterizedClass
@EnumSource
class EwsContractTests extends TransportContract {
  private static final TestCertificates CERTIFICATES = TestCertificates.forLocalhost();

  @Parameter Kind kind;
  private EwsServer server;
  private EwsTransport transport;

  enum Kind {
    BASIC_AT_EXCHANGE_2007(
        EwsOffer.plain("Basic").versions("Exchange2007_SP1", "Exchange2007"),
        null,
        "invoices@acme.example",
        null),
    NTLM_WITHOUT_MAILBOX(
        EwsOffer.plain("Negotiate", "NTLM").withoutContinue(),
        null,
        "ACME\\robot",
        EwsMailboxes.SHARED),
    NTLM_BOUND_TO_TLS(
        EwsOffer.plain("Negotiate", "NTLM", "Basic").tls(CERTIFICATES).extendedProtection(),
        "ACME",
        "invoices",
        null),
    NEGOTIATE_FOR_EACH_REQUEST(
        EwsOffer.plain("Negotiate").tls(CERTIFICATES).forgetting(),
        "ACME",
        "invoices@acme.example",
        null),
    SHARED_MAILBOX(EwsOffer.plain("NTLM"), "ACME", "invoices", EwsMailboxes.SHARED);

    final EwsOffer offer;
    final String domain;
    final String user;
    final String mailbox;

    Kind(EwsOffer offer, String domain, String user, String mailbox) {
      this.offer = offer;
      this.domain = domain;
      this.user = user;
      this.mailbox = mailbox;
    }
  }

  @BeforeEach
  void start() {
    server = EwsServer.start(kind.offer);
    transport =
        new EwsTransport(
            Trust.withAlso(List.of(CERTIFICATES.authority())),
            Patience.standard().atMost(Duration.ofSeconds(30)));
  }

  @AfterEach
  void stop() {
    transport.close();
    server.close();
    assertThat(server.violations()).isEmpty();
    assertThat(server.mailboxes().drafts(EwsMailboxes.OWN)).isEmpty();
    assertThat(server.mailboxes().drafts(EwsMailboxes.SHARED)).isEmpty();
    assertThat(server.mailboxes().sent()).allMatch(EwsMailboxes.Sent::copied);
  }

  @Override
  protected Transport transport() {
    return transport;
  }

  @Override
  protected Login login() {
    return new Login.Ews(server.uri(), kind.domain, kind.user, EwsMailboxes.PASSWORD, kind.mailbox);
  }

  @Override
  protected List<Arrived> arrived() {
    return server.mailboxes().sent().stream()
        .map(one -> new Arrived(one.from(), one.recipients(), one.mime()))
        .toList();
  }
}
