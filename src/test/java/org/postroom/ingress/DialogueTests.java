package org.postroom.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postroom.testkit.Eventually;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.SmtpTalk;
import org.postroom.testkit.TestDatabase;

/** Conformance (RFC 5321, 6409, 2920, 3207, 4954, 1870, 3461, 6531) as a table of dialogues. */
class DialogueTests {
  private static final String MAIL = "MAIL FROM:<admin@acme.example>";
  private static final String RCPT = "RCPT TO:<anna@contoso.example>";
  private static IngressForTests ingress;

  @BeforeAll
  static void start() {
    ingress = IngressForTests.start(TestDatabase.SQLITE, null);
  }

  @AfterAll
  static void stop() {
    ingress.close();
  }

  /** Without signing in: line, start of the reply; further pairs follow. */
  static Stream<Arguments> beforeSignIn() {
    return Stream.of(
        dialogue("NOOP", "250 2.0.0", "noop hello", "250 2.0.0", "RSET", "250 2.0.0"),
        dialogue("HELP", "214 2.0.0", "VRFY anna", "252 2.5.0", "VRFY", "501 5.5.4"),
        dialogue("EXPN list", "502 5.5.1", "BDAT 5 LAST", "502 5.5.1", "ETRN x", "502 5.5.1"),
        dialogue("XYZZY", "500 5.5.1", "", "500 5.5.1", "RSET now", "501 5.5.4"),
        dialogue("HELO", "501 5.5.4", "EHLO", "501 5.5.4", "HELO erp", "250 mail.acme.example"),
        dialogue(MAIL, "503 5.5.1", "HELO erp", "250", MAIL, "530 5.7.0"),
        dialogue(RCPT, "503 5.5.1", "DATA", "503 5.5.1"),
        dialogue("EHLO erp", "250", MAIL, "530 5.7.0", "AUTH", "504 5.5.4", "AUTH CRAM-MD5", "504"),
        dialogue("AUTH PLAIN", "503 5.5.1", "HELO erp", "250", "AUTH PLAIN", "503 5.5.1"),
        dialogue("EHLO erp", "250", "AUTH PLAIN", "334", "*", "501 5.7.0", "NOOP", "250"),
        dialogue("EHLO erp", "250", "AUTH PLAIN", "334", "!!", "501 5.5.2", "NOOP", "250"),
        dialogue("EHLO erp", "250", "AUTH PLAIN =", "501 5.5.2", "AUTH LOGIN", "334 VXNlcm5hbWU6"),
        dialogue("EHLO erp", "250", "AUTH PLAIN AGEAYg==", "535 5.7.8", "NOOP", "250"),
        dialogue("STARTTLS now", "501 5.5.4", "N\u0001OOP", "500 5.5.2"),
        dialogue("x".repeat(3000), "500 5.5.2", "NOOP", "250"),
        dialogue("QUIT", "221 2.0.0", SmtpTalk.CLOSED, SmtpTalk.CLOSED));
  }

  @ParameterizedTest
  @MethodSource("beforeSignIn")
  void answersBeforeSignIn(String[] lines) {
    try (var talk = new SmtpTalk(ingress.port())) {
      assertThat(talk.reply()).isEqualTo("220 mail.acme.example ESMTP Postroom");
      walk(talk, lines);
    }
  }

