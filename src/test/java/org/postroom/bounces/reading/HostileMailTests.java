package org.postroom.bounces.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.bounces.Returned;
import org.postroom.bounces.Returned.Kind;
import org.postroom.bounces.Returned.OfRecipient;

/**
 * Mail comes from anybody. Whatever it is, the reader ends soon, with a value, and within bounds.
 */
class HostileMailTests {
  private static final int ROUNDS = Integer.getInteger("postroom.fuzz", 1_500);
  // Processor time: other work on the machine must not make these fail.
  private static final Duration SOON = Duration.ofSeconds(5);

  private static final List<String> SEEDS =
      List.of(
          """
          From MAILER-DAEMON Mon Mar  2 09:00:00 2026
          Return-Path: <>
          From: MAILER-DAEMON@mx.partner.example (Mail Delivery System)
          Subject: =?utf-8?B?VW5kZWxpdmVyZWQgTWFpbA==?=
          Content-Type: multipart/report; report-type=delivery-status;
          	boundary="b/1"

          --b/1
          Content-Type: text/plain; charset=iso-2022-jp
          Content-Transfer-Encoding: quoted-printable

          <anna@shop.example>: host mx.shop.example[192.0.2.9] said: 550 5=2E1=2E1=
           user unknown (in reply to RCPT TO command)
          --b/1
          Content-Type: message/delivery-status

          Reporting-MTA: dns; mx.partner.example
          Original-Envelope-Id: a+3Db

          Final-Recipient: rfc822; anna@shop.example
          Original-Recipient: utf-8; \\x{E9}@shop.example
          Action: failed (permanently)
          Status: 5.1.1
          Diagnostic-Code: smtp; 550 5.1.1 <anna@shop.example>: unknown
          --b/1
          Content-Type: message/rfc822
          Content-Transfer-Encoding: base64

          TWVzc2FnZS1JRDogPGFAYi5leGFtcGxlPg0KVG86IGFAYi5leGFtcGxlDQo=
          --b/1--
          """,
          """
          From: Mailer-Daemon@mx.partner.example
          Subject: Mail delivery failed: returning message to sender
          X-Failed-Recipients: anna@shop.example, ben@shop.example

          The following address(es) failed:

            anna.private@elsewhere.example
              (generated from anna@shop.example)
              550 5.1.1 user unknown

          ------ This is a copy of the message, including all the headers. ------

          Received: from firm.example
          Message-ID: <01ABC@firm.example>
          From: invoices@firm.example
          To: anna@shop.example
          """,
          """
          From: a@provider.example
          Content-Type: multipart/report; report-type=feedback-report; boundary=b

          --b
          Content-Type: message/feedback-report

          Feedback-Type: abuse
          Original-Rcpt-To: <anna@provider.example>
          --b--
          """,
          """
          From: no-reply@sns.example
          Content-Type: text/html

          {"Type":"Notification","Message":"{\\"notificationType\\":\\"Bounce\\",\\"bounce\\":{}}"}
          """);

  @Test
  void neverThrowsWhateverIsChanged() {
    var random = new Random(20_260_302);
    for (int round = 0; round < ROUNDS; round++)
      assertBounded(Reading.read(mutated(SEEDS.get(round % SEEDS.size()), random)));
  }

  @Test
  void neverThrowsOnNoise() {
    var random = new Random(4711);
    for (int round = 0; round < ROUNDS / 4; round++) {
      byte[] noise = new byte[random.nextInt(3000)];
      random.nextBytes(noise);
      assertThat(Reading.read(noise).kind()).isNotEqualTo(Kind.BOUNCE);
    }
  }

