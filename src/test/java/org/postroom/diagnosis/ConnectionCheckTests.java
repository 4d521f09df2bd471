package org.postroom.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.SmtpScript.Verb;
import org.postroom.testkit.TestCertificates;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Checks over REST against servers that behave and that do not. */
class ConnectionCheckTests {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String SECRET = "Tr0ub4dor&3-planted";
  private static final TestCertificates CERTIFICATES = TestCertificates.forLocalhost();

  @TempDir static Path folder;
  private static RunningPostroom postroom;
  private ScriptedSmtpServer server;

  @BeforeAll
  static void start() {
    CERTIFICATES.write(folder);
    postroom =
        RunningPostroom.start(
            Map.of("POSTROOM_TRUSTED_CERTIFICATES", folder.resolve("authority.pem").toString()));
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  @AfterEach
  void closeServer() {
    if (server != null) server.close();
  }

  @Test
  void everyStageIsToldAndTheTestMessageArrives() {
    serve();
    JsonNode check = check(account(), "{\"test_to\": \"anna@acme.example\"}");
    assertThat(check.get("result").asString()).as(check.toString()).isEqualTo("ok");
    assertThat(names(check))
        .containsExactly(
            "settings",
            "resolve",
            "connect",
            "greet",
            "tls",
            "authenticate",
            "sender",
            "recipient",
            "content",
            "domain");
    for (JsonNode stage : check.get("stages")) {
      if (stage.get("stage").asString().equals("domain")) continue;
      assertThat(stage.get("result").asString()).as(stage.toString()).isEqualTo("ok");
      assertThat(stage.get("ms").asLong()).isBetween(0L, 10_000L);
    }
    assertThat(check.get("finding").isNull()).isTrue();
    assertThat(server.received()).hasSize(1);
    var mail = server.received().getFirst();
    assertThat(mail.recipients()).containsExactly("anna@acme.example");
    assertThat(new String(mail.content(), StandardCharsets.UTF_8))
        .contains("Message-ID: <chk_", "@acme.example>", "connection check")
        .contains("From: ", "invoices@acme.example");
    assertThat(server.violations()).isEmpty();
    assertThat(server.commands()).endsWith("QUIT");
  }

  @Test
  void whatTheDomainLacksIsAdviceAndFailsNothing() {
    serve();
    JsonNode check = check(account(), "{\"test_to\": \"anna@acme.example\"}");
    assertThat(check.get("result").asString()).isEqualTo("ok");
    JsonNode domain = stage(check, "domain");
    assertThat(domain.get("result").asString()).isEqualTo("advice");
    List<JsonNode> told = new ArrayList<>();
    check.get("advice").forEach(told::add);
    assertThat(told)
        .filteredOn(advice -> advice.get("stage").asString().equals("domain"))
        .as(check.toString())
        .anyMatch(advice -> advice.get("what").asString().contains("DMARC"))
        .anyMatch(advice -> advice.get("steps").toString().contains("_dmarc.acme.example"));
    assertThat(postroom.dns().asked()).anyMatch(name -> name.contains("_dmarc.acme.example"));
  }

  @Test
  void itStopsAtTheFirstFailureAndSaysWhatToDo() {
    serve();
    server.at(Verb.AUTH).say("535 5.7.8 Error: authentication failed");
    JsonNode check = check(account(), "{}");
    assertThat(check.get("result").asString()).isEqualTo("failed");
    JsonNode failed = stage(check, "authenticate");
    assertThat(failed.get("result").asString()).isEqualTo("failed");
    assertThat(failed.get("evidence").asString()).startsWith("535 5.7.8");
    assertThat(failed.get("sentence")).isEqualTo(check.at("/finding/what"));
    assertThat(check.at("/finding/steps")).isNotEmpty();
    for (String later : List.of("sender", "recipient", "content")) {
      JsonNode stage = stage(check, later);
      assertThat(stage.get("result").asString()).isEqualTo("not_checked");
      assertThat(stage.has("ms")).isFalse();
    }
    assertThat(server.contents()).isZero();
  }

  @Test
  void stagesStreamAsTheyHappen() {
    serve();
    var reply =
        postroom.send(
            postroom
                .request("/api/v1/account_checks")
                .header("Accept", "text/event-stream")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(account().toString())));
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    assertThat(reply.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    List<String> events = new ArrayList<>();
    for (String event : reply.body().split("\n\n")) {
      String[] lines = event.split("\n");
      JsonNode told = JSON.readTree(lines[1].substring("data: ".length()));
      events.add(lines[0].substring("event: ".length()) + told.path("stage").asString(""));
      if (lines[0].endsWith("result"))
        assertThat(told.get("result").asString()).as(event).isEqualTo("ok");
    }
    assertThat(events)
        .containsExactly(
            "stagesettings",
            "stageresolve",
            "stageconnect",
            "stagegreet",
            "stagetls",
            "stageauthenticate",
            "stagesender",
            "stagerecipient",
            "stagecontent",
            "stagedomain",
            "result");
  }

  @Test
  void aStreamThatIsRefusedIsAProblem() {
    for (String body : List.of("{}", "{\"kind\": \"local\"}", "[]", "nonsense")) {
      var reply =
          postroom.send(
              postroom
                  .request("/api/v1/account_checks")
                  .header("Accept", "text/event-stream")
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(body)));
      assertThat(reply.statusCode()).as(reply.body()).isIn(400, 422);
      assertThat(reply.headers().firstValue("Content-Type")).contains("application/problem+json");
    }
  }

