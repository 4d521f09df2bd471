package org.postroom.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Everything we build is read back by an independent parser (Angus). */
class MimeTests {
  private static final Address FROM =
      new Address("Müller & Söhne, Rechnung", "rechnung@acme.example");

  @Test
  void carriesTextHtmlAndFilesUnchanged() throws Exception {
    byte[] pdf = {37, 80, 68, 70, 0, 13, 10, -1, 46};
    MimeMessage read =
        read(
            mail(
                "Rechnung für Öl № 4711",
                "Grüße\n.\nFrom here\n",
                "<p>Grüße</p>",
                List.of(new Attachment("Rechnung Öl.pdf", "application/pdf", pdf))));
    Multipart mixed = (Multipart) read.getContent();
    Multipart alternative = (Multipart) mixed.getBodyPart(0).getContent();
    assertThat(read.getSubject()).isEqualTo("Rechnung für Öl № 4711");
    assertThat(((InternetAddress) read.getFrom()[0]).getPersonal()).isEqualTo(FROM.name());
    assertThat(alternative.getBodyPart(0).getContent().toString().replace("\r\n", "\n"))
        .isEqualTo("Grüße\n.\nFrom here\n");
    assertThat(alternative.getBodyPart(1).getContentType()).startsWith("text/html");
    assertThat(mixed.getBodyPart(1).getInputStream().readAllBytes()).isEqualTo(pdf);
    System.setProperty("mail.mime.decodeparameters", "true");
    assertThat(mixed.getBodyPart(1).getFileName()).isEqualTo("Rechnung Öl.pdf");
  }

  @Test
  void anyTextSurvivesTheRoundTrip() throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      String subject = line(random, 1 + random.nextInt(200)).strip();
      String text =
          line(random, random.nextInt(400)) + "\n" + line(random, random.nextInt(2000)) + "\n";
      byte[] bytes = mail(subject.isEmpty() ? "x" : subject, text, null, List.of()).bytes();
      MimeMessage read = read(bytes);
      assertThat(read.getSubject())
          .as("seed %d", seed)
          .isEqualTo(subject.isEmpty() ? "x" : subject);
      assertThat(read.getContent().toString().replace("\r\n", "\n"))
          .as("seed %d", seed)
          .isEqualTo(text);
      assertThat(new String(bytes, StandardCharsets.UTF_8).split("\r\n"))
          .as("seed %d", seed)
          .allMatch(l -> l.length() <= 998 && !l.contains("\n"));
    }
  }

  @Test
  void marksAutomaticMailOnly() throws Exception {
    assertThat(read(mail("a", "b", null, List.of())).getHeader("Auto-Submitted"))
        .containsExactly("auto-generated");
    Mime byHand =
        new Mime(
            "<m1@acme.example>",
            Instant.EPOCH,
            ZoneId.of("Europe/Berlin"),
            FROM,
            List.of(),
            List.of(Address.of("a@b.example")),
            List.of(),
            "s",
            false,
            "t",
            null,
            List.of());
    assertThat(read(byHand).getHeader("Auto-Submitted")).isNull();
    assertThat(read(byHand).getRecipients(RecipientType.TO)[0].toString()).isEqualTo("a@b.example");
  }

  @Test
  void nothingGetsIntoTheHeaders() {
    assertThatThrownBy(() -> mail("Hello\r\nBcc: evil@x.example", "t", null, List.of()).bytes())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Address("A\nBcc: x@y.example", "a@b.example"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Address.parse("a@b.example\r\nRCPT TO:<c@d.example>"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Attachment("a\r\nX: y.pdf", "application/pdf", new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theSameInputGivesTheSameBytes() {
    assertThat(mail("a", "b", "<p>b</p>", List.of()).bytes())
        .isEqualTo(mail("a", "b", "<p>b</p>", List.of()).bytes());
  }

  private static Mime mail(String subject, String text, String html, List<Attachment> files) {
    return new Mime(
        "<msg_01@acme.example>",
        Instant.parse("2026-11-02T09:00:00Z"),
        ZoneId.of("Europe/Berlin"),
        FROM,
        List.of(),
        List.of(new Address("Anna", "anna@contoso.example")),
        List.of(),
        subject,
        true,
        text,
        html,
        files);
  }

  private static MimeMessage read(Mime mime) throws Exception {
    return read(mime.bytes());
  }

  private static MimeMessage read(byte[] bytes) throws Exception {
    return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
  }

  private static String line(Random random, int length) {
    String alphabet = "abc DEF.=?_<>\"\\,;:@()äöüß€漢字🙂\t123";
    int[] points = alphabet.codePoints().filter(c -> c != '\t').toArray();
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) text.appendCodePoint(points[random.nextInt(points.length)]);
    return text.toString();
  }
}
