package org.postroom.bounces;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.bounces.Reason.Fault;
import org.postroom.bounces.Returned.OfRecipient;

/** What servers of this world say, and what it means. */
class ReasonTests {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          USER_UNKNOWN | 550-5.1.1 The email account that you tried to reach does not exist. Please try 550 5.1.1 double-checking the recipient's email address
          USER_UNKNOWN | 550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient anna@shop.example not found by SMTP address lookup
          USER_UNKNOWN | 550 5.4.1 Recipient address rejected: Access denied. [AM0EUR02FT003.eop-EUR02.prod.protection.outlook.com]
          USER_UNKNOWN | 554 delivery error: dd This user doesn't have a yahoo.com account (anna@shop.example) [0] - mta1020 (in reply to RCPT TO command)
          USER_UNKNOWN | 550 5.1.1 <anna@shop.example>: user does not exist
          USER_UNKNOWN | 550 Requested action not taken: mailbox unavailable (in reply to RCPT TO command)
          USER_UNKNOWN | 550 Invalid Recipient - https://community.partner.example/docs/DOC-1369#550 [x] (in reply to RCPT TO command)
          HOST_UNKNOWN | Unrouteable address
          USER_UNKNOWN | 550 Unrouteable address (in reply to RCPT TO command)
          FILTERED | 550 5.7.1 User unknown
          SECURITY_ERROR | 550 5.7.1 Access denied
          USER_UNKNOWN | Sorry, no mailbox here by that name. (#5.1.1)
          USER_UNKNOWN | 550 5.1.1 Empfänger unbekannt
          USER_UNKNOWN | 550 L'adresse du destinataire est introuvable: destinataire inconnu (in reply to RCPT TO command)
          USER_UNKNOWN | 550 El usuario indicado no existe (in reply to RCPT TO command)
          USER_UNKNOWN | 550 Destinatario inesistente: la casella non esiste (in reply to RCPT TO command)
          USER_UNKNOWN | 550 Onbekende gebruiker (in reply to RCPT TO command)
          USER_UNKNOWN | 550 O endereço de e-mail não foi encontrado (in reply to RCPT TO command)
          USER_UNKNOWN | 550 5.7.1 No such user! - gsmtp (in reply to RCPT TO command)
          HOST_UNKNOWN | Host or domain name not found. Name service error for name=shop.example type=A: Host not found
          HOST_UNKNOWN | 550 5.4.310 DNS domain shop.example does not exist [Message=InfoDomainNonexistent]
          HOST_UNKNOWN | Sorry, I couldn't find any host named shop.example. (#5.1.2)
          HOST_UNKNOWN | all relevant MX records point to non-existent hosts
          HAS_MOVED | 551 5.1.6 User has moved; please try <anna@elsewhere.example>
          NOT_ACCEPTING | 556 5.1.10 <anna@shop.example>: Recipient address rejected: Domain shop.example does not accept mail (nullMX)
          MAILBOX_FULL | 552-5.2.2 The email account that you tried to reach is over quota. Please direct the recipient to
          MAILBOX_FULL | 452 4.2.2 The email account that you tried to reach is over quota
          MAILBOX_FULL | 554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException
          MAILBOX_FULL | 552 Requested mail action aborted: exceeded storage allocation
          MAILBOX_FULL | user's maildir has overdrawn his diskspace quota, please try again later
          MAILBOX_FULL | 550 5.1.1 Das Postfach des Empfängers ist voll
          MAILBOX_FULL | 552 La boîte aux lettres du destinataire est pleine
          MAILBOX_FULL | 552 El buzón del destinatario está lleno
          MAILBOX_FULL | 552 La casella del destinatario è piena
          SUSPENDED | 550-5.2.1 The email account that you tried to reach is inactive. 550 5.2.1 https://support.google.com/mail/?p=InactiveUser
          SUSPENDED | 554 30 Sorry, your message to anna@shop.example cannot be delivered. This mailbox is disabled (554.30).
          ON_HOLD | 450 4.2.0 <anna@shop.example>: Recipient address rejected: Greylisted, see https://mx.partner.example/grey
          AUTHENTICATION_FAILURE | 550-5.7.26 This mail has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM.
          AUTHENTICATION_FAILURE | 550 5.7.9 This mail has been blocked: not accepted due to domain owner's DMARC policy
          AUTHENTICATION_FAILURE | 550 5.7.515 Access denied, sending domain FIRM.EXAMPLE doesn't meet the required authentication level.
          AUTHENTICATION_FAILURE | 550 5.7.23 <anna@shop.example>: Recipient address rejected: Message rejected due to: SPF fail - not authorized.
          NO_REVERSE_NAME | 554-gmx.net (mxgmx104) Nemesis ESMTP Service not available 554-No SMTP service 554-Bad DNS PTR resource record.
          NO_REVERSE_NAME | 550 5.7.25 The IP address sending this message does not have a PTR record setup
          BLOCKED | 550 5.7.606 Access denied, banned sending IP [192.0.2.7]. To request removal from this list please visit https://sender.office.com/
          BLOCKED | 550 5.7.1 Service unavailable, Client host [192.0.2.7] blocked using Spamhaus. To request removal from this list see https://www.spamhaus.org/query/ip/192.0.2.7
          BLOCKED | 550 5.7.0 Blocked - see https://ipcheck.proofpoint.com/?ip=192.0.2.7
          BLOCKED | 554 IP=192.0.2.7 - A problem occurred. (Ask your postmaster for help or to contact tosa@rx.t-online.de to clarify.) (BL)
          BAD_REPUTATION | 421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred due to unexpected volume or user complaints
          BAD_REPUTATION | 451 4.7.650 The mail server [192.0.2.7] has been temporarily rate limited due to IP reputation.
          SPAM | 550-5.7.1 [192.0.2.7 12] Our system has detected that this message is likely unsolicited mail. To reduce the amount of spam sent to Gmail
          SPAM | 550 5.7.1 Message rejected as spam by Content Filtering.
          SPAM | 554 5.7.1 Nachricht wurde als Spam eingestuft
          VIRUS | 554 5.7.1 virus Eicar-Test-Signature detected by ClamAV
          POLICY | 554 5.7.9 Message not accepted for policy reasons. See https://senders.yahooinc.com/error-codes
          POLICY | 554-Transaction failed 554-Reject due to policy restrictions.
          POLICY | 550 5.7.1 [CS01] Message rejected due to local policy.
          POLICY | 552-5.7.0 This message was blocked because its content presents a potential 552 5.7.0 security issue.
          TOO_LARGE | 552-5.3.4 Your message exceeded Google's message size limits.
          TOO_LARGE | message size 31457280 exceeds size limit 10485760 of server mx.shop.example[192.0.2.9]
          TOO_LARGE | 552 5.3.4 Die Nachricht ist zu groß
          RATE_LIMITED | 450-4.2.1 The user you are trying to contact is receiving mail too quickly.
          RATE_LIMITED | 421-4.7.28 Our system has detected an unusual rate of unsolicited mail originating from your IP address.
          RATE_LIMITED | 451 4.7.500 Server busy. Please try again later from [192.0.2.7].
          RATE_LIMITED | 550 5.4.6 Unusual sending activity detected. Please try after sometime
          TOO_MANY_CONNECTIONS | 421 4.7.0 Too many concurrent SMTP connections; please try again later.
          SENDER_REJECTED | 550 5.1.8 Access denied, bad outbound sender AS(42004)
          SENDER_REJECTED | 553 5.1.8 <invoices@firm.example>: Sender address rejected: Domain not found
          NO_RELAYING | 554 5.7.1 <anna@shop.example>: Relay access denied
          NO_RELAYING | 550 5.7.64 TenantAttribution; Relay Access Denied
          SECURITY_ERROR | 550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required; Delivery restriction check failed
          SECURITY_ERROR | 530 5.7.57 Client not authenticated to send mail.
          ENCRYPTION_FAILED | TLS is required, but was not offered by host mx.shop.example[192.0.2.9]
          NETWORK_ERROR | Host or domain name not found. Name service error for name=shop.example type=MX: Host not found, try again
          NETWORK_ERROR | 554 5.4.14 Hop count exceeded - possible mail loop ATTR34
          NETWORK_ERROR | mail for shop.example loops back to myself
          EXPIRED | connect to mx.shop.example[192.0.2.9]:25: Connection timed out
          EXPIRED | 550 5.4.300 Message expired -> 421 4.4.1 Connection timed out
          EXPIRED | retry timeout exceeded
          SYSTEM_ERROR | 451 4.3.5 Server configuration problem
          SYSTEM_ERROR | 421 4.3.0 collect: Cannot write; internal server error
          SYSTEM_FULL | 452 4.3.1 Insufficient system storage
          NOT_COMPLIANT | 550 5.6.11 SMTPSEND.BareLinefeedsAreIllegal; message contains bare linefeeds
          FILTERED | 550 User unknown (in reply to end of DATA command)
          UNDEFINED | Nobody knows
          """)
  void understandsWhatServersSay(Reason reason, String said) {
    assertThat(of("failed", "", said).reason()).isEqualTo(reason);
  }

  @Test
  void whatWeSendCanNeverSayThatAnAddressIsBad() {
    for (Reason reason : Reason.values())
      if (reason.hard()) assertThat(reason.fault()).isEqualTo(Fault.ADDRESS);
  }

  @Test
  void aWarningIsNeverHard() {
    OfRecipient warned = of("delayed", "4.1.1", "450 4.1.1 user unknown");
    assertThat(warned.reason()).isEqualTo(Reason.USER_UNKNOWN);
    assertThat(warned.hard()).isFalse();
  }

  @Test
  void theCodeCountsWhereTheWordsSayNothing() {
    assertThat(of("failed", "5.2.2", "").reason()).isEqualTo(Reason.MAILBOX_FULL);
    assertThat(of("failed", "5.1.1", "554 no").reason()).isEqualTo(Reason.USER_UNKNOWN);
    assertThat(of("failed", "5.7.26", "550 User unknown").reason())
        .isEqualTo(Reason.AUTHENTICATION_FAILURE);
  }

  @ParameterizedTest
  @CsvSource({
    "5.1.77, ON_HOLD", "5.2.88, ON_HOLD", "5.3.99, SYSTEM_ERROR", "5.4.999, NETWORK_ERROR",
    "5.5.77, SYNTAX_ERROR", "5.6.88, CONTENT_ERROR", "5.7.999, SECURITY_ERROR",
        "4.7.998, SECURITY_ERROR",
    "5.0.0, UNDEFINED"
  })
  void theSubjectOfACodeThatNobodyKnowsSaysWhoseMatterItIs(String status, Reason reason) {
    OfRecipient found = of("failed", status, "");
    assertThat(found.reason()).isEqualTo(reason);
    assertThat(found.hard()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "5.2.3, OVER_LIMIT", "5.3.4, TOO_LARGE", "5.4.4, HOST_UNKNOWN", "4.4.4, NETWORK_ERROR",
    "5.7.12, SECURITY_ERROR", "5.7.16, TOO_LARGE", "5.7.19, ON_HOLD", "5.7.28, RATE_LIMITED",
    "5.7.29, AUTHENTICATION_FAILURE", "5.7.30, ENCRYPTION_FAILED"
  })
  void codesMeanWhatTheirRegistrySays(String status, Reason reason) {
    assertThat(of("failed", status, "").reason()).isEqualTo(reason);
  }

  @Test
  void theCodeTellsWhoseLimitTheMessageIsOver() {
    String words = "552 %s Message size exceeds the limit";
    assertThat(of("failed", "", words.formatted("5.2.3")).reason()).isEqualTo(Reason.OVER_LIMIT);
    assertThat(of("failed", "", words.formatted("5.3.4")).reason()).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void whatMayPassIsNoMissingDomain() {
    OfRecipient found = of("failed", "5.4.4", "no such domain, please try again later");
    assertThat(found.reason()).isEqualTo(Reason.NETWORK_ERROR);
    assertThat(found.hard()).isFalse();
    assertThat(of("failed", "5.4.4", "no such domain").hard()).isTrue();
  }

  @Test
  void aPageThatLooksUpAnAddressIsABlockListWithoutAnyWord() {
    String said =
        "553 http://lists.partner.example/query?ip=192.0.2.7 (in reply to RCPT TO command)";
    assertThat(of("failed", "", said).reason()).isEqualTo(Reason.BLOCKED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "in reply to end of DATA command",
        "after DATA",
        "SMTP command DATA",
        "during data",
        ">>> DATA"
      })
  void unknownAfterTheContentIsAFiltersWord(String at) {
    assertThat(of("failed", "", "550 Unknown user (" + at + ")").reason())
        .isEqualTo(Reason.FILTERED);
    assertThat(of("failed", "", "550 The account does not exist (" + at + ")").reason())
        .isEqualTo(Reason.USER_UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"after HELO", "in response to EHLO", "during connect", "command HELO"})
  void aRefusalAtTheDoorWithoutWordsIsABlock(String at) {
    assertThat(of("failed", "", "554 No. (" + at + ")").reason()).isEqualTo(Reason.BLOCKED);
  }

  @Test
  void plainWordsBeatACodeThatIsUsedForEverything() {
    assertThat(of("failed", "5.1.1", "552 mailbox is full").reason())
        .isEqualTo(Reason.MAILBOX_FULL);
    assertThat(of("failed", "5.1.1", "550 blocked using rbl.example").reason())
        .isEqualTo(Reason.BLOCKED);
  }

  @Test
  void wordsInAddressesAndLinksSayNothing() {
    OfRecipient found =
        of(
            "failed",
            "5.1.1",
            "550 <virus.detected@spamhaus.example> see http://quota.example/full");
    assertThat(found.reason()).isEqualTo(Reason.USER_UNKNOWN);
  }

  @Test
  void anAnswerToTheSenderConcernsTheSender() {
    OfRecipient found =
        of("failed", "5.0.0", "553 firm.example does not exist (in reply to MAIL FROM command)");
    assertThat(found.reason()).isEqualTo(Reason.SENDER_REJECTED);
    assertThat(found.hard()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyReasonIsExplainedInTheDocumentation(Reason reason) throws IOException {
    String row = "| `" + reason.name().toLowerCase(Locale.ROOT) + "` | " + reason.sentence() + " |";
    assertThat(Files.readString(Path.of("docs/bounces.md"))).contains(row);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyReasonIsASentenceForPeople(Reason reason) {
    assertThat(reason.sentence()).endsWith(".").hasSizeBetween(15, 90).doesNotContain("_", "SMTP");
    assertThat(reason.sentence().substring(0, 1)).isUpperCase();
  }

  static OfRecipient of(String action, String status, String said) {
    String mime =
        """
        From: MAILER-DAEMON@mx.partner.example
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b
        Content-Type: message/delivery-status; charset=utf-8

        Reporting-MTA: dns; mx.partner.example

        Final-Recipient: rfc822; anna@shop.example
        Action: %s
        Status: %s
        Diagnostic-Code: smtp; %s
        --b--
        """
            .formatted(action.toLowerCase(Locale.ROOT), status, said);
    Returned returned = ReturnedMail.read(mime.getBytes(StandardCharsets.UTF_8));
    assertThat(returned.recipients()).hasSize(1);
    return returned.recipients().getFirst();
  }
}
