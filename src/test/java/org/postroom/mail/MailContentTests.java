package org.postroom.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class MailContentTests {
  @Test
  void readsBackWhatWasBuilt() {
    byte[] mime =
        new Mime(
                "<a@b.example>",
                Instant.EPOCH,
                ZoneOffset.UTC,
                Address.of("a@b.example"),
                List.of(),
                List.of(Address.of("c@d.example")),
                List.of(),
                "Grüße",
                false,
                "Schöne Grüße",
                "<p>Schöne Grüße</p>",
                List.of(new Attachment("Größe.pdf", "application/pdf", new byte[] {1, 2, 3})))
            .bytes();
    MailContent content = MailContent.read(mime);
    assertThat(content.text()).contains("Schöne Grüße");
    assertThat(content.html()).contains("<p>Schöne Grüße</p>");
    assertThat(content.attachments())
        .singleElement()
        .satisfies(file -> {
          assertThat(file.filename()).isEqualTo("Größe.pdf");
          assertThat(file.contentType()).isEqualTo("application/pdf");
          assertThat(file.content()).containsExactly(1, 2, 3);
        });
  }

  @Test
  void namesOfOthersBecomeHarmless() {
    MailContent content =
        read(
            """
            Content-Type: text/x\\y; name="../../etc/passwd"
            Content-Disposition: attachment; filename="../../etc/passwd"

            hello
            """);
    assertThat(content.attachments().getFirst().filename()).doesNotContain("/", "\\");
    assertThat(content.attachments().getFirst().contentType())
        .isEqualTo("application/octet-stream");
  }

  @Test
  void anUnknownCharsetAndMissingBoundariesHideNothingElse() {
    assertThat(read("Content-Type: text/html; charset=no-such\n\n<p>x</p>").html())
        .contains("<p>x</p>");
    assertThat(read("Content-Type: multipart/mixed\n\nnothing").attachments()).isEmpty();
    assertThat(read("").html()).isNull();
  }

  @Test
  void nestingHasAnEnd() {
    var mail = new StringBuilder();
    for (int i = 0; i < 200; i++)
      mail.append("Content-Type: multipart/mixed; boundary=b")
          .append(i)
          .append("\n\n--b")
          .append(i)
          .append('\n');
    mail.append("Content-Type: text/html\n\n<p>deep</p>\n");
    assertThat(read(mail.toString()).html()).isNull();
  }

  @Test
  void everyMailOfTheCorporaCanBeLookedAt() throws Exception {
    Path corpora = Path.of("../shared/corpora");
    Assumptions.assumeTrue(Files.isDirectory(corpora), "The corpora are not beside the project.");
    try (Stream<Path> files = Files.walk(corpora)) {
      List<Path> mails =
          files.filter(file -> file.toString().endsWith(".eml")).limit(2000).toList();
      Assumptions.assumeFalse(mails.isEmpty(), "The corpora have no .eml files.");
      for (Path mail : mails)
        assertThat(MailContent.read(Files.readAllBytes(mail))).as(mail.toString()).isNotNull();
    }
  }

  private static MailContent read(String mail) {
    return MailContent.read(mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }
}