  @Test
  void aSavedAccountsChecksAreKeptAndAPassRepairsIt() {
    serve();
    String id = saved();
    server.at(Verb.AUTH).say("535 5.7.8 Error: authentication failed");
    JsonNode failed = json(postroom.post("/api/v1/accounts/" + id + "/checks", ""));
    assertThat(failed.at("/account").asString()).isEqualTo(id);
    JsonNode health = json(postroom.get("/api/v1/accounts/" + id)).get("health");
    assertThat(health.get("state").asString()).isEqualTo("needs_sign_in");
    assertThat(health.get("reason")).isEqualTo(failed.at("/finding/what"));
    server.script().clear();
    JsonNode passed = json(postroom.post("/api/v1/accounts/" + id + "/checks", "{}"));
    assertThat(passed.get("result").asString()).as(passed.toString()).isEqualTo("ok");
    assertThat(state(id)).isEqualTo("working");
    JsonNode kept = json(postroom.get("/api/v1/accounts/" + id + "/checks")).get("data");
    assertThat(kept).hasSize(2);
    assertThat(kept.get(0)).isEqualTo(passed);
    assertThat(kept.get(1)).isEqualTo(failed);
  }

  @Test
  void aRefusedTestAddressStopsNoAccount() {
    serve();
    String id = saved();
    server.at(Verb.RCPT).say("550 5.1.1 No such user");
    JsonNode failed = json(postroom.post("/api/v1/accounts/" + id + "/checks", "{}"));
    assertThat(stage(failed, "recipient").get("result").asString()).isEqualTo("failed");
    assertThat(state(id)).isEqualTo("working");
  }

  @Test
  void changesAreTriedWithoutSavingThem() {
    serve();
    String id = saved();
    String before = postroom.get("/api/v1/accounts/" + id).body();
    try (var other = ScriptedSmtpServer.start(offer())) {
      JsonNode check =
          json(
              postroom.post(
                  "/api/v1/accounts/" + id + "/checks",
                  "{\"account\": {\"smtp\": {\"port\": " + other.port() + "}}}"));
      assertThat(check.get("result").asString()).as(check.toString()).isEqualTo("ok");
      assertThat(other.received()).as("with the stored password").hasSize(1);
    }
    assertThat(server.connections()).isZero();
    assertThat(postroom.get("/api/v1/accounts/" + id).body()).isEqualTo(before);
    assertThat(json(postroom.get("/api/v1/accounts/" + id + "/checks")).get("data")).isEmpty();
  }

