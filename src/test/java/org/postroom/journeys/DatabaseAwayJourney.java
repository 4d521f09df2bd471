package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.Eventually.within;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.testkit.PostgresServer;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.SmtpScript.Verb;

/**
 * PostgreSQL is taken over, crashes, takes nothing new, is held by somebody, or is full. Whoever
 * asks is told so and asks again; nothing is lost, nothing leaves twice, nobody has to do anything.
 */
class DatabaseAwayJourney {
  private static PostgresServer postgres;
  private static RunningPostroom postroom;
  private ScriptedSmtpServer server;

  @BeforeAll
  static void start() {
    postgres = PostgresServer.start();
    postroom = RunningPostroom.start(Map.of("POSTROOM_DATABASE_URL", postgres.url()));
  }

  @AfterAll
  static void stop() {
    postroom.close();
    postgres.close();
  }

  @BeforeEach
  void account() {
    server = ScriptedSmtpServer.start(SmtpOffer.plain());
    HttpResponse<String> made =
        postroom.post(
            "/api/v1/accounts",
            """
            {"kind": "smtp", "name": "At %d", "email": "s@acme.example", "default": true, "active": true,
             "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": false},
             "limits": {"connections": 2}}
            """
                .formatted(server.port(), server.port()));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void anAnswerThatComesWhileTheDatabaseIsAwayIsWrittenDownWhenItIsBack() {
    server.at(Verb.CONTENT).stall();
    String message = id(send("before"));
    eventually(server::contents, n -> n == 1);
    postgres.goAway();
    server.script().clear();
    server.release();
    var api = CompletableFuture.supplyAsync(() -> send("meanwhile"));
    var page = CompletableFuture.supplyAsync(() -> page("/outbox"));
    assertUnavailable(api.join(), "The database does not answer.");
    assertThat(page.join().statusCode()).isEqualTo(503);
    assertThat(page.join().body()).contains("Not available right now");
    assertNotReady("does not answer");
    postgres.comeBack();
    within(Duration.ofSeconds(40), () -> state(message), "sent"::equals);
    assertThat(send("meanwhile").statusCode()).isEqualTo(202);
    assertEachArrivesOnce(2);
  }

  @Test
  void aServerThatCrashesUnderLoadLosesNothingThatWasTaken() {
    server.thinksFor(Duration.ofMillis(5));
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String key = "crash " + i;
      clients.add(CompletableFuture.runAsync(() -> insist(key)));
    }
    eventually(server::contents, n -> n >= 5);
    postgres.crash();
    clients.forEach(CompletableFuture::join);
    eventually(() -> readyz().statusCode(), status -> status == 200);
    assertEachArrivesOnce(40);
  }

  @Test
  void aServerThatTakesNothingNewIsReadAndSaysSo() {
    String before = id(send("readable"));
    eventually(() -> state(before), "sent"::equals);
    postgres.readOnly(true);
    try {
      eventually(() -> readyz().statusCode(), status -> status == 503);
      assertUnavailable(send("refused"), "The database takes nothing new: it is read-only.");
      assertNotReady("takes nothing new: it is read-only");
      assertThat(state(before)).as("what is there can be read").isEqualTo("sent");
    } finally {
      postgres.readOnly(false);
    }
    eventually(() -> readyz().statusCode(), status -> status == 200);
    assertThat(send("refused").statusCode()).isEqualTo(202);
    assertEachArrivesOnce(2);
  }

  @Test
  void whenAllConnectionsWaitForSomebodyElseTheRestIsAskedToComeBack() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> clients;
    try (AutoCloseable lock = postgres.lock("messages")) {
      clients =
          IntStream.range(0, 24)
              .mapToObj(i ->
                  CompletableFuture.supplyAsync(
                      () -> send("crowd " + i), Thread::startVirtualThread))
              .toList();
      within(
          Duration.ofSeconds(40),
          () -> clients.stream().filter(CompletableFuture::isDone).count(),
          n -> n >= 1);
      clients.stream()
          .filter(CompletableFuture::isDone)
          .map(CompletableFuture::join)
          .forEach(answer -> assertUnavailable(answer, "The database has no connection free."));
    }
    for (int i = 0; i < clients.size(); i++) {
      clients.get(i).join();
      insist("crowd " + i);
    }
    assertEachArrivesOnce(24);
  }

  @Test
  void aFullDiskRefusesWhatIsNewAndGoesOnWhenThereIsRoom() {
    Assumptions.assumeTrue(
        postgres.moveToDiskOf(48), "Skipped: only root may mount a small disk for PostgreSQL.");
    eventually(() -> readyz().statusCode(), status -> status == 200);
    insist("with room");
    eventually(server::received, mails -> mails.size() == 1);
    postgres.fillDisk();
    // Small things still fit into pages that have room; a large one needs new ones.
    assertUnavailable(send("large", "x".repeat(500_000)), "The database is full.");
    postgres.clearDisk();
    insist("large");
    assertEachArrivesOnce(2);
  }

  private static void assertUnavailable(HttpResponse<String> answer, String why) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(json(answer).get("code").stringValue()).isEqualTo("unavailable");
    assertThat(json(answer).get("detail").stringValue()).startsWith(why);
  }

  private static void assertNotReady(String why) {
    HttpResponse<String> answer = readyz();
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(json(answer).get("database").stringValue()).isEqualTo(why);
  }

  private void assertEachArrivesOnce(int mails) {
    within(Duration.ofSeconds(60), server::received, all -> all.size() >= mails);
    eventually(
        () -> postroom.get("/api/v1/messages?limit=1&state=queued,sending,delayed").body(),
        body -> body.contains("\"data\":[]"));
    List<String> subjects =
        server.received().stream()
            .map(mail -> new String(mail.content(), java.nio.charset.StandardCharsets.UTF_8))
            .map(text -> text.replaceAll("(?s).*\\nSubject: ([^\\r\\n]*).*", "$1"))
            .toList();
    assertThat(subjects).hasSize(mails).doesNotHaveDuplicates();
  }

  /** As an ERP does: with the same key until it is taken. */
  private void insist(String subject) {
    within(Duration.ofSeconds(60), () -> send(subject).statusCode(), status -> status == 202);
  }

  private HttpResponse<String> send(String subject) {
    return send(subject, "Good morning");
  }

  private HttpResponse<String> send(String subject, String text) {
    return postroom.send(
        postroom
            .request("/api/v1/messages")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", server.port() + "-" + subject.replace(' ', '-'))
            .POST(
                BodyPublishers.ofString(
                    "{\"subject\": \"%s\", \"text\": \"%s\", \"to\": [\"a@x.example\"]}"
                        .formatted(subject, text))));
  }

  private static String id(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return json(answer).get("id").stringValue();
  }

  private static String state(String id) {
    HttpResponse<String> answer = postroom.get("/api/v1/messages/" + id);
    return answer.statusCode() == 200 ? json(answer).get("state").stringValue() : "unknown";
  }

  private static HttpResponse<String> readyz() {
    return postroom.get("/readyz");
  }

  private static HttpResponse<String> page(String path) {
    return postroom.send(
        HttpRequest.newBuilder(URI.create(postroom.url() + path))
            .header("Cookie", "postroom=co_1.x")
            .GET());
  }
}