  static Stream<Arguments> afterSignIn() {
    return Stream.of(
        dialogue("AUTH PLAIN AGEAYg==", "503 5.5.1"),
        dialogue(MAIL, "250 2.1.0", MAIL, "503 5.5.1", "RSET", "250", MAIL, "250"),
        dialogue(
            "MAIL FROM:admin@acme.example", "501 5.1.7", "MAIL admin@acme.example", "501 5.5.4"),
        dialogue(
            "MAIL FROM: <admin@acme.example>", "250", "RCPT TO: <anna@contoso.example>", "250"),
        dialogue("mail from:<ADMIN@ACME.example>", "250", "rcpt to:<Anna@Contoso.example>", "250"),
        dialogue("MAIL FROM:<@relay.example:admin@acme.example>", "250"),
        dialogue("MAIL FROM:<>", "250 2.1.0", RCPT, "250 2.1.5"),
        dialogue("MAIL FROM:<a b@acme.example>", "553 5.1.3", "MAIL FROM:<@>", "553 5.1.3"),
        dialogue("MAIL FROM:<x@elsewhere.example>", "550 5.7.1"),
        dialogue(MAIL + " SIZE=100", "250"),
        dialogue(MAIL + " SIZE=99999999", "552 5.3.4", MAIL + " SIZE=99999999999999999999", "552"),
        dialogue(MAIL + " SIZE=", "501 5.5.4", MAIL + " SIZE=x", "501 5.5.4"),
        dialogue(MAIL + " SIZE=1 SIZE=2", "501 5.5.4"),
        dialogue(MAIL + " BODY=8BITMIME", "250", "RSET", "250", MAIL + " BODY=BINARYMIME", "501"),
        dialogue(MAIL + " FOO=1", "555 5.5.4", MAIL + "SIZE=1", "501 5.5.4"),
        dialogue(MAIL + " RET=HDRS ENVID=QQ314159", "250", RCPT + " NOTIFY=SUCCESS,DELAY", "250"),
        dialogue(MAIL + " RET=ALL", "501 5.5.4", MAIL + " AUTH=<>", "250"),
        dialogue(
            MAIL, "250", RCPT + " NOTIFY=NEVER,DELAY", "501", RCPT + " ORCPT=rfc822;a+40b", "250"),
        dialogue(MAIL, "250", RCPT + " ORCPT=rfc822", "501", RCPT + " SIZE=1", "555 5.5.4"),
        dialogue(MAIL, "250", "RCPT TO:<>", "501 5.1.3", "RCPT TO:<postmaster>", "553 5.1.3"),
        dialogue(MAIL, "250", "RCPT TO:<müller@contoso.example>", "553 5.6.7"),
        dialogue(MAIL + " SMTPUTF8", "250", "RCPT TO:<müller@contoso.example>", "250"),
        dialogue(MAIL + " SMTPUTF8=1", "501 5.5.4"),
        dialogue(MAIL, "250", "DATA", "503 5.5.1", RCPT, "250", "DATA x", "501", "DATA", "354 "),
        dialogue(MAIL, "250", "AUTH PLAIN", "503", "STARTTLS", "503", "NOOP", "250", RCPT, "250"),
        dialogue(MAIL, "250", "EHLO again", "250", RCPT, "503 5.5.1"),
        dialogue(MAIL, "250", RCPT, "250", "RSET", "250", "DATA", "503 5.5.1"));
  }

  @ParameterizedTest
  @MethodSource("afterSignIn")
  void answersAfterSignIn(String[] lines) {
    try (SmtpTalk talk = ingress.signedIn()) {
      walk(talk, lines);
    }
  }

  /** Contents after DATA and what the end is answered with. */
  static Stream<Arguments> contents() {
    String from = "From: admin@acme.example\r\n";
    return Stream.of(
        Arguments.of(from + "\r\nHello", "250 2.0.0 msg_"),
        Arguments.of(from + "Subject: no body", "250 2.0.0 msg_"),
        Arguments.of(from + "\r\n" + "x".repeat(998), "250 2.0.0 msg_"),
        Arguments.of(from + "\r\n" + "x".repeat(999), "554 5.6.0 Line 3 has more"),
        Arguments.of(from + "\r\na\nb", "554 5.6.0 Line 3 ends with CR or LF alone"),
        Arguments.of(from + "\r\na\rb", "554 5.6.0 Line 3 ends with CR or LF alone"),
        Arguments.of(from + "\r\na\0b", "554 5.6.0 Line 3 has a NUL"),
        Arguments.of("Hello Anna", "554 5.6.0 The message does not begin with a header"),
        Arguments.of("\r\nHello", "554 5.6.0 The message has no From header"),
        Arguments.of("", "554 5.6.0 The message has no From header"),
        Arguments.of("Subject: x\r\n\r\nHello", "554 5.6.0 The message has no From header"),
        Arguments.of(from + from + "\r\nHello", "554 5.6.0 The message has more than one From"),
        Arguments.of("From: undisclosed\r\n\r\nHello", "554 5.6.0 The From header holds no"),
        Arguments.of("From: x@elsewhere.example\r\n\r\nHello", "550 5.7.1 No email account"),
        Arguments.of("From: \"a, b\" (c) <admin@acme.example>\r\n\r\nHello", "250 2.0.0"),
        Arguments.of("From:\r\n admin@acme.example\r\n\r\nHello", "250 2.0.0"));
  }

