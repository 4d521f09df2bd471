package org.postroom.bounces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postroom.net.Trust;
import org.postroom.net.Web;
import org.postroom.testkit.GmailServer;
import org.postroom.testkit.GraphServer;
import org.postroom.transport.Login;

/** Against servers that speak Graph and the Gmail API. */
class RestReadersTests {
  private static final Instant SINCE = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
  private static final String ME = "invoices@acme.example";

  private final Web web = new Web(Trust.ofSystem());
  private final GraphServer graph = GraphServer.start().token("good", ME, "Mail.Send", "Mail.Read");
  private final GmailServer gmail =
      GmailServer.start().token("good", ME, "gmail.send", "gmail.readonly");
  private KeptMail kept = new KeptMail(Position.START, 1000);

  @AfterEach
  void stop() {
    assertThat(graph.violations()).isEmpty();
    assertThat(gmail.violations()).isEmpty();
    graph.close();
    gmail.close();
    web.close();
  }

  @Test
  void graphGivesWhatCameAndThenOnlyWhatIsNew() throws CannotRead {
    graph.received(ME, "inbox", mail("too old"), SINCE.minusSeconds(1));
    for (int i = 1; i <= 60; i++) graph.received(ME, "inbox", mail("n" + i), NOON.plusSeconds(i));
    readGraph("good", false);
    assertThat(kept.subjects).hasSize(60).startsWith("n1", "n2").endsWith("n60");
    assertThat(kept.times.getFirst()).isEqualTo(NOON.plusSeconds(1));

    again(1000);
    readGraph("good", false);
    assertThat(kept.subjects).isEmpty();

    graph.received(ME, "inbox", mail("same second"), NOON.plusSeconds(60));
    graph.received(ME, "inbox", mail("later"), NOON.plusSeconds(90));
    readGraph("good", false);
    assertThat(kept.subjects).containsExactly("same second", "later");
  }

  @Test
  void graphGoesOnWhereItHadEnoughAndLooksIntoJunkWhereWanted() throws CannotRead {
    for (int i = 1; i <= 5; i++) graph.received(ME, "inbox", mail("n" + i), NOON.plusSeconds(i));
    graph.received(ME, "junkemail", mail("junk"), NOON);
    again(2);
    readGraph("good", true);
    assertThat(kept.subjects).containsExactly("n1", "n2");
    again(1000);
    readGraph("good", true);
    assertThat(kept.subjects).containsExactly("n3", "n4", "n5", "junk");
  }

  @Test
  void gmailGivesWhatCameAndThenFollowsItsHistory() throws CannotRead {
    gmail.received("INBOX", mail("too old"), SINCE.minusSeconds(1));
    for (int i = 1; i <= 7; i++) gmail.received("INBOX", mail("n" + i), NOON.plusSeconds(i));
    gmail.received("SPAM", mail("junk"), NOON);
    readGmail("good", false);
    assertThat(kept.subjects).containsExactly("n1", "n2", "n3", "n4", "n5", "n6", "n7");
    assertThat(kept.times.getFirst()).isEqualTo(NOON.plusSeconds(1));

    again(2);
    for (int i = 8; i <= 12; i++) gmail.received("INBOX", mail("n" + i), NOON.plusSeconds(i));
    gmail.received("SPAM", mail("junk"), NOON);
    readGmail("good", false);
    assertThat(kept.subjects).containsExactly("n8", "n9");
    again(1000);
    readGmail("good", true);
    assertThat(kept.subjects).containsExactly("n10", "n11", "n12", "junk");
    again(1000);
    readGmail("good", true);
    assertThat(kept.subjects).isEmpty();
  }

  @Test
  void gmailLooksByTheDayWhereItsHistoryIsGone() throws CannotRead {
    gmail.received("INBOX", mail("one"), NOON);
    readGmail("good", false);
    gmail.received("INBOX", mail("two"), NOON);
    gmail.forgetHistory();
    again(1000);
    readGmail("good", false);
    assertThat(kept.subjects).containsExactly("one", "two");
  }

  @Test
  void saysWhatIsWrongInWords() {
    graph.token("sends", ME, "Mail.Send");
    gmail.token("sends", ME, "gmail.send");
    assertThat(trouble(() -> readGraph("sends", false)).kind()).isEqualTo(Trouble.Kind.PERMISSION);
    assertThat(trouble(() -> readGmail("sends", false)).kind()).isEqualTo(Trouble.Kind.PERMISSION);
    assertThat(trouble(() -> readGraph("ended", false)).kind()).isEqualTo(Trouble.Kind.SIGN_IN);
    Trouble ended = trouble(() -> readGmail("ended", false));
    assertThat(ended.kind()).isEqualTo(Trouble.Kind.SIGN_IN);
    assertThat(ended.what()).contains("Google did not accept").contains("Invalid Credentials");
  }

  private interface Reading {
    void run() throws CannotRead;
  }

  private static Trouble trouble(Reading reading) {
    return catchThrowableOfType(CannotRead.class, reading::run).trouble();
  }

  private void again(int most) {
    kept = new KeptMail(kept.position, most);
  }

  private void readGraph(String token, boolean junk) throws CannotRead {
    var login = new Login.Graph(graph.service(), null, token, false);
    var where = new Where.Graph(login, new Where.Folders("INBOX", junk, false));
    new GraphReader(web).read(where, SINCE, kept);
  }

  private void readGmail(String token, boolean junk) throws CannotRead {
    var login = new Login.Gmail(gmail.service(), token);
    var where = new Where.Gmail(login, new Where.Folders("INBOX", junk, false));
    new GmailReader(web).read(where, SINCE, kept);
  }

  private static byte[] mail(String subject) {
    return ("Subject: " + subject + "\r\n\r\nText\r\n").getBytes(StandardCharsets.US_ASCII);
  }
}
