package org.postroom.bounces;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.postroom.bounces.Returned.Action;
import org.postroom.bounces.Returned.Kind;
import org.postroom.bounces.Returned.OfRecipient;

/** Feedback of providers (RFC 5965), and what Amazon SES tells as JSON. */
class ComplaintTests {
  private static final String COMPLAINT =
      """
      From: staff@provider.example
      To: abuse@firm.example
      Subject: complaint about message from 192.0.2.7
      Content-Type: multipart/report; report-type=feedback-report; boundary=b

      --b
      Content-Type: text/plain

      This is an email abuse report. The message could not be delivered to the inbox.
      --b
      Content-Type: message/feedback-report

      Feedback-Type: abuse
      User-Agent: Provider-Feedback/1.0
      Version: 1
      Original-Mail-From: <invoices@firm.example>
      Original-Rcpt-To: <anna@provider.example>
      Original-Envelope-Id: 01+2BA
      --b
      Content-Type: message/rfc822

      From: invoices@firm.example
      To: Anna <anna@provider.example>
      Message-ID: <01ABC@firm.example>
      Subject: Invoice 4711

      Hello
      --b--
      """;

  @Test
  void readsWhoComplainedAboutWhat() {
    Returned returned = read(COMPLAINT);
    assertThat(returned.kind()).isEqualTo(Kind.COMPLAINT);
    assertThat(returned.messageId()).isEqualTo("01ABC@firm.example");
    assertThat(returned.envelopeId()).isEqualTo("01+A");
    assertThat(returned.recipients())
        .containsExactly(
            new OfRecipient(
                "anna@provider.example",
                Action.DELIVERED,
                null,
                null,
                "Feedback-Type: abuse",
                Reason.COMPLAINT,
                false));
  }

  @Test
  void takesTheAddressFromOurMessageWhereTheProviderHidesIt() {
    Returned returned = read(COMPLAINT.replace("Original-Rcpt-To: <anna@provider.example>\n", ""));
    assertThat(returned.recipients().getFirst().address()).isEqualTo("anna@provider.example");
  }

  @Test
  void somebodyWhoTakesItBackDoesNotComplain() {
    assertThat(read(COMPLAINT.replace("Feedback-Type: abuse", "Feedback-Type: not-spam")).kind())
        .isEqualTo(Kind.NOT_A_REPORT);
    assertThat(
            read(COMPLAINT.replace("Feedback-Type: abuse", "Feedback-Type: auth-failure")).kind())
        .isEqualTo(Kind.NOT_A_REPORT);
  }

  @Test
  void readsABounceToldAsJson() {
    Returned returned =
        read(
            """
            From: AWS Notifications <no-reply@sns.example>
            Subject: AWS Notification Message
            Content-Type: text/plain; charset=UTF-8

            {"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":[
            {"emailAddress":"anna@shop.example","action":"failed","status":"5.1.1",
            "diagnosticCode":"smtp; 550 5.1.1 user unknown"}]},
            "mail":{"messageId":"0000","commonHeaders":{"messageId":"<01ABC@firm.example>"}}}

            --
            If you wish to stop receiving notifications from this topic, please click …
            """);
    assertThat(returned.kind()).isEqualTo(Kind.BOUNCE);
    assertThat(returned.messageId()).isEqualTo("01ABC@firm.example");
    OfRecipient anna = returned.recipients().getFirst();
    assertThat(anna.address()).isEqualTo("anna@shop.example");
    assertThat(anna.reason()).isEqualTo(Reason.USER_UNKNOWN);
    assertThat(anna.hard()).isTrue();
  }

  @Test
  void readsAComplaintWrappedByTheNotificationService() {
    Returned returned =
        read(
            """
            From: AWS Notifications <no-reply@sns.example>
            Subject: AWS Notification Message
            Content-Type: application/json

            """
                    .replace("application/json", "text/plain")
                + "{\"Type\":\"Notification\",\"Message\":\"{\\\"eventType\\\":\\\"Complaint\\\","
                + "\\\"complaint\\\":{\\\"complainedRecipients\\\":[{\\\"emailAddress\\\":"
                + "\\\"anna@shop.example\\\"}]},\\\"mail\\\":{\\\"headers\\\":[{\\\"name\\\":"
                + "\\\"Message-ID\\\",\\\"value\\\":\\\"<01ABC@firm.example>\\\"}]}}\"}\n");
    assertThat(returned.kind()).isEqualTo(Kind.COMPLAINT);
    assertThat(returned.messageId()).isEqualTo("01ABC@firm.example");
    assertThat(returned.recipients().getFirst().address()).isEqualTo("anna@shop.example");
  }

  @Test
  void jsonOfSomebodyElseIsNoReport() {
    assertThat(read("From: a@b.example\nSubject: x\n\n{\"notificationType\":\"Bounce\"").kind())
        .isEqualTo(Kind.NOT_A_REPORT);
  }

  private static Returned read(String mime) {
    return ReturnedMail.read(mime.getBytes(StandardCharsets.UTF_8));
  }
}