  @ParameterizedTest
  @MethodSource("contents")
  void answersContents(String content, String reply) {
    try (SmtpTalk talk = ingress.signedIn()) {
      assertThat(talk.mail(IngressForTests.SENDER, "anna@contoso.example", content))
          .startsWith(reply);
      assertThat(talk.ask("NOOP")).isEqualTo("250 2.0.0 Ok");
    }
  }

  @Test
  void offersWhatItCan() {
    try (var talk = new SmtpTalk(ingress.port())) {
      talk.reply();
      assertThat(talk.ask("EHLO erp"))
          .isEqualTo(
              """
              250-mail.acme.example
              250-PIPELINING
              250-SIZE 36700160
              250-STARTTLS
              250-AUTH PLAIN LOGIN
              250-ENHANCEDSTATUSCODES
              250-8BITMIME
              250-DSN
              250 SMTPUTF8\
              """);
      talk.secure(IngressForTests.trustingAll());
      assertThat(talk.ask("EHLO erp")).contains("AUTH PLAIN LOGIN").doesNotContain("STARTTLS");
      assertThat(talk.ask("STARTTLS")).startsWith("503 5.5.1");
    }
  }

  @Test
  void answersAGroupOfCommandsInOrder() {
    try (SmtpTalk talk = ingress.signedIn()) {
      talk.send(MAIL + "\r\n" + RCPT + "\r\nRCPT TO:<bad>\r\nRCPT TO:<b@x.example>\r\nDATA\r\n");
      assertThat(talk.reply()).startsWith("250 2.1.0");
      assertThat(talk.reply()).startsWith("250 2.1.5");
      assertThat(talk.reply()).startsWith("553 5.1.3");
      assertThat(talk.reply()).startsWith("250 2.1.5");
      assertThat(talk.reply()).startsWith("354 ");
      // The next message's group may come with the end of this one (RFC 2920 3.1).
      talk.send(
          "From: admin@acme.example\r\n\r\nHello\r\n.\r\n" + MAIL + "\r\n" + RCPT + "\r\nDATA\r\n");
      assertThat(talk.reply()).startsWith("250 2.0.0 msg_");
      assertThat(talk.reply()).startsWith("250 2.1.0");
      assertThat(talk.reply()).startsWith("250 2.1.5");
      assertThat(talk.reply()).startsWith("354 ");
      talk.send("From: admin@acme.example\r\n\r\nHello again\r\n.\r\nQUIT\r\n");
      assertThat(talk.reply()).startsWith("250 2.0.0 msg_");
      assertThat(talk.reply()).startsWith("221 2.0.0");
    }
  }

