package org.postroom.bench;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** A sink that miscounts would make every figure wrong. */
class SinkTests {
  @Test
  void countsWhatArrivesOverStartTlsWithSignIn() throws Exception {
    try (var sink = new Sink(0, Sink.Manners.AT_ONCE)) {
      Session session = Session.getInstance(settings());
      try (Transport transport = session.getTransport("smtp")) {
        transport.connect("127.0.0.1", sink.port(), "user", "secret");
        for (int i = 0; i < 3; i++) {
          MimeMessage message = message(session, "line\r\n.\r\n..dots\r\n.");
          transport.sendMessage(message, message.getAllRecipients());
        }
      }
      assertThat(sink.counts().messages()).isEqualTo(3);
      assertThat(sink.counts().recipients()).isEqualTo(6);
      assertThat(sink.counts().connections()).isEqualTo(1);
      assertThat(sink.counts().handshakes()).isEqualTo(1);
      assertThat(sink.counts().signIns()).isEqualTo(1);
    }
  }

  private static MimeMessage message(Session session, String text) throws Exception {
    var message = new MimeMessage(session);
    message.setFrom("billing@acme.example");
    message.setRecipients(RecipientType.TO, "a@customer.example, b@customer.example");
    message.setSubject("Invoice");
    message.setText(text);
    message.saveChanges();
    return message;
  }

  private static Properties settings() {
    var settings = new Properties();
    settings.put("mail.smtp.auth", "true");
    settings.put("mail.smtp.starttls.required", "true");
    settings.put("mail.smtp.ssl.trust", "*");
    settings.put("mail.smtp.ssl.checkserveridentity", "false");
    settings.put("mail.smtp.connectiontimeout", "20000");
    settings.put("mail.smtp.timeout", "20000");
    return settings;
  }
}
