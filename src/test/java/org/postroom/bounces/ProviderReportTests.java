package org.postroom.bounces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.bounces.Returned.Action;
import org.postroom.bounces.Returned.Kind;
import org.postroom.bounces.Returned.OfRecipient;

/** Reports as programs and providers write them, each with its own habits. */
class ProviderReportTests {
  static final String OURS =
      """
      Received: from firm.example by mx.partner.example; Mon, 2 Mar 2026 09:00:00 +0100
      Message-ID: <01ABC@firm.example>
      From: Firm <invoices@firm.example>
      To: Anna Klein <anna@shop.example>
      Subject: Invoice 4711: mailbox full, virus detected
      MIME-Version: 1.0

      Hello Anna, here is your invoice.
      """;

  @Test
  void exim() {
    assertBounced(
        words(
            "Mail Delivery System <Mailer-Daemon@mx.partner.example>",
            "Mail delivery failed: returning message to sender",
            """
            This message was created automatically by mail delivery software.

            A message that you sent could not be delivered to one or more of its
            recipients. This is a permanent error. The following address(es) failed:

              anna@shop.example
                host mx.shop.example [192.0.2.9]
                SMTP error from remote mail server after RCPT TO:<anna@shop.example>:
                550 5.1.1 <anna@shop.example>: Recipient address rejected: User unknown

            ------ This is a copy of the message, including all the headers. ------

            """
                + OURS),
        Reason.USER_UNKNOWN);
  }

  @Test
  void qmail() {
    assertBounced(
        words(
            "MAILER-DAEMON@mx.partner.example",
            "failure notice",
            """
            Hi. This is the qmail-send program at mx.partner.example.
            I'm afraid I wasn't able to deliver your message to the following addresses.
            This is a permanent error; I've given up. Sorry it didn't work out.

            <anna@shop.example>:
            Sorry, I couldn't find any host named shop.example. (#5.1.2)

            --- Below this line is a copy of the message.

            """
                + OURS),
        Reason.HOST_UNKNOWN);
  }