  @Test
  void nothingMayBeSaidAheadOfDataOrStartTls() {
    try (SmtpTalk talk = ingress.signedIn()) {
      talk.send(MAIL + "\r\n" + RCPT + "\r\nDATA\r\nFrom: admin@acme.example\r\n\r\nHi\r\n.\r\n");
      talk.reply();
      talk.reply();
      assertThat(talk.reply()).startsWith("503 5.5.0 Nothing may follow DATA");
      assertThat(talk.reply()).isEqualTo(SmtpTalk.CLOSED);
    }
    try (SmtpTalk talk = SmtpTalk.greeted(ingress.port())) {
      talk.send("STARTTLS\r\n" + MAIL + "\r\n");
      assertThat(talk.reply()).startsWith("503 5.5.0 Nothing may follow STARTTLS");
      assertThat(talk.reply()).isEqualTo(SmtpTalk.CLOSED);
    }
  }

  @ParameterizedTest
  @MethodSource("bareLineEnds")
  void commandsEndWithBothOrTheConnectionDoes(String line) {
    try (SmtpTalk talk = SmtpTalk.greeted(ingress.port())) {
      talk.send(line + "NOOP\r\n");
      assertThat(talk.reply()).startsWith("500 5.5.2 Lines end with CR LF");
      assertThat(talk.reply()).isEqualTo(SmtpTalk.CLOSED);
    }
  }

  static Stream<String> bareLineEnds() {
    return Stream.of("NOOP\n", "NOOP\rRSET\r\n", "NOOP\r\r\n", "\n");
  }

  @Test
  void tooManyErrorsEndTheConnection() {
    try (SmtpTalk talk = SmtpTalk.greeted(ingress.port())) {
      for (int i = 0; i < 20; i++) assertThat(talk.ask("XYZZY")).startsWith("500");
      assertThat(talk.reply()).startsWith("421 4.7.0 Too many errors");
      assertThat(talk.reply()).isEqualTo(SmtpTalk.CLOSED);
    }
  }

  @Test
  void whatWasSaidBeforeTlsCountsForNothing() {
    try (SmtpTalk talk = ingress.signedIn()) {
      assertThat(talk.ask("STARTTLS")).startsWith("220 2.0.0");
      talk.wrap(IngressForTests.trustingAll());
      assertThat(talk.ask(MAIL)).startsWith("503 5.5.1");
      talk.ask("EHLO erp");
      assertThat(talk.ask(MAIL)).startsWith("530 5.7.0");
      assertThat(talk.signIn(RunningPostroom.API_KEY)).startsWith("235 2.7.0");
      assertThat(
              talk.mail(IngressForTests.SENDER, "a@b.example", "From: admin@acme.example\r\n\r\nx"))
          .startsWith("250 2.0.0");
    }
  }

  @Test
  void speaksTlsFromTheStartOnThatPort() {
    try (var talk = new SmtpTalk(ingress.tlsPort()).wrap(IngressForTests.trustingAll())) {
      assertThat(talk.reply()).startsWith("220 ");
      assertThat(talk.ask("EHLO erp")).doesNotContain("STARTTLS");
      assertThat(talk.signIn(RunningPostroom.API_KEY)).startsWith("235");
      String reply =
          talk.mail(IngressForTests.SENDER, "a@b.example", "From: admin@acme.example\r\n\r\nx");
      assertThat(reply).startsWith("250 2.0.0");
      String mime = new String(ingress.content(reply.split(" ")[2]));
      assertThat(mime)
          .contains("with ESMTPSA id")
          .contains("\r\nMessage-ID: <msg_")
          .contains("\r\nDate: ");
    }
  }

  @Test
  void leavesNoConnectionBehind() {
    for (int i = 0; i < 5; i++) SmtpTalk.greeted(ingress.port()).cut();
    Eventually.eventually(() -> ingress.postroom.bean(Ingress.class).connections(), n -> n == 0);
  }

  private static void walk(SmtpTalk talk, String[] lines) {
    for (int i = 0; i < lines.length; i += 2) {
      String reply = lines[i].equals(SmtpTalk.CLOSED) ? talk.reply() : talk.ask(lines[i]);
      assertThat(reply).as(lines[i]).startsWith(lines[i + 1]);
    }
  }

  private static Arguments dialogue(String... lines) {
    return Arguments.of((Object) lines);
  }
}