  @Test
  void readsEveryBeginningOfAReport() {
    byte[] mail = SEEDS.getFirst().getBytes(StandardCharsets.UTF_8);
    for (int end = 0; end <= mail.length; end++)
      assertBounded(Reading.read(Arrays.copyOf(mail, end)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        " ",
        "\n",
        "\r",
        "a@",
        "@",
        "a@b.c ",
        "<",
        "<a@b",
        "=",
        "=?utf-8?Q?",
        "\\x{E9}",
        "x: y\n",
        " x\n",
        "\n\n",
        "--b\n",
        "--b\n\n",
        "--b\nContent-Type: multipart/mixed; boundary=b\n\n",
        "Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n\n",
        "550 ",
        "5.1.1 ",
        "mailbox ",
        "mailbox is the ",
        "http://",
        "{",
        "[",
        "\"",
        "(",
        ">",
        "From ",
        "Received: x\n",
        "user … ",
        "+41=",
        "a=",
        "X-Failed-Recipients: a@b.example\n"
      })
  void endsSoonHoweverOftenSomethingIsRepeated(String piece) {
    for (String start :
        List.of(
            "",
            "From: MAILER-DAEMON\nSubject: Undelivered mail\n\n",
            "From: MAILER-DAEMON\nSubject: ",
            "From: MAILER-DAEMON\nSubject: Returned mail\nContent-Type: multipart/report; boundary=b\n\n--b\n"
                + "Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@b.example\n"
                + "Diagnostic-Code: ")) {
      String mail = start + piece.repeat(600_000 / piece.length());
      long before = processor();
      Returned returned = Reading.read(mail.getBytes(StandardCharsets.UTF_8));
      assertThat(Duration.ofNanos(processor() - before)).isLessThan(SOON);
      assertBounded(returned);
    }
  }

  @Test
  void nestingWithoutEndEndsInTheReader() {
    var mail = new StringBuilder();
    for (int depth = 0; depth < 5_000; depth++)
      mail.append("Content-Type: multipart/mixed; boundary=b")
          .append(depth)
          .append("\n\n--b")
          .append(depth)
          .append('\n');
    assertThatCode(() -> Reading.read(mail.toString().getBytes(StandardCharsets.UTF_8)))
        .doesNotThrowAnyException();
    String json = "From: a@b.example\n\n" + "{\"Message\":[".repeat(20_000) + "}";
    assertThatCode(() -> Reading.read(json.getBytes(StandardCharsets.UTF_8)))
        .doesNotThrowAnyException();
  }

  /** People write about mail that came back in the very words of the programs. */
  @Test
  void whatPeopleWriteIsNeverABounceWhateverTheyWrite() {
    List<String> phrases =
        (Phrases.read("/bounces/kinds.txt") + Phrases.read("/bounces/phrases.txt"))
            .lines()
            .filter(line -> line.startsWith("  "))
            .map(line -> line.strip().replace("_", " ").replace("…", "of the"))
            .toList();
    var random = new Random(99);
    for (int round = 0; round < ROUNDS; round++) {
      var text =
          new StringBuilder("Return-Path: <ben@shop.example>\nFrom: Ben <ben@shop.example>\n");
      text.append("Subject: Re: ").append(phrases.get(random.nextInt(phrases.size())));
      text.append("\nMessage-ID: <x@shop.example>\n\n");
      for (int i = 0; i < 12; i++)
        text.append(phrases.get(random.nextInt(phrases.size())))
            .append(i % 3 == 0 ? " <anna@shop.example> 550 5.1.1\n" : ". ");
      Kind kind = Reading.read(text.toString().getBytes(StandardCharsets.UTF_8)).kind();
      assertThat(kind).as(text.toString()).isIn(Kind.NOT_A_REPORT, Kind.AUTOMATIC_REPLY);
    }
  }

  private static long processor() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void assertBounded(Returned returned) {
    assertThat(returned.recipients()).hasSizeLessThanOrEqualTo(Returned.MOST_RECIPIENTS);
    for (OfRecipient each : returned.recipients()) {
      assertThat(each.diagnostic()).hasSizeLessThanOrEqualTo(1000).doesNotContain("\n", "\r");
      if (each.address() != null) assertThat(each.address()).contains("@").hasSizeBetween(3, 320);
      if (each.status() != null) assertThat(each.status()).matches("[245]\\.\\d{1,3}\\.\\d{1,3}");
    }
    if (returned.messageId() != null) assertThat(returned.messageId()).hasSizeLessThan(1000);
    boolean says = returned.kind() != Kind.NOT_A_REPORT && returned.kind() != Kind.AUTOMATIC_REPLY;
    if (!says) assertThat(returned.recipients()).isEmpty();
  }

  private static byte[] mutated(String seed, Random random) {
    byte[] mail = seed.getBytes(StandardCharsets.UTF_8);
    for (int i = random.nextInt(8); i >= 0; i--) mail = mutated(mail, random);
    return mail;
  }

  private static byte[] mutated(byte[] mail, Random random) {
    if (mail.length < 4) return mail;
    int at = random.nextInt(mail.length - 2);
    int length = random.nextInt(Math.min(60, mail.length - at));
    byte[] changed = mail.clone();
    switch (random.nextInt(5)) {
      case 0 -> changed[at] = (byte) random.nextInt(256);
      case 1 -> {
        return Arrays.copyOf(mail, at);
      }
      case 2 -> {
        System.arraycopy(mail, at + length, changed, at, mail.length - at - length);
        return Arrays.copyOf(changed, mail.length - length);
      }
      case 3 -> System.arraycopy(mail, random.nextInt(mail.length - length), changed, at, length);
      default -> changed[at] = (byte) "\n\r:;<>@\"=- ".charAt(random.nextInt(11));
    }
    return changed;
  }
}