  @Test
  void ionosAndGmxInGerman() {
    assertBounced(
        words(
            "\"Mail Delivery System\" <mailer-daemon@kundenserver.example>",
            "Zustellung Ihrer Nachricht fehlgeschlagen",
            """
            Dies ist eine automatisch erzeugte Nachricht.

            Ihre Nachricht konnte an einen oder mehrere Empfänger nicht zugestellt werden.

            anna@shop.example:
            SMTP-Fehler vom entfernten Server nach RCPT TO, Host: mx.shop.example (192.0.2.9)
            Grund: 550 5.1.1 Postfach existiert nicht

            --- Der Kopf der ursprünglichen Nachricht folgt. ---

            """
                + OURS),
        Reason.USER_UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Échec de la remise du message | Votre message n'a pas pu être remis au destinataire suivant : | La boîte aux lettres du destinataire est pleine. | MAILBOX_FULL
          No entregado: factura | No se ha podido entregar el mensaje a: | La dirección de correo no existe en el servidor. | USER_UNKNOWN
          Mancato recapito: fattura | Impossibile recapitare il messaggio a: | La casella del destinatario è piena. | MAILBOX_FULL
          Niet bezorgd: factuur | Het bericht kan niet worden bezorgd aan: | De geadresseerde is onbekend. | USER_UNKNOWN
          Não entregue: fatura | A mensagem não pôde ser entregue a: | O endereço de e-mail não existe. | USER_UNKNOWN
          Undeliverable: invoice | Delivery has failed to these recipients or groups: | The recipient's mailbox is full and can't accept messages now. | MAILBOX_FULL
          Unzustellbar: Rechnung | Die Nachricht konnte nicht zugestellt werden an: | Das Postfach des Empfängers ist voll. | MAILBOX_FULL
          """)
  void wordsInSevenLanguages(String subject, String intro, String why, Reason reason) {
    String text = intro + "\n\n   anna@shop.example\n   " + why + "\n\n" + OURS;
    assertBounced(words("postmaster@shop.example", subject, text), reason);
  }

  @Test
  void yahooAndItsOldForm() {
    assertBounced(
        words(
            "MAILER-DAEMON@yahoo.example",
            "Failure Notice",
            """
            Sorry, we were unable to deliver your message to the following address.

            <anna@shop.example>:
            554: delivery error: dd Sorry, your message to anna@shop.example cannot be delivered. This mailbox is disabled (554.30). - mta1.example

            --- Below this line is a copy of the message.

            """
                + OURS),
        Reason.SUSPENDED);
  }

  @Test
  void zoho() {
    assertBounced(
        words(
            "mailer-daemon@mail.zoho.example",
            "Undelivered Mail Returned to Sender",
            """
            This message was created automatically by mail delivery software.
            A message that you sent could not be delivered to one or more of its recipients. This is a permanent error.

            anna@shop.example Invalid Address, ERROR_CODE :550, ERROR_CODE :5.1.1 <anna@shop.example>... User Unknown

            """
                + OURS),
        Reason.USER_UNKNOWN);
  }

  @Test
  void japaneseCarrierThatFilters() {
    Returned returned =
        words(
            "Postmaster@docomo.example",
            "Mail System Error - Returned Mail",
            """
            <anna@shop.example>

            Each of the following recipients was rejected by a remote mail server.
            The reasons given by the server are included to help you determine why each recipient was rejected.

                Recipient: <anna@shop.example>
                Reason:    550 Unknown user (in reply to end of DATA command)

            """
                + OURS);
    assertThat(returned.recipients()).hasSize(1);
    assertThat(returned.recipients().getFirst().reason()).isEqualTo(Reason.FILTERED);
  }

  @Test
  void exchangeOnline() {
    String human =
        """
        Content-Type: text/html; charset="us-ascii"
        Content-Transfer-Encoding: quoted-printable

        <html><body><p>Your message to <a href=3D"mailto:anna@shop.example">anna@s=
        hop.example</a> couldn't be delivered.</p><p>anna wasn't found at shop.exam=
        ple.</p></body></html>
        """;
    assertBounced(
        report(
            "postmaster@firm.onmicrosoft.example",
            human,
            """
            Final-Recipient: rfc822;anna@shop.example
            Action: failed
            Status: 5.1.10
            Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient
             anna@shop.example not found by SMTP address lookup
            X-Display-Name: anna@shop.example
            """),
        Reason.USER_UNKNOWN);
  }

  @Test
  void gmailAddressNotFound() {
    assertBounced(
        report(
            "Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
            """
            Content-Type: text/plain; charset="UTF-8"

            ** Address not found **

            Your message wasn't delivered to anna@shop.example because the address
            couldn't be found, or is unable to receive mail.
            """,
            """
            Final-Recipient: rfc822; anna@shop.example
            Action: failed
            Status: 5.1.1
            Remote-MTA: dns; mx.shop.example. (192.0.2.9, the server for the domain shop.example.)
            Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does
             not exist. Please try 550-5.1.1 double-checking the recipient's email address
            Last-Attempt-Date: Mon, 02 Mar 2026 00:00:01 -0800 (PST)
            """),
        Reason.USER_UNKNOWN);
  }

  @Test
  void sendmailWhereOnlyTheTranscriptTells() {
    assertBounced(
        report(
            "Mail Delivery Subsystem <MAILER-DAEMON@mx.partner.example>",
            """

               ----- The following addresses had permanent fatal errors -----
            <anna@shop.example>
                (reason: 550 5.7.1 blocked using rbl.partner.example)

               ----- Transcript of session follows -----
            ... while talking to mx.shop.example.:
            >>> MAIL From:<invoices@firm.example>
            <<< 554 5.7.1 Client host blocked using rbl.partner.example
            """,
            """
            Final-Recipient: RFC822; anna@shop.example
            Action: failed
            Status: 5.0.0
            """),
        Reason.BLOCKED);
  }

  @Test
  void internationalisedAddresses() {
    Returned returned =
        report(
            "MAILER-DAEMON@mx.partner.example",
            "Content-Type: text/plain\n\nsorry\n",
            """
            Final-Recipient: utf-8; jos\\x{E9}@shop.example
            Original-Recipient: utf-8; josé@shop.example
            Action: failed
            Status: 5.1.1
            """
                .replace("Original-Recipient: utf-8; josé@shop.example\n", ""));
    assertThat(returned.recipients().getFirst().address()).isEqualTo("josé@shop.example");
  }

  @Test
  void whomWeWroteToCountsBeforeWhereItWasPassedOn() {
    Returned returned =
        report(
            "MAILER-DAEMON@mx.partner.example",
            "Content-Type: text/plain\n\nsorry\n",
            """
            Original-Recipient: rfc822;anna@shop.example
            Final-Recipient: rfc822;anna.private@elsewhere.example
            Action: failed
            Status: 5.2.2
            """);
    assertThat(returned.recipients().getFirst().address()).isEqualTo("anna@shop.example");
    assertThat(returned.recipients().getFirst().hard()).isFalse();
  }

  @Test
  void aliasesInWordsLeadToWhomWeWroteTo() {
    Returned returned =
        words(
            "Mailer-Daemon@mx.partner.example",
            "Mail delivery failed: returning message to sender",
            """
            The following address(es) failed:

              anna.private@elsewhere.example
                (generated from anna@shop.example)
                550 5.1.1 user unknown

            """
                + OURS);
    assertThat(returned.recipients()).hasSize(1);
    assertThat(returned.recipients().getFirst().address()).isEqualTo("anna@shop.example");
  }

  @Test
  void delayedIsNoFailure() {
    Returned returned =
        words(
            "Mail Delivery System <Mailer-Daemon@mx.partner.example>",
            "Warning: message 1abc delayed 24 hours",
            """
            A message that you sent has not yet been delivered to one or more of its
            recipients after more than 24 hours on the queue.

              anna@shop.example
                Delay reason: Connection timed out

            No action is required on your part.

            """
                + OURS);
    assertThat(returned.kind()).isEqualTo(Kind.DELAYED);
    assertThat(returned.recipients().getFirst().action()).isEqualTo(Action.DELAYED);
    assertThat(returned.recipients().getFirst().hard()).isFalse();
  }

  @Test
  void aReportThatReturnsNothingLeadsToTheRecipientByTheAddressItCameTo() {
    String mime =
        """
        Return-Path: <>
        From: MAILER-DAEMON@mx.partner.example
        To: bounces+anna=shop.example@firm.example
        Subject: Undeliverable mail
        In-Reply-To: <01ABC@firm.example>

        The mailbox of the recipient is full. Your message could not be delivered.
        """;
    assertBounced(ReturnedMail.read(mime.getBytes(StandardCharsets.UTF_8)), Reason.MAILBOX_FULL);
  }

  @Test
  void carrierThatWritesAsNobody() {
    assertBounced(
        words(
            "no-reply@carrier.example",
            "Mail sent on Monday",
            """
            Your mail sent on: Mon, 02 Mar 2026 09:00:00 +0900
            Could not be delivered to: <anna@shop.example>
            As their mailbox is full.

            """
                + OURS),
        Reason.MAILBOX_FULL);
  }

  @Test
  void listOfProblems() {
    assertBounced(
        words(
            "MAILER-DAEMON@isp.example",
            "Returned mail: mailbox",
            """
               ----- The following addresses had delivery problems -----
            anna@shop.example

               ----- Non-delivered information -----
            The number of messages in recipient's mailbox exceeded the local limit.

            """
                + OURS),
        Reason.MAILBOX_FULL);
  }

  @Test
  void gatewayThatWrapsTheAnswer() {
    assertBounced(
        words(
            "System <postmaster@gateway.example>",
            "Undeliverable Mail: Invoice",
            """
            Your message:
               From:    invoices@firm.example
               Subject: Invoice 4711

            Could not be delivered because of

            550 5.1.1 User unknown

            The following recipients were affected:
               anna@shop.example

            """
                + OURS),
        Reason.USER_UNKNOWN);
  }

  @Test
  void gatewayThatShowsTheTalk() {
    assertBounced(
        words(
            "InterScan MSS <mss@gateway.example>",
            "Mail could not be delivered",
            """
            Sent >>> RCPT TO:<anna@shop.example>
            Received <<< 550 <anna@shop.example>... no such user here

            Unable to deliver message to <anna@shop.example>

            """
                + OURS),
        Reason.USER_UNKNOWN);
  }

  @Test
  void serverThatTellsTheErrorInBrackets() {
    assertBounced(
        words(
            "Mail Delivery System <MAILER-DAEMON@mx.partner.example>",
            "There was an error sending your mail",
            """
            We had trouble delivering your message. Full details follow:

            Subject: 'Invoice 4711'

            1 error(s):

            SMTP Server <mx.shop.example> rejected recipient <anna@shop.example>
              (Error following RCPT command). It responded as follows: [550 User unknown]

            """
                + OURS),
        Reason.USER_UNKNOWN);
  }

  @Test
  void lotusNotes() {
    assertBounced(
        report(
            "Postmaster@partner.example",
            """
            Content-Type: text/plain

            Your message

              Subject: Invoice 4711

            was not delivered to:

              anna@shop.example

            because:

              User anna (anna@shop.example) not listed in Domino Directory
            """,
            """
            Final-Recipient: rfc822;anna@shop.example
            Action: failed
            Status: 5.0.0
            Diagnostic-Code: X-Notes; User anna (anna@shop.example) not listed in Domino Dir
             ectory
            """),
        Reason.USER_UNKNOWN);
  }

  @Test
  void oldSendmailWithSeveralRecipientsInOneTranscript() {
    Returned returned =
        words(
            "Mail Delivery Subsystem <MAILER-DAEMON@mx.partner.example>",
            "Returned mail: User unknown",
            """
               ----- Transcript of session follows -----
            While talking to mx.shop.example:
            >>> RCPT To:<anna@shop.example>
            <<< 550 <anna@shop.example>... User unknown
            550 <anna@shop.example>... User unknown
            550 nowhere.example (smtp)... 550 Host unknown
            554 <ben@nowhere.example>... 550 Host unknown (Authoritative answer from name server)

               ----- Unsent message follows -----
            """
                + OURS);
    assertThat(returned.recipients())
        .extracting(OfRecipient::address, OfRecipient::reason)
        .containsExactly(
            tuple("anna@shop.example", Reason.USER_UNKNOWN),
            tuple("ben@nowhere.example", Reason.HOST_UNKNOWN));
  }

  @Test
  void exchangeOnlineInGermanWithoutFields() {
    assertBounced(
        words(
            "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@firm.example>",
            "Unzustellbar: Rechnung 4711",
            """
            Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:

            anna@shop.example<mailto:anna@shop.example>
            Die eingegebene E-Mail-Adresse konnte nicht gefunden werden.

            Diagnoseinformationen für Administratoren:

            Generierender Server: firm.example

            anna@shop.example
            Remote Server returned '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found'

            Ursprüngliche Nachrichtenkopfzeilen:

            """
                + OURS),
        Reason.USER_UNKNOWN);
  }

  @Test
  void dailyQuotaOfOurOwnAccountIsOurs() {
    Returned returned =
        words(
            "Mail Delivery Subsystem <mailer-daemon@googlemail.example>",
            "Delivery Status Notification (Failure)",
            """
            You have reached a limit for sending mail. Your message was not sent.

            anna@shop.example
            550 5.4.5 Daily user sending limit exceeded.

            """
                + OURS);
    assertThat(returned.recipients().getFirst().reason()).isEqualTo(Reason.RATE_LIMITED);
    assertThat(returned.recipients().getFirst().reason().fault()).isEqualTo(Reason.Fault.OURS);
  }

  static void assertBounced(Returned returned, Reason reason) {
    assertThat(returned.kind()).isEqualTo(Kind.BOUNCE);
    assertThat(returned.messageId()).isEqualTo("01ABC@firm.example");
    assertThat(returned.recipients()).hasSize(1);
    OfRecipient anna = returned.recipients().getFirst();
    assertThat(anna.address()).isEqualTo("anna@shop.example");
    assertThat(anna.action()).isEqualTo(Action.FAILED);
    assertThat(anna.reason()).as(anna.diagnostic()).isEqualTo(reason);
    assertThat(anna.hard()).isEqualTo(reason.hard());
  }

  static Returned words(String from, String subject, String text) {
    String mime =
        """
        Return-Path: <>
        From: %s
        To: invoices@firm.example
        Subject: %s
        Content-Type: text/plain; charset=utf-8

        %s
        """
            .formatted(from, subject, text);
    return ReturnedMail.read(mime.getBytes(StandardCharsets.UTF_8));
  }

  static Returned report(String from, String human, String fields) {
    String mime =
        """
        Return-Path: <>
        From: %s
        To: invoices@firm.example
        Subject: Undeliverable: Invoice 4711
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b
        %s
        --b
        Content-Type: message/global-delivery-status

        Reporting-MTA: dns; mx.partner.example

        %s
        --b
        Content-Type: message/rfc822

        %s
        --b--
        """
            .formatted(from, human, fields, OURS);
    return ReturnedMail.read(mime.getBytes(StandardCharsets.UTF_8));
  }
}
