package org.postroom.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExactRecipientsTests {
  private static final String MAIL =
      "Subject: Hello\r\nTo: \"Bakery, Contoso\" <ap@contoso.example>,\r\n Anna <anna@b.example>\r\n"
          + "Cc: c@c.example\r\nX-Long: one\r\n two\r\n\r\nTo: not a header\r\n";

  @Test
  void leavesAMessageAloneWhoseHeadersNameExactlyTheRecipients() {
    byte[] mime = MAIL.getBytes(UTF_8);
    assertThat(
            ExactRecipients.of(mime, people("ap@contoso.example", "anna@b.example", "c@c.example")))
        .isSameAs(mime);
  }

  @Test
  void leavesOutWhoeverHadACopyAlready() {
    assertThat(of("anna@b.example"))
        .isEqualTo(
            "Subject: Hello\r\nTo: Anna <anna@b.example>\r\nX-Long: one\r\n two\r\n\r\nTo: not a header\r\n");
  }

  @Test
  void namesHiddenRecipientsInBcc() {
    assertThat(
            of(
                "ap@contoso.example",
                "anna@b.example",
                "c@c.example",
                "boss@acme.example",
                "jörg@x.example"))
        .contains("Cc: c@c.example\r\n")
        .contains("Bcc: <boss@acme.example>,\r\n <jörg@x.example>\r\n\r\n");
  }

  @Test
  void believesNoBccThatIsAlreadyThere() {
    byte[] mime = MAIL.replace("X-Long", "Bcc: spy@evil.example\r\nX-Long").getBytes(UTF_8);
    assertThat(new String(ExactRecipients.of(mime, people("ap@contoso.example")), UTF_8))
        .doesNotContain("spy@evil.example");
  }

  private static String of(String... recipients) {
    return new String(ExactRecipients.of(MAIL.getBytes(UTF_8), people(recipients)), UTF_8);
  }

  private static List<Address> people(String... addresses) {
    return Stream.of(addresses).map(Address::of).toList();
  }
}
