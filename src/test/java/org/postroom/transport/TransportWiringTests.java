package org.postroom.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.db.Database;
import org.postroom.db.Databases;
import org.postroom.db.Settings;
import org.postroom.mail.Address;
import org.postroom.mail.Envelope;
import org.postroom.net.Web;
import org.postroom.testkit.GmailServer;
import org.postroom.testkit.GraphServer;
import org.postroom.testkit.Overheard;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.TestCertificates;
import org.postroom.transport.Login.Security;
import org.postroom.transport.local.LocalTransport;
import org.postroom.transport.smtp.SmtpTransport;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** The transports as Spring puts them together, with what the installation has set. */
class TransportWiringTests {
  private static final TestCertificates CERTIFICATES = TestCertificates.forLocalhost();
  @TempDir Path folder;

  @Test
  void eachLoginFindsItsAdapter() {
    try (var context = context(Map.of());
        var server = ScriptedSmtpServer.start(SmtpOffer.plain())) {
      Transports transports = context.getBean(Transports.class);
      var smtp = new Login.Smtp("127.0.0.1", server.port(), Security.NONE, null);
      assertThat(transports.submit(mail(), smtp, new Overheard()))
          .isInstanceOf(Outcome.Accepted.class);
      assertThat(server.received()).hasSize(1);
      assertThat(transports.submit(mail(), new Login.Local("com_1", "acc_1"), new Overheard()))
          .isInstanceOf(Outcome.Accepted.class);
      assertThat(context.getBean(LocalMailbox.class).list("com_1", 10, null).data()).hasSize(1);
    }
  }

  @Test
  void theServicesOfMicrosoftAndGoogleFindTheirs() {
    try (var graph = GraphServer.start().token("t", "a@acme.example", "Mail.Send");
        var gmail = GmailServer.start().token("t", "a@acme.example", "gmail.send");
        var context = new AnnotationConfigApplicationContext()) {
      context.registerBean(Settings.class, () -> new Settings(Map.of()));
      context.scan("org.postroom.transport.graph", "org.postroom.transport.gmail");
      context.register(Web.class, Transports.class);
      context.refresh();
      Transports transports = context.getBean(Transports.class);
      for (Login login :
          List.of(
              new Login.Graph(graph.service(), null, "t", false),
              new Login.Gmail(gmail.service(), "t")))
        assertThat(transports.submit(fromTheMailbox(), login, new Overheard()))
            .isInstanceOf(Outcome.Accepted.class);
      assertThat(graph.sent()).hasSize(1);
      assertThat(gmail.sent()).hasSize(1);
    }
  }

  @Test
  void closingTheApplicationSaysGoodbyeToServers() {
    try (var server = ScriptedSmtpServer.start(SmtpOffer.plain())) {
      try (var context = context(Map.of())) {
        var smtp = new Login.Smtp("127.0.0.1", server.port(), Security.NONE, null);
        context.getBean(Transports.class).submit(mail(), smtp, new Overheard());
      }
      assertThat(server.commands()).endsWith("QUIT");
    }
  }

  @Test
  void trustsTheAuthoritiesOfTheInstallation() {
    CERTIFICATES.write(folder);
    String pem = folder.resolve("authority.pem").toString();
    try (var without = context(Map.of());
        var with = context(Map.of("POSTROOM_TRUSTED_CERTIFICATES", pem));
        var server = ScriptedSmtpServer.start(SmtpOffer.plain().startTls(CERTIFICATES))) {
      var smtp = new Login.Smtp("localhost", server.port(), Security.STARTTLS, null);
      assertThat(with.getBean(Transports.class).submit(mail(), smtp, new Overheard()))
          .isInstanceOf(Outcome.Accepted.class);
      assertThat(without.getBean(Transports.class).submit(mail(), smtp, new Overheard()))
          .isInstanceOf(Outcome.Deferred.class);
    }
  }

  @Test
  void saysWhatIsWrongWithTheFileOfAuthorities() throws Exception {
    Path empty = java.nio.file.Files.createFile(folder.resolve("empty.pem"));
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> context(Map.of("POSTROOM_TRUSTED_CERTIFICATES", empty.toString())).close())
        .hasStackTraceContaining("POSTROOM_TRUSTED_CERTIFICATES names " + empty)
        .hasStackTraceContaining("holds no certificate");
  }

  private AnnotationConfigApplicationContext context(Map<String, String> settings) {
    var context = new AnnotationConfigApplicationContext();
    context.registerBean(Settings.class, () -> new Settings(new HashMap<>(settings)));
    context.registerBean(Database.class, () -> Databases.embedded(folder, null));
    context.register(
        LocalMailbox.class, LocalTransport.class, SmtpTransport.class, Transports.class);
    context.refresh();
    return context;
  }

  private static Submission fromTheMailbox() {
    return new Submission(
        mail().envelope(),
        "From: a@acme.example\r\nSubject: x\r\n\r\nHello\r\n".getBytes(StandardCharsets.UTF_8));
  }

  private static Submission mail() {
    var envelope =
        new Envelope(Address.of("a@acme.example"), List.of(Address.of("ap@contoso.example")));
    return new Submission(envelope, "Subject: x\r\n\r\nHello\r\n".getBytes(StandardCharsets.UTF_8));
  }
}
