package org.postroom.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postroom.mail.RecipientRole;
import org.postroom.outbox.Message;
import org.postroom.outbox.MessageState;
import org.postroom.testkit.Eventually;
import org.postroom.testkit.SmtpTalk;
import org.postroom.testkit.TestDatabase;

class IngressTests {
  private static final String CONTENT =
      """
      From: Acme <admin@acme.example>
      To: Anna <anna@contoso.example>, other@contoso.example
      Cc: carl@contoso.example
      Bcc: boss@acme.example,
       second@acme.example
      Subject: =?UTF-8?Q?Rechnung_f=C3=BCr_Anna?=
      Message-ID: <one@erp.example>
      Date: Mon, 2 Nov 2026 10:00:00 +0000

      Hello
      .a line with a dot
      ..two
      trailing space\u0020
      """
          .replace("\n", "\r\n");
  private static IngressForTests ingress;

  @BeforeAll
  static void start() {
    ingress = IngressForTests.start(TestDatabase.SQLITE, null);
  }

  @AfterAll
  static void stop() {
    ingress.close();
  }

  @Test
  void takesAMessageAndSendsItUnchangedButForItsHeader() {
    String reply;
    try (SmtpTalk talk = ingress.signedIn()) {
      talk.ask("MAIL FROM:<admin@acme.example> SIZE=500 BODY=8BITMIME");
      talk.ask("RCPT TO:<anna@contoso.example>");
      talk.ask("RCPT TO:<carl@contoso.example> NOTIFY=FAILURE");
      talk.ask("RCPT TO:<boss@acme.example>");
      talk.ask("DATA");
      talk.send(CONTENT.replace("\r\n.", "\r\n.."));
      reply = talk.ask(".");
      assertThat(talk.ask("QUIT")).startsWith("221 2.0.0");
      assertThat(talk.reply()).isEqualTo(SmtpTalk.CLOSED);
    }
    assertThat(reply).matches("250 2\\.0\\.0 msg_[0-9a-z]{26} accepted");
    String id = reply.split(" ")[2];
    Message message =
        Eventually.eventually(
            () -> ingress.messages().stream().filter(m -> m.id().equals(id)).findFirst().get(),
            each -> each.state() == MessageState.SENT);
    assertThat(message.subject()).isEqualTo("Rechnung für Anna");
    assertThat(message.messageId()).isEqualTo("<one@erp.example>");
    assertThat(message.origin().kind()).isEqualTo("smtp");
    assertThat(message.recipients())
        .extracting(r -> r.address().spec() + " " + r.role())
        .containsExactly(
            "anna@contoso.example " + RecipientRole.TO,
            "carl@contoso.example " + RecipientRole.CC,
            "boss@acme.example " + RecipientRole.BCC);
    String mime = new String(ingress.content(id), StandardCharsets.UTF_8);
    assertThat(mime)
        .matches(
            "(?s)Received: from erp\\.example \\(\\[127\\.0\\.0\\.1\\]\\)\r\n\tby mail\\.acme\\.example"
                + " with ESMTPA id "
                + id
                + ";\r\n\t\\w{3}, \\d+ \\w{3} \\d{4} [0-9:]{8} \\+0000\r\nFrom: Acme .*");
    String withoutBcc = CONTENT.replace("Bcc: boss@acme.example,\r\n second@acme.example\r\n", "");
    assertThat(mime).endsWith(withoutBcc).doesNotContain("boss@");
  }
}
