package org.postroom.transport.ews;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postroom.mail.Address;
import org.postroom.mail.Envelope;
import org.postroom.net.Trust;
import org.postroom.testkit.EwsMailboxes;
import org.postroom.testkit.EwsOffer;
import org.postroom.testkit.EwsServer;
import org.postroom.testkit.Overheard;
import org.postroom.testkit.TestCertificates;
import org.postroom.transport.Conversation;
import org.postroom.transport.Failure;
import org.postroom.transport.Login;
import org.postroom.transport.Outcome;
import org.postroom.transport.Submission;

/** A server and a transport, and what a test says to them. */
final class EwsFixture implements AutoCloseable {
  static final TestCertificates CERTIFICATES = TestCertificates.forLocalhost();
  static final String MESSAGE_ID = "<1@acme.example>";

  final EwsServer server;
  final EwsTransport transport;
  Overheard heard = new Overheard();

  EwsFixture(EwsOffer offer) {
    this(offer, same -> same);
  }

  EwsFixture(EwsOffer offer, Function<Patience, Patience> patience) {
    server = EwsServer.start(offer);
    Patience usual = Patience.standard().atMost(Duration.ofSeconds(20));
    transport =
        new EwsTransport(Trust.withAlso(List.of(CERTIFICATES.authority())), patience.apply(usual));
  }

  Login.Ews login() {
    return login("invoices", EwsMailboxes.PASSWORD, null);
  }

  Login.Ews shared() {
    return login("invoices", EwsMailboxes.PASSWORD, EwsMailboxes.SHARED);
  }

  Login.Ews login(String user, String password, @Nullable String mailbox) {
    return new Login.Ews(server.uri(), "ACME", user, password, mailbox);
  }

  Outcome send() {
    return send(login());
  }

  Outcome send(Login login) {
    return send(login, mail("invoices@acme.example"));
  }

  Outcome send(Login login, byte[] mail) {
    heard = new Overheard();
    return send(login, mail, heard);
  }

  Outcome send(Login login, byte[] mail, Conversation conversation) {
    var envelope =
        new Envelope(
            Address.of("invoices@acme.example"), List.of(Address.of("ap@contoso.example")));
    return transport.submit(new Submission(envelope, mail), login, conversation);
  }

  static byte[] mail(String from) {
    return ("Subject: Invoice\r\nFrom: "
            + from
            + "\r\nTo: ap@contoso.example\r\nMessage-ID: "
            + MESSAGE_ID
            + "\r\n\r\nDear customer\r\n")
        .getBytes(UTF_8);
  }

  static Failure deferred(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Deferred.class);
    return ((Outcome.Deferred) outcome).failure();
  }

  static Failure rejected(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    return ((Outcome.Rejected) outcome).failure();
  }

  static Failure unclear(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Unclear.class);
    return ((Outcome.Unclear) outcome).failure();
  }

  static void accepted(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
  }

  @Override
  public void close() {
    transport.close();
    server.close();
    assertThat(server.violations()).isEmpty();
  }
}
