package org.postroom.journeys;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.db.Ids;
import org.postroom.testkit.DatabaseLock;
import org.postroom.testkit.Launch;
import org.postroom.testkit.PostroomProcess;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.SmtpScript.Verb;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;

/**
 * The product dies between each pair of steps of one delivery. Before the mark a message goes out
 * by itself after the restart; after it, only a person decides. The moments are exact: the mail
 * server stalls, or somebody else holds the database.
 */
@ParameterizedClass
@EnumSource
class KilledBetweenStepsJourney {
  private static PostroomProcess postroom;
  private static String postgres;

  @Parameter TestDatabase database;
  private ScriptedSmtpServer server = ScriptedSmtpServer.start(SmtpOffer.plain());
  private String account;

  @BeforeParameterizedClassInvocation
  static void start(TestDatabase database) {
    Map<String, String> settings = new HashMap<>(Map.of("POSTROOM_NODE", "one"));
    postgres = database == TestDatabase.POSTGRESQL ? TestDatabase.freshPostgresUrl() : null;
    if (postgres != null) settings.put("POSTROOM_DATABASE_URL", postgres);
    postroom = PostroomProcess.start(settings, Launch.quick());
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    postroom.close();
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  /** Nobody was told that it was accepted, and it was not: the client asks again. */
  @Test
  void askedAndNotStored() throws Exception {
    String body = body("", "short");
    try (var lock = DatabaseLock.on(postroom, postgres)) {
      CompletableFuture<HttpResponse<String>> asked =
          CompletableFuture.supplyAsync(() -> post("/api/v1/messages", "asked-" + account, body));
      lock.awaitSomebodyWaiting();
      postroom.kill();
      assertThatThrownBy(asked::get).hasRootCauseInstanceOf(IOException.class);
    }
    postroom.restart();
    assertThat(DatabaseLock.count(postroom, postgres, ofThisAccount())).isZero();
    HttpResponse<String> again = post("/api/v1/messages", "asked-" + account, body);
    assertThat(again.statusCode()).as(again.body()).isEqualTo(202);
    goesOutOnce(json(again).get("id").stringValue());
    assertThat(DatabaseLock.count(postroom, postgres, ofThisAccount())).isEqualTo(1);
  }

  @Test
  void acceptedAndNotClaimed() {
    String id = send(", \"send_at\": \"" + Instant.now().plusSeconds(3) + "\"", "short");
    assertThat(message(id).get("state").stringValue()).isEqualTo("queued");
    dieAndStart();
    goesOutOnce(id);
  }

  @Test
  void claimedAndConnecting() {
    server.at(Verb.CONNECT).stall();
    String id = send("", "short");
    eventually(server::connections, n -> n == 1);
    assertThat(message(id).get("state").stringValue()).isEqualTo("sending");
    dieAndStart();
    goesOutOnce(id);
  }

  @Test
  void connectedAndNothingSaid() {
    server.at(Verb.EHLO).stall();
    String id = send("", "short");
    eventually(server::commands, said -> said.contains("EHLO"));
    dieAndStart();
    goesOutOnce(id);
  }

  @Test
  void envelopeSaidAndNotMarked() {
    server.at(Verb.DATA).stall();
    String id = send("", "short");
    eventually(server::commands, said -> said.contains("DATA"));
    dieAndStart();
    goesOutOnce(id);
  }

  @Test
  void someRecipientsSaidAndTheRestNot() {
    int people = 120; // more than are said in one go
    account = makeAccount(200);
    server.at(Verb.RCPT).recipient(101).stall();
    String more =
        IntStream.range(1, people).mapToObj(i -> "\"p" + i + "@x.example\"").collect(joining(","));
    String id = send(", \"bcc\": [" + more + "]", "short");
    eventually(server::commands, said -> Collections.frequency(said, "RCPT") == 101);
    dieAndStart();
    goesOutOnce(id);
    assertThat(server.received().getLast().recipients()).hasSize(people);
    assertThat(message(id).get("recipients").findValuesAsString("state"))
        .hasSize(people)
        .containsOnly("accepted");
  }

  @Test
  void markedAndContentNotComplete() {
    server.at(Verb.BODY).stall();
    // More than fits into the network's buffers: the dot has not left.
    String large = Base64.getEncoder().encodeToString(new byte[9_000_000]);
    String id =
        send(
            ", \"attachments\": [{\"filename\": \"a.bin\", \"content_type\": \"application/octet-stream\", \"content\": \""
                + large
                + "\"}]",
            "large");
    awaitMark(id);
    dieAndStart();
    staysUnclear(id, 0);
  }

  @Test
  void dotSentAndNotAnswered() {
    server.at(Verb.CONTENT).stall();
    String id = send("", "short");
    eventually(server::contents, n -> n == 1);
    dieAndStart();
    staysUnclear(id, 1);
    HttpResponse<String> decided =
        post("/api/v1/messages/" + id + "/resolve", "{\"resolution\": \"arrived\"}");
    assertThat(decided.statusCode()).as(decided.body()).isEqualTo(200);
    assertThat(message(id).get("state").stringValue()).isEqualTo("sent");
  }

  @Test
  void answeredAndNotSettled() {
    server.at(Verb.CONTENT).stall();
    String id = send("", "short");
    eventually(server::contents, n -> n == 1);
    try (var lock = DatabaseLock.on(postroom, postgres)) {
      server.release();
      lock.awaitSomebodyWaiting();
      postroom.kill();
    }
    postroom.restart();
    staysUnclear(id, 1);
  }

  /** As when it could not take the connection: nobody has begun anything. */
  private void dieAndStart() {
    postroom.kill();
    server.script().clear();
    server.release();
    postroom.restart();
  }

  private void goesOutOnce(String id) {
    JsonNode sent = eventually(() -> message(id), m -> m.get("state").stringValue().equals("sent"));
    assertThat(sent.get("attempts").intValue()).as("the death is not charged").isEqualTo(1);
    assertThat(arrivals(id)).isEqualTo(1);
  }

  private void staysUnclear(String id, int arrived) {
    JsonNode unclear =
        eventually(() -> message(id), m -> !m.get("state").stringValue().equals("sending"));
    assertThat(unclear.get("state").stringValue()).isEqualTo("unclear");
    assertThat(unclear.get("recipients").get(0).get("state").stringValue()).isEqualTo("pending");
    goesOutOnce(send("", "the next one passes it"));
    assertThat(message(id).get("state").stringValue()).isEqualTo("unclear");
    assertThat(arrivals(id)).isEqualTo(arrived);
    assertThat(post("/api/v1/messages/" + id + "/retry", "").statusCode()).isEqualTo(409);
  }

  /** The content has begun to come, so the mark is written. */
  private void awaitMark(String id) {
    eventually(server::commands, said -> said.contains("DATA"));
    eventually(
        () -> DatabaseLock.count(postroom, postgres, "messages WHERE handed_over_at > 0"),
        n -> n > 0);
    assertThat(message(id).get("state").stringValue()).isEqualTo("sending");
  }

  private long arrivals(String id) {
    return server.received().stream()
        .filter(mail ->
            new String(mail.content(), StandardCharsets.UTF_8).contains("Message-ID: <" + id + "@"))
        .count();
  }

  private String send(String more, String text) {
    HttpResponse<String> sent = post("/api/v1/messages", body(more, text));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
    return json(sent).get("id").stringValue();
  }

  private String body(String more, String text) {
    if (account == null) account = makeAccount(100);
    return """
    {"subject": "Hello", "text": "%s", "to": ["a@x.example"], "account": "%s"%s}
    """
        .formatted(text, account, more);
  }

  private String ofThisAccount() {
    return "messages WHERE account_id = '" + account + "'";
  }

  private String makeAccount(int recipients) {
    HttpResponse<String> made =
        post(
            "/api/v1/accounts",
            """
            {"kind": "smtp", "name": "Server %1$d", "email": "s@acme.example", "active": true, "limits": {"recipients": %2$d},
             "smtp": {"host": "127.0.0.1", "port": %1$d, "security": "none", "auth": false}}
            """
                .formatted(server.port(), recipients));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return json(made).get("id").stringValue();
  }

  private static JsonNode message(String id) {
    return json(postroom.send(postroom.request("/api/v1/messages/" + id).GET()));
  }

  private static HttpResponse<String> post(String path, String json) {
    return post(path, Ids.next("k"), json);
  }

  private static HttpResponse<String> post(String path, String key, String json) {
    return postroom.send(
        postroom
            .request(path)
            .header("Idempotency-Key", key)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }
}
