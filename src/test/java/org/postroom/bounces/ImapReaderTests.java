package org.postroom.bounces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.net.Trust;
import org.postroom.testkit.DovecotMailbox;
import org.postroom.testkit.FreePort;
import org.postroom.testkit.TestCertificates;
import org.postroom.transport.Login.Security;

/** Against Debian's Dovecot. */
class ImapReaderTests {
  private static final TestCertificates CERTIFICATES = TestCertificates.forLocalhost();
  private static final Instant SINCE = Instant.now().minus(Duration.ofDays(7));

  private final ImapReader reader =
      new ImapReader(Trust.withAlso(List.of(CERTIFICATES.authority())));
  private DovecotMailbox dovecot;
  private KeptMail kept = new KeptMail(Position.START, 1000);

  @BeforeEach
  void start() {
    dovecot = DovecotMailbox.start(CERTIFICATES, "invoices", "Tr0ub4dor&3", null);
  }

  @AfterEach
  void stop() {
    if (dovecot != null) dovecot.close();
  }

  @Test
  void readsWhatCameAndThenOnlyWhatIsNew() throws CannotRead {
    deliver("one");
    deliver("two");
    read(where(Security.TLS));
    assertThat(kept.subjects).containsExactly("one", "two");
    assertThat(kept.times).allSatisfy(at -> assertThat(at).isAfter(SINCE));

    kept = new KeptMail(kept.position, 1000);
    read(where(Security.STARTTLS));
    assertThat(kept.subjects).isEmpty();

    deliver("three");
    read(where(Security.STARTTLS));
    assertThat(kept.subjects).containsExactly("three");
    assertThat(dovecot.unread()).isEqualTo(3);
    assertThat(dovecot.all()).isEqualTo(3);
  }

  @Test
  void goesOnWhereItHadEnough() throws CannotRead {
    for (int i = 1; i <= 5; i++) deliver("n" + i);
    kept = new KeptMail(Position.START, 2);
    read(where(Security.TLS));
    assertThat(kept.subjects).containsExactly("n1", "n2");
    kept = new KeptMail(kept.position, 1000);
    read(where(Security.TLS));
    assertThat(kept.subjects).containsExactly("n3", "n4", "n5");
  }

  @Test
  void looksOnceMoreWhereTheNumbersAreOthers() throws CannotRead {
    deliver("one");
    read(where(Security.TLS));
    dovecot.renumber();
    kept = new KeptMail(kept.position, 1000);
    read(where(Security.TLS));
    assertThat(kept.subjects).containsExactly("one");
  }

  @Test
  void looksIntoJunkOnlyWhereThatIsWanted() throws CannotRead {
    dovecot.deliver("Junk", mail("in junk"));
    deliver("in box");
    read(where(Security.TLS));
    assertThat(kept.subjects).containsExactly("in box");
    read(where(new Where.Folders("INBOX", true, false), "Tr0ub4dor&3"));
    assertThat(kept.subjects).containsExactly("in box", "in junk");
  }

  @Test
  void marksReportsAsReadWhereThatIsWantedAndNothingElse() throws CannotRead {
    deliver("a report");
    deliver("lunch");
    read(where(new Where.Folders("INBOX", false, true), "Tr0ub4dor&3"));
    assertThat(dovecot.unread()).isEqualTo(1);
    assertThat(dovecot.all()).isEqualTo(2);
  }

  @Test
  void saysWhatIsWrongInWords() {
    Trouble refused = trouble(where(new Where.Folders("INBOX", false, false), "wrong-one"));
    assertThat(refused.kind()).isEqualTo(Trouble.Kind.SIGN_IN);
    assertThat(refused.what()).contains("did not let “invoices” in").doesNotContain("wrong-one");
    Trouble folder = trouble(where(new Where.Folders("Bounces", false, false), "Tr0ub4dor&3"));
    assertThat(folder.kind()).isEqualTo(Trouble.Kind.FOLDER);
    Trouble nobody =
        trouble(
            new Where.Imap(
                "localhost",
                FreePort.next(),
                Security.TLS,
                "invoices",
                "x",
                false,
                new Where.Folders("INBOX", false, false)));
    assertThat(nobody.kind()).isEqualTo(Trouble.Kind.UNREACHABLE);
    var strict = new ImapReader(Trust.ofSystem());
    CannotRead untrusted =
        catchThrowableOfType(CannotRead.class, () -> strict.read(where(Security.TLS), SINCE, kept));
    assertThat(untrusted.trouble().kind()).isEqualTo(Trouble.Kind.NOT_PRIVATE);
  }

  private Trouble trouble(Where.Imap where) {
    return catchThrowableOfType(CannotRead.class, () -> read(where)).trouble();
  }

  private void read(Where.Imap where) throws CannotRead {
    reader.read(where, SINCE, kept);
  }

  private Where.Imap where(Security security) {
    int port = security == Security.TLS ? dovecot.tlsPort() : dovecot.port();
    return new Where.Imap(
        "localhost",
        port,
        security,
        "invoices",
        "Tr0ub4dor&3",
        false,
        new Where.Folders("INBOX", false, false));
  }

  private Where.Imap where(Where.Folders folders, String password) {
    return new Where.Imap(
        "localhost", dovecot.tlsPort(), Security.TLS, "invoices", password, false, folders);
  }

  private void deliver(String subject) {
    dovecot.deliver(mail(subject));
  }

  private static byte[] mail(String subject) {
    return ("From: mailer-daemon@mx.example\r\nSubject: " + subject + "\r\n\r\nText\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
