package org.postroom.transport.gmail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.postroom.net.Trust;
import org.postroom.net.Web;
import org.postroom.testkit.GmailServer;
import org.postroom.testkit.TestCertificates;
import org.postroom.testkit.TransportContract;
import org.postroom.transport.Login;
import org.postroom.transport.Transport;

class GmailContractTests extends TransportContract {
  private static final TestCertificates CERTIFICATES = TestCertificates.forLocalhost();

  private GmailServer server;
  private Web web;
  private GmailTransport transport;

  @BeforeEach
  void start() {
    server =
        GmailServer.startTls(CERTIFICATES)
            .token("ya29.token", "invoices@acme.example", "gmail.send")
            .sendAs("rechnung@acme.example");
    web = new Web(Trust.withAlso(List.of(CERTIFICATES.authority())));
    transport = new GmailTransport(web);
  }

  @AfterEach
  void stop() {
    assertThat(server.violations()).isEmpty();
    web.close();
    server.close();
  }

  @Override
  protected Transport transport() {
    return transport;
  }

  @Override
  protected Login login() {
    return new Login.Gmail(server.service(), "ya29.token");
  }

  @Override
  protected List<Arrived> arrived() {
    return server.sent().stream()
        .map(one -> new Arrived(one.from(), one.recipients(), one.mime()))
        .toList();
  }
}
