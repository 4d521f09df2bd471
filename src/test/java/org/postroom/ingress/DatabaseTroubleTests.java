package org.postroom.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.within;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.postroom.db.Database;
import org.postroom.outbox.Message;
import org.postroom.testkit.PostgresServer;
import org.postroom.testkit.SmtpTalk;

/**
 * The disk is full, or the database is away, while programs hand in: each is told to come back (RFC
 * 5321 4.2.1, 4yz), keeps its connection, and comes in as soon as there is room. Nothing that was
 * said yes to is missing, nothing that was refused is there.
 */
class DatabaseTroubleTests {
  private static final String SENDER = "MAIL FROM:<" + IngressForTests.SENDER + ">";
  private static final String TO = "anna@contoso.example";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LARGE = 500_000;

  /** A database that may not grow is to SQLite what a full disk is. */
  @Test
  void aFullDiskIsInsufficientStorageUntilThereIsRoom() {
    try (var ingress = IngressForTests.start(Map.of(), null);
        SmtpTalk talk = ingress.signedIn()) {
      mayNotGrow(ingress.database(), true);
      int taken = takenUntilFull(talk);
      assertThat(hand(talk, "again", LARGE)).as("the same connection").startsWith("452 4.3.1");
      assertThat(ingress.messages()).as("what was refused is not there").hasSize(taken);
      mayNotGrow(ingress.database(), false);
      assertThat(hand(talk, "again", LARGE)).startsWith("250 2.0.0 msg_");
      assertThat(ingress.messages()).hasSize(taken + 1);
    }
  }

  @Test
  void aPostgresqlThatIsAwayReadOnlyOrFullIsToldApartAndWaitedFor() {
    try (PostgresServer postgres = PostgresServer.start();
        var ingress = IngressForTests.start(Map.of("POSTROOM_DATABASE_URL", postgres.url()), null);
        SmtpTalk talk = ingress.signedIn()) {
      away(postgres, ingress, talk);
      assertTakenLater(talk, "away");
      readOnly(postgres, ingress, talk);
      assertTakenLater(talk, "read-only");
      assertThat(subjects(ingress)).containsExactly("read-only", "away");
      if (!postgres.moveToDiskOf(48)) {
        System.err.println("Not tried: only root may mount a small disk for PostgreSQL.");
        return;
      }
      assertTakenLater(talk, "with room");
      postgres.fillDisk();
      int taken = takenUntilFull(talk);
      postgres.clearDisk();
      assertTakenLater(talk, "room again");
      assertThat(subjects(ingress)).hasSize(4 + taken).startsWith("room again");
    }
  }

  /** It goes while a content is on its way, which was let in before. */
  private static void away(PostgresServer postgres, IngressForTests ingress, SmtpTalk talk) {
    talk.ask(SENDER);
    talk.ask("RCPT TO:<" + TO + ">");
    assertThat(talk.ask("DATA")).startsWith("354");
    postgres.goAway();
    try (SmtpTalk newcomer = SmtpTalk.greeted(ingress.port())) {
      var signIn =
          CompletableFuture.supplyAsync(() -> newcomer.signIn("pr_live_never_seen_before"));
      assertThat(talk.send(content("away", 100)).ask(".")).startsWith("451 4.3.0 The database");
      // Who it is, is remembered for a second and must then be looked up.
      within(
          PATIENCE,
          () -> talk.ask("RSET") + talk.ask(SENDER),
          said -> said.startsWith("250 2.0.0 Ok451 4.3.0 "));
      assertThat(signIn.join()).as("not: a wrong key").startsWith("454 4.7.0 ");
    } finally {
      postgres.comeBack();
    }
  }

  private static void readOnly(PostgresServer postgres, IngressForTests ingress, SmtpTalk talk) {
    postgres.readOnly(true);
    try {
      within(PATIENCE, () -> ingress.postroom.get("/readyz").statusCode(), is -> is == 503);
      assertThat(hand(talk, "read-only", 100))
          .startsWith("451 4.3.0 The database takes nothing new: it is read-only.");
    } finally {
      postgres.readOnly(false);
    }
  }

  /** How many large ones went in before the disk was full. */
  private static int takenUntilFull(SmtpTalk talk) {
    for (int taken = 0; taken < 200; taken++) {
      String reply = hand(talk, "large", LARGE);
      if (reply.startsWith("250")) continue;
      assertThat(reply).startsWith("452 4.3.1 The database is full.");
      return taken;
    }
    throw new AssertionError("The disk does not get full.");
  }

  /** As programs do: again, until it is taken. */
  private static void assertTakenLater(SmtpTalk talk, String subject) {
    within(PATIENCE, () -> hand(talk, subject, 100), reply -> reply.startsWith("250 2.0.0 msg_"));
  }

  private static String hand(SmtpTalk talk, String subject, int octets) {
    String reply = talk.mail(IngressForTests.SENDER, TO, content(subject, octets));
    if (!reply.startsWith("250")) talk.ask("RSET");
    return reply;
  }

  private static String content(String subject, int octets) {
    String text = ("x".repeat(98) + "\r\n").repeat(octets / 100);
    return "From: %s\r\nSubject: %s\r\n\r\n%s".formatted(IngressForTests.SENDER, subject, text);
  }

  /** Newest first. */
  private static List<String> subjects(IngressForTests ingress) {
    return ingress.messages().stream().map(Message::subject).toList();
  }

  private static void mayNotGrow(Database database, boolean full) {
    database.run(sql -> {
      long pages = sql.sql("PRAGMA page_count").query(Long.class).single();
      sql.sql("PRAGMA max_page_count = " + (full ? pages : 1_000_000_000L))
          .query(Long.class)
          .single();
    });
  }
}
