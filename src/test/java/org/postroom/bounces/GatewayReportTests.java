package org.postroom.bounces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.bounces.ProviderReportTests.OURS;
import static org.postroom.bounces.ProviderReportTests.assertBounced;
import static org.postroom.bounces.ProviderReportTests.report;
import static org.postroom.bounces.ProviderReportTests.words;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.bounces.Returned.Kind;
import org.postroom.bounces.Returned.OfRecipient;

/** Reports whose arrangement hides who wrote them, whom they are about, or what was refused. */
class GatewayReportTests {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mail_Security_Gateway@shop.example",
        "SMTP Service <relay@shop.example>",
        "ACME AntiVirus <scanner@shop.example>",
        "ndr@shop.example"
      })
  void filtersWriteUnderTheirOwnName(String from) {
    assertBounced(named(from, "Returned mail: error during delivery"), Reason.USER_UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "ACME AntiVirus <sales@shop.example>, Your order 12",
    "Anna Klein <anna@shop.example>, Returned mail: error during delivery"
  })
  void butTheNameAloneOrTheSubjectAloneMakesNoReport(String from, String subject) {
    assertThat(named(from, subject).kind()).isEqualTo(Kind.NOT_A_REPORT);
  }

  private static Returned named(String from, String subject) {
    String mime =
        """
        Return-Path: <bounce-17@shop.example>
        From: %s
        To: invoices@firm.example
        Subject: %s

        ------ Failed recipients ------
        <anna@shop.example>: no such user here

        ------ Returned message ------

        %s
        """
            .formatted(from, subject, OURS);
    return ReturnedMail.read(mime.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aReportByItsTypeMayNameTheRecipientInItsWordsOnly() {
    String mime =
        """
        To: invoices@firm.example
        Subject: Adresse inconnue
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b
        Content-Type: text/plain; charset=utf-8

        Un message est resté ici :
        anna@shop.example
        Cette adresse n'existe pas.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; filtre.partner.example
        --b--
        """;
    Returned returned = ReturnedMail.read(mime.getBytes(StandardCharsets.UTF_8));
    assertThat(returned.kind()).isEqualTo(Kind.BOUNCE);
    assertThat(returned.recipients())
        .extracting(OfRecipient::reason)
        .containsExactly(Reason.USER_UNKNOWN);
  }

  @Test
  void whatWasSaidBeforeAnybodyWasNamedIsSaidOfAll() {
    Returned returned =
        words(
            "Postmaster@shop.example",
            "Mail System Error - Returned Mail",
            """
            Your message was not delivered within 3 days.
            The server of shop.example did not respond.

            <anna@shop.example>
            <berta@shop.example>

            Please write to the postmaster.
            """);
    assertThat(returned.recipients())
        .extracting(OfRecipient::reason)
        .containsExactly(Reason.EXPIRED, Reason.EXPIRED);
  }

  @Test
  void whomTheMessageWasWrittenToNeedNotBeAmongThoseItIsAbout() {
    Returned returned =
        words(
            "System Administrator <postmaster@shop.example>",
            "Undeliverable: Offer",
            """
            Your message

              To:      everybody@list.example
              Subject: Offer

            did not reach the following recipient(s):

            c=DE;o=Shop;dda:SMTP=anna@shop.example; on Mon, 2 Mar 2026 09:00
                The recipient name is not recognized
            """);
    assertThat(returned.recipients()).hasSize(1);
    assertThat(returned.recipients().getFirst().address()).endsWith("anna@shop.example");
    assertThat(returned.recipients().getFirst().reason()).isEqualTo(Reason.USER_UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          FILTERED | >>> DATA | <<< 550 Unknown user | 554 5.0.0 Service unavailable
          USER_UNKNOWN | >>> DATA | <<< 550 Unknown user | <<< 503 5.0.0 Need RCPT (recipient)
          USER_UNKNOWN | >>> RCPT To:<x> | <<< 550 Unknown user | 550 x... User unknown
          USER_UNKNOWN | >>> DATA | <<< 554 This user doesn't have an account here | 554 5.0.0 Service unavailable
          """)
  void sendmailTellsUnderDataWhatWasAnsweredToRcpt(
      Reason reason, String asked, String answered, String after) {
    String why = answered.substring(4);
    assertBounced(
        report(
            "Mail Delivery Subsystem <MAILER-DAEMON@mx.partner.example>",
            "\n   ----- Transcript of session follows -----\n"
                + String.join(
                    "\n", "... while talking to mx.shop.example.:", asked, answered, after),
            """
            Final-Recipient: RFC822; anna@shop.example
            Action: failed
            Status: 5.0.0
            Diagnostic-Code: SMTP; %s
            """
                .formatted(why)),
        reason);
  }

  @Test
  void whatTheServerAnsweredCountsBeforeTheReportersOwnWordForIt() {
    assertBounced(
        words(
            "mailer-daemon@mail.partner.example",
            "Undelivered Mail Returned to Sender",
            """
            This message was created automatically by mail delivery software.

            anna@shop.example Invalid Address, ERROR_CODE :550, ERROR_CODE :mailbox unavailable

            """
                + OURS),
        Reason.ON_HOLD);
  }

  @Test
  void aCarrierThatCallsUnknownWhoeverDoesNotWantAMailIsNotBelieved() {
    OfRecipient found =
        report(
                "MAILER-DAEMON@mx.partner.example",
                "",
                """
                Final-Recipient: rfc822; hanako@docomo.ne.jp
                Action: failed
                Diagnostic-Code: smtp; 550 Unknown user
                """)
            .recipients()
            .getFirst();
    assertThat(found.reason()).isEqualTo(Reason.FILTERED);
    assertThat(found.hard()).isFalse();
  }

  @Test
  void theNameOfAServerIsNoStatementAboutTheDomain() {
    assertThat(ReasonTests.of("failed", "", "host: mx.shop.example 5.2.1 Address unknown").reason())
        .isEqualTo(Reason.USER_UNKNOWN);
    assertThat(
            ReasonTests.of("failed", "", "553 5.3.0 Addressee unknown, relay=[192.0.2.10]")
                .reason())
        .isEqualTo(Reason.USER_UNKNOWN);
  }
}
