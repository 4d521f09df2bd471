package org.postroom.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postroom.testkit.Eventually;
import org.postroom.testkit.Postfix;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.SmtpTalk;
import org.postroom.testkit.TestDatabase;

/**
 * What goes in as one message comes out as one, whatever stands in it; in and out are looked at
 * together.
 */
class SmugglingTests {
  private static final String SECOND =
      "MAIL FROM:<ceo@acme.example>\r\nRCPT TO:<victim@contoso.example>\r\nDATA\r\n"
          + "From: ceo@acme.example\r\n\r\nPay this.\r\n.\r\n";

  private static final List<String> TRICKS =
      List.of(
          "\n.\n",
          "\n.\r\n",
          "\r\n.\n",
          "\r.\r",
          "\r.\r\n",
          "\r\n.\r",
          "\r\n\0.\r\n",
          "\r\n.\r\r\n",
          "\n\n.\r\n");

  /** Content with dots wherever a client could get them wrong. */
  private static final String DOTS =
      "From: admin@acme.example\r\nTo: anna@contoso.example\r\nSubject: dots\r\n"
          + "Message-ID: <dots@erp.example>\r\nDate: Mon, 2 Nov 2026 10:00:00 +0000\r\n\r\n"
          + ".\r\n..\r\n.a\r\n...\r\n\r\n.\r\n"
          + SECOND.replace("\r\n.\r\n", "\r\n.\r\nQUIT\r\n")
          + ".";

  @Test
  void neitherWayDoesOneBecomeTwo() {
    try (var ingress = IngressForTests.start(TestDatabase.SQLITE, null);
        var sink = ScriptedSmtpServer.start(SmtpOffer.plain())) {
      account(ingress, "scripted@acme.example", sink.port());
      for (String trick : TRICKS) refused(ingress, trick);
      assertThat(ingress.messages()).isEmpty();
      String reply = handIn(ingress, "scripted@acme.example");
      String id = reply.split(" ")[2];
      Eventually.eventually(sink::received, received -> !received.isEmpty());
      byte[] stored = ingress.content(id);
      assertThat(sink.received()).hasSize(1);
      assertThat(sink.received().getFirst().content()).isEqualTo(stored);
      assertThat(new String(stored, StandardCharsets.UTF_8))
          .endsWith(body("scripted@acme.example"));
      assertThat(sink.violations()).isEmpty();
    }
  }

  @Test
  void postfixGetsOneToo() {
    try (Postfix postfix = Postfix.open();
        var ingress = IngressForTests.start(TestDatabase.SQLITE, null)) {
      account(ingress, "relay@acme.example", postfix.port());
      assertThat(handIn(ingress, "relay@acme.example")).startsWith("250 2.0.0");
      Eventually.eventually(postfix::delivered, mails -> !mails.isEmpty());
      assertThat(postfix.delivered()).hasSize(1);
      assertThat(new String(postfix.delivered().getFirst(), StandardCharsets.UTF_8))
          .endsWith(body("relay@acme.example").replace("\r\n", "\n"));
    }
  }

  /**
   * The trick is one content up to its real end, which is refused whole; then commands count again.
   */
  private static void refused(IngressForTests ingress, String trick) {
    try (SmtpTalk talk = ingress.signedIn()) {
      talk.ask("MAIL FROM:<admin@acme.example>");
      talk.ask("RCPT TO:<anna@contoso.example>");
      assertThat(talk.ask("DATA")).startsWith("354");
      talk.send("From: admin@acme.example\r\n\r\nHello" + trick + SECOND);
      assertThat(talk.reply()).startsWith("554 5.6.0 Line ");
      assertThat(talk.ask("NOOP")).startsWith("250");
    }
  }

  private static String handIn(IngressForTests ingress, String from) {
    try (SmtpTalk talk = ingress.signedIn()) {
      return talk.mail(from, "anna@contoso.example", body(from));
    }
  }

  private static String body(String from) {
    return DOTS.replaceFirst("admin@acme.example", from) + "\r\n";
  }

  private static void account(IngressForTests ingress, String email, int port) {
    RunningPostroom postroom = ingress.postroom;
    assertThat(
            postroom
                .post(
                    "/api/v1/accounts",
                    """
                    {"kind": "smtp", "name": "%s", "email": "%1$s", "active": true, "default": false,
                     "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": false}}
                    """
                        .formatted(email, port))
                .statusCode())
        .isEqualTo(201);
  }
}
