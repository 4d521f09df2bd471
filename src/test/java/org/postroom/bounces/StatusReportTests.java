package org.postroom.bounces;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.bounces.Returned.Action;
import org.postroom.bounces.Returned.Kind;
import org.postroom.bounces.Returned.OfRecipient;

class StatusReportTests {
  private static final String REPORT =
      """
      Return-Path: <>
      From: Mail Delivery System <MAILER-DAEMON@mx.partner.example>
      To: invoices@firm.example
      Subject: Undelivered Mail Returned to Sender
      Auto-Submitted: auto-replied
      MIME-Version: 1.0
      Content-Type: multipart/report; report-type=delivery-status; boundary="b/1"

      This is a MIME-encapsulated message.

      --b/1
      Content-Type: text/plain; charset=us-ascii

      I'm sorry to have to inform you that your message could not be delivered.

      --b/1
      Content-Type: message/delivery-status

      Reporting-MTA: dns; mx.partner.example
      Original-Envelope-Id: msg+3D01ABC
      X-Postfix-Queue-ID: 4ABC

      Final-Recipient: rfc822; anna.klein@shop.example
      Original-Recipient: rfc822;anna@shop.example
      Action: failed
      Status: 5.1.1
      Remote-MTA: dns; mail.shop.example
      Diagnostic-Code: smtp; 550 5.1.1 <anna@shop.example>: Recipient address
          rejected: User unknown in virtual mailbox table

      Final-Recipient: rfc822; ben@shop.example
      Action: delivered
      Status: 2.1.5

      --b/1
      Content-Type: text/rfc822-headers

      Message-ID: <01ABC@firm.example>
      To: anna@shop.example, ben@shop.example
      Subject: Invoice 4711

      --b/1--
      """;

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void readsEachRecipientAndOurMessageWithAnyLineEnd(String lineEnd) {
    byte[] mime = REPORT.replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8);
    Returned returned = ReturnedMail.read(mime);
    assertThat(returned.kind()).isEqualTo(Kind.BOUNCE);
    assertThat(returned.messageId()).isEqualTo("01ABC@firm.example");
    assertThat(returned.envelopeId()).isEqualTo("msg=01ABC");
    OfRecipient anna = returned.recipients().getFirst();
    assertThat(anna)
        .isEqualTo(
            new OfRecipient(
                "anna@shop.example",
                Action.FAILED,
                "5.1.1",
                550,
                "550 5.1.1 <anna@shop.example>: Recipient address rejected: User unknown in virtual"
                    + " mailbox table",
                Reason.USER_UNKNOWN,
                true));
    OfRecipient ben = returned.recipients().getLast();
    assertThat(ben.action()).isEqualTo(Action.DELIVERED);
    assertThat(ben.reason()).isEqualTo(Reason.DELIVERED);
  }
}