  @Test
  void theStoredPasswordNeverGoesToAnotherServerOrInTheOpen() {
    serve();
    String id = saved();
    for (String change :
        List.of(
            "{\"host\": \"127.0.0.1\"}",
            "{\"security\": \"none\"}",
            "{\"host\": \"evil.example\", \"port\": 25}")) {
      HttpResponse<String> reply =
          postroom.post(
              "/api/v1/accounts/" + id + "/checks", "{\"account\": {\"smtp\": " + change + "}}");
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(422);
      assertThat(json(reply).at("/errors/0/pointer").asString()).isEqualTo("/smtp/password");
    }
    assertThat(server.connections()).isZero();
  }

  @Test
  void secretsAreNowhereEvenWhereTheServerRepeatsThem() {
    serve();
    String id = saved();
    String whole = base64("\0invoices@acme.example\0" + SECRET);
    server
        .at(Verb.CONTENT)
        .say("554 5.7.1 Refused " + SECRET + " " + base64(SECRET) + " AUTH PLAIN " + whole);
    String path = "/api/v1/accounts/" + id + "/checks";
    var stream =
        postroom.send(
            postroom
                .request(path)
                .header("Accept", "text/event-stream")
                .POST(BodyPublishers.noBody()));
    String told = stream.body() + postroom.post(path, "{}").body() + postroom.get(path).body();
    assertThat(told).contains("554 5.7.1 Refused ****");
    for (String secret : List.of(SECRET, base64(SECRET), whole))
      assertThat(told).doesNotContain(secret);
    String kept =
        postroom
            .bean(org.postroom.db.Database.class)
            .read(sql ->
                String.join(
                    "\n", sql.sql("SELECT report FROM account_checks").query(String.class).list()));
    assertThat(kept).contains("Refused ****").doesNotContain(SECRET, base64(SECRET), whole);
  }

  @Test
  void aStrangersWordsAreNotPassedOn() throws Exception {
    try (var listening =
        new java.net.ServerSocket(0, 5, java.net.InetAddress.getByName("127.0.0.1"))) {
      Thread.ofVirtual()
          .start(() -> {
            try (var socket = listening.accept()) {
              socket
                  .getOutputStream()
                  .write("SSH-2.0-Internal_9.9\r\n".getBytes(StandardCharsets.US_ASCII));
              socket.getInputStream().readAllBytes();
            } catch (java.io.IOException gone) {
              // The check hung up.
            }
          });
      HttpResponse<String> reply =
          postroom.post("/api/v1/account_checks", account(listening.getLocalPort()).toString());
      JsonNode check = json(reply);
      assertThat(check.get("result").asString()).isEqualTo("failed");
      assertThat(reply.body()).doesNotContain("Internal_9.9");
    }
  }

  private void serve() {
    server = ScriptedSmtpServer.start(offer());
  }

  private static SmtpOffer offer() {
    return SmtpOffer.plain()
        .startTls(CERTIFICATES)
        .auth("invoices@acme.example", SECRET, "PLAIN", "LOGIN");
  }

  private ObjectNode account() {
    return account(server.port());
  }

  private static ObjectNode account(int port) {
    ObjectNode account = JSON.createObjectNode();
    account.put("kind", "smtp").put("name", "Invoices").put("email", "invoices@acme.example");
    account
        .putObject("smtp")
        .put("host", "localhost")
        .put("port", port)
        .put("security", "starttls")
        .put("username", "invoices@acme.example")
        .put("password", SECRET);
    return account;
  }

  private String saved() {
    return json(postroom.post("/api/v1/accounts", account().toString())).get("id").asString();
  }

  private static JsonNode check(ObjectNode account, String more) {
    account.setAll((ObjectNode) JSON.readTree(more));
    var reply = postroom.post("/api/v1/account_checks", account.toString());
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    return json(reply);
  }

  private static String state(String id) {
    return json(postroom.get("/api/v1/accounts/" + id)).at("/health/state").asString();
  }

  private static List<String> names(JsonNode check) {
    List<String> names = new ArrayList<>();
    check.get("stages").forEach(stage -> names.add(stage.get("stage").asString()));
    return names;
  }

  private static JsonNode stage(JsonNode check, String name) {
    for (JsonNode stage : check.get("stages"))
      if (stage.get("stage").asString().equals(name)) return stage;
    throw new AssertionError("No stage " + name + " in " + check);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
