package org.postroom.mail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Mails that are hard to sign: every combination of what headers and bodies may look like. */
final class OddMails {
  private static final List<String> SUBJECTS =
      List.of(
          "Invoice INV-1",
          "Folded\r\n over  three\r\n\t lines",
          utf8("Rechnung für Ölmühle – 請求書"),
          "=?UTF-8?B?UmVjaG51bmcgZsO8cg==?=\r\n =?UTF-8?B?w5ZsbcO8aGxl?=",
          "  spaces   inside \t and at the end   ",
          "colons: and; b=nothing");

  private static final List<String> BODIES =
      List.of(
          "",
          "\r\n\r\n\r\n",
          "One line\r\n",
          "No line end",
          utf8("Grüße, 東京 – 8 bit\r\n"),
          ".\r\n..\r\n.hidden\r\n",
          "Trailing blanks \t \r\nand lines\r\n\r\n \r\n\t\r\n\r\n",
          "x".repeat(3000) + " " + "y".repeat(2000) + "\r\n",
          "\r\n\r\nLeading lines\r\n \t indented   words\r\n",
          "From the start\r\n>From quoted\r\n-- \r\nsignature\r\n",
          "Tab\tstops \u00a0 and more\r\n");

  private OddMails() {}

  /** One character for each byte. */
  static List<String> made(long seed, int count) {
    var random = new Random(seed);
    List<String> mails = new ArrayList<>();
    for (int i = 0; i < count; i++) mails.add(i % 6 == 5 ? ours(random, i) : odd(random, i));
    return mails;
  }

  private static String odd(Random random, int number) {
    var mail = new StringBuilder("X-First: not signed\r\n");
    mail.append("From: ").append(utf8("Jörg ")).append("<a@acme.example>\r\n");
    mail.append("To: ").append(people(1 + random.nextInt(200))).append("\r\n");
    if (random.nextBoolean()) mail.append("cc: c@c.example\r\n");
    if (random.nextBoolean()) mail.append("reply-to:  r@acme.example \r\n");
    if (random.nextBoolean()) mail.append("In-Reply-To: <1@acme.example>\r\n");
    mail.append("Subject: ").append(SUBJECTS.get(number % SUBJECTS.size())).append("\r\n");
    mail.append("Date: Fri, 20 Nov 2026 10:00:00 +0100\r\n");
    mail.append("Message-ID: <").append(number).append("@acme.example>\r\n");
    mail.append("MIME-Version: 1.0\r\n");
    mail.append("Content-Type: text/plain;\r\n\tcharset=UTF-8\r\n");
    mail.append("Content-Transfer-Encoding: 8bit\r\n\r\n");
    return mail.append(BODIES.get(number % BODIES.size())).toString();
  }

  /** As Postroom writes them. */
  private static String ours(Random random, int number) {
    byte[] file = new byte[random.nextInt(20_000)];
    random.nextBytes(file);
    byte[] mail =
        new Mime(
                "<msg_" + number + "@acme.example>",
                Instant.ofEpochSecond(1_800_000_000L + number),
                ZoneOffset.UTC,
                new Address("Müller & Söhne", "rechnung@acme.example"),
                List.of(Address.of("r@acme.example")),
                List.of(new Address("Contoso, Bäckerei", "ap@contoso.example")),
                List.of(Address.of("boss@contoso.example")),
                "Rechnung für November – " + "sehr lang ".repeat(random.nextInt(20)),
                true,
                "Guten Tag\n\n.Punkt\nFrom hier\n\n\n",
                "<p>Grüße</p>\n",
                List.of(new Attachment("Öl.pdf", "application/pdf", file)))
            .bytes();
    return new String(mail, ISO_8859_1);
  }

  private static String people(int count) {
    var list = new StringBuilder("p0@x.example");
    for (int i = 1; i < count; i++)
      list.append(",")
          .append(i % 3 == 0 ? "\r\n " : " ")
          .append("p")
          .append(i)
          .append("@x.example");
    return list.toString();
  }

  private static String utf8(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }
}
