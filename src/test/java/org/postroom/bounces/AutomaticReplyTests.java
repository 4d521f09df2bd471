package org.postroom.bounces;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.bounces.Returned.Kind;

/** What comes back though the mail did arrive, and what is no report at all. */
class AutomaticReplyTests {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Automatic reply: Invoice 4711 | I am away until Monday. Your mail will not be delivered to anyone else.
          Out of Office: Invoice 4711 | I have no access to my mailbox, it could not be delivered earlier.
          Automatische Antwort: Rechnung 4711 | Ich bin bis Montag nicht im Haus. Ihre Nachricht wird nicht weitergeleitet.
          Abwesenheitsnotiz: Rechnung 4711 | Ich bin im Urlaub, Ihre Mail konnte nicht zugestellt werden.
          Réponse automatique : Facture 4711 | Je suis absent. Votre message n'a pas pu être remis à un collègue.
          Respuesta automática: Factura 4711 | Estoy fuera hasta el lunes.
          Risposta automatica: Fattura 4711 | Sono assente fino a lunedì.
          Automatisch antwoord: Factuur 4711 | Ik ben afwezig tot maandag.
          Resposta automática: Fatura 4711 | Estou ausente até segunda-feira.
          """)
  void awayNotesAreNoBounces(String subject, String text) {
    Returned returned =
        read("Anna Klein <anna@shop.example>", subject, "Auto-Submitted: auto-replied", text);
    assertThat(returned.kind()).isEqualTo(Kind.AUTOMATIC_REPLY);
    assertThat(returned.recipients()).isEmpty();
    assertThat(returned.messageId()).isEqualTo("01ABC@firm.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Auto-Submitted: auto-replied (vacation)",
        "X-Autoreply: yes",
        "X-Autorespond: Invoice",
        "Precedence: auto_reply"
      })
  void whatIsMarkedAsAutomaticNeedsNoWords(String header) {
    assertThat(read("anna@shop.example", "Invoice 4711", header, "Thanks.").kind())
        .isEqualTo(Kind.AUTOMATIC_REPLY);
  }

  @Test
  void readReceiptsAreNoBounces() {
    String receipt =
        """
        From: anna@shop.example
        To: invoices@firm.example
        Subject: Read: Invoice 4711
        Content-Type: multipart/report; report-type=disposition-notification; boundary=b

        --b
        Content-Type: text/plain

        Your message could not be delivered earlier, it was read today.
        --b
        Content-Type: message/disposition-notification

        Final-Recipient: rfc822;anna@shop.example
        Original-Message-ID: <01ABC@firm.example>
        Disposition: manual-action/MDN-sent-manually; displayed
        --b--
        """;
    Returned returned = ReturnedMail.read(receipt.getBytes(StandardCharsets.UTF_8));
    assertThat(returned.kind()).isEqualTo(Kind.AUTOMATIC_REPLY);
    assertThat(returned.recipients()).isEmpty();
    assertThat(returned.messageId()).isEqualTo("01ABC@firm.example");
  }

  @Test
  void serversThatAskWhetherWeAreHumanAreNoBounces() {
    String text = "Your message is held. Please confirm your message by answering this mail.";
    assertThat(read("anna@shop.example", "Please confirm your message", "X-A: b", text).kind())
        .isEqualTo(Kind.AUTOMATIC_REPLY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Re: Invoice 4711 | Hello, the last mail to ben@shop.example came back: 550 5.1.1 user unknown. Undeliverable!
          Undeliverable? | Did my mail come back to you as undeliverable, mailbox full? ben@shop.example
          Delivery failed again | The parcel for ben@shop.example could not be delivered, address not found.
          Newsletter | Returned mail, and how to avoid it: clean your list.
          """)
  void whatPeopleWriteIsNoReport(String subject, String text) {
    Returned returned = read("Ben <ben@shop.example>", subject, "X-Mailer: Mail", text);
    assertThat(returned).isEqualTo(Returned.notAReport());
  }

  @Test
  void aReportThatSomebodyForwardsInsideAMailIsNotARepeatedReport() {
    String mail =
        """
        From: Ben <ben@shop.example>
        To: invoices@firm.example
        Subject: what is this?
        Content-Type: multipart/mixed; boundary=o

        --o
        Content-Type: text/plain

        See below.
        --o
        Content-Type: message/rfc822

        From: MAILER-DAEMON@mx.partner.example
        Subject: Undelivered Mail Returned to Sender
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b
        Content-Type: message/delivery-status

        Final-Recipient: rfc822; anna@shop.example
        Action: failed
        Status: 5.1.1
        --b--
        --o--
        """;
    assertThat(ReturnedMail.read(mail.getBytes(StandardCharsets.UTF_8)).kind())
        .isEqualTo(Kind.NOT_A_REPORT);
  }

  private static Returned read(String from, String subject, String header, String text) {
    String mime =
        """
        Return-Path: <>
        From: %s
        To: invoices@firm.example
        Subject: %s
        In-Reply-To: <01ABC@firm.example>
        %s
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        %s

        > On Monday you wrote:
        > here is your invoice
        """
            .formatted(from, subject, header, text);
    if (header.startsWith("X-Mailer"))
      mime = mime.replace("Return-Path: <>", "Return-Path: <ben@shop.example>");
    return ReturnedMail.read(mime.getBytes(StandardCharsets.UTF_8));
  }
}
