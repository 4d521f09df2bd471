package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.SmtpScript.Verb;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;

/**
 * What becomes of messages when the mail server has good and bad days; seen only through the API.
 */
@ParameterizedClass
@EnumSource
class DeliveryJourney {
  @Parameter TestDatabase database;
  private RunningPostroom postroom;
  private ScriptedSmtpServer server;
  private String account;

  @BeforeEach
  void start() {
    server = ScriptedSmtpServer.start(SmtpOffer.plain().auth("acme", "secret word", "PLAIN"));
    postroom = RunningPostroom.start(database);
    HttpResponse<String> made =
        postroom.post(
            "/api/v1/accounts",
            """
            {"kind": "smtp", "name": "Invoices", "email": "invoices@acme.example", "display_name": "Acme Invoices", "default": true, "active": true,
             "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": true, "username": "acme", "password": "secret word"}}
            """
                .formatted(server.port()));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    account = json(made).get("id").stringValue();
  }

  @AfterEach
  void stop() {
    postroom.close();
    server.close();
  }

  @Test
  void aMessageLeavesAsItWasStored() {
    String id = send("a@x.example");
    JsonNode sent = state(id, "sent");
    assertThat(sent.get("account").stringValue()).isEqualTo(account);
    assertThat(sent.get("recipients").get(0).get("state").stringValue()).isEqualTo("accepted");
    assertThat(server.received()).hasSize(1);
    assertThat(server.received().getFirst().content())
        .isEqualTo(postroom.bytes("/api/v1/messages/" + id + "/content").body());
    assertThat(server.received().getFirst().sender()).isEqualTo("invoices@acme.example");
  }

  @Test
  void aServerThatRefusesForGoodEndsTheMessageWithItsWords() {
    server.at(Verb.RCPT).say("550 5.1.1 No such user here");
    JsonNode message = state(send("nobody@x.example"), "not_sent");
    assertThat(message.get("note").stringValue()).isEqualTo("550 5.1.1 No such user here");
    assertThat(message.get("recipients").get(0).get("state").stringValue()).isEqualTo("rejected");
    server.script().clear();
    assertThat(
            postroom
                .post("/api/v1/messages/" + message.get("id").stringValue() + "/retry", "")
                .statusCode())
        .isEqualTo(200);
    state(message.get("id").stringValue(), "sent");
  }

  @Test
  void aMixOfAnswersKeepsEachRecipientsOwn() {
    server.at(Verb.RCPT).recipient(2).say("450 4.2.0 Greylisted");
    server.at(Verb.RCPT).recipient(3).say("550 5.1.1 Unknown");
    String id = send("a@x.example\", \"b@x.example\", \"c@x.example");
    JsonNode delayed = state(id, "delayed");
    assertThat(delayed.get("recipients").findValuesAsString("state"))
        .containsExactly("accepted", "pending", "rejected");
    server.script().clear();
    postroom.post("/api/v1/messages/" + id + "/retry", "");
    state(id, "sent");
    assertThat(server.received()).hasSize(2);
    assertThat(server.received().getLast().recipients()).containsExactly("b@x.example");
  }

  @Test
  void anAnswerLostAfterTheContentIsNeverSentAgain() {
    server.at(Verb.CONTENT).message(1).drop();
    String id = send("a@x.example");
    JsonNode unclear = state(id, "unclear");
    assertThat(unclear.get("recipients").get(0).get("state").stringValue()).isEqualTo("pending");
    assertThat(postroom.post("/api/v1/messages/" + id + "/retry", "").statusCode()).isEqualTo(409);
    HttpResponse<String> resolved =
        postroom.post("/api/v1/messages/" + id + "/resolve", "{\"resolution\": \"send_again\"}");
    assertThat(resolved.statusCode()).isEqualTo(200);
    state(id, "sent");
  }

  @Test
  void aRefusedSignInHoldsEverythingAndARepairReleasesIt() {
    server.at(Verb.AUTH).say("535 5.7.8 Authentication credentials invalid");
    String first = send("a@x.example");
    JsonNode held = state(first, "held");
    assertThat(held.get("hold").stringValue()).isEqualTo("account");
    assertThat(held.get("attempts").intValue()).isZero();
    String second = send("b@x.example");
    state(second, "held");
    assertThat(json(postroom.get("/api/v1/accounts/" + account)).toString())
        .contains("needs_sign_in");
    server.script().clear();
    HttpResponse<String> repaired =
        postroom.send(
            postroom
                .request("/api/v1/accounts/" + account)
                .header("Content-Type", "application/json")
                .method(
                    "PATCH",
                    BodyPublishers.ofString("{\"smtp\": {\"password\": \"secret word\"}}")));
    assertThat(repaired.statusCode()).as(repaired.body()).isEqualTo(200);
    state(first, "sent");
    state(second, "sent");
    assertThat(server.received()).hasSize(2);
  }

  @Test
  void aServerThatIsAwayPausesTheAccountAndCostsNothing() {
    server.at(Verb.CONNECT).connection(1).drop();
    String id = send("a@x.example");
    JsonNode paused =
        eventually(
            () -> json(postroom.get("/api/v1/accounts/" + account)),
            a -> a.toString().contains("paused"));
    assertThat(paused.toString()).contains("paused");
    JsonNode waiting = state(id, "queued");
    assertThat(waiting.get("attempts").intValue()).isZero();
  }

  @Test
  void aResentMessageIsANewOneLinkedToTheOld() {
    server.at(Verb.RCPT).lineContaining("wrong@").say("550 5.1.1 Unknown");
    String old = send("wrong@x.example");
    state(old, "not_sent");
    HttpResponse<String> resent =
        postroom.post("/api/v1/messages/" + old + "/resend", "{\"to\": [\"right@x.example\"]}");
    assertThat(resent.statusCode()).as(resent.body()).isEqualTo(202);
    JsonNode fresh = state(json(resent).get("id").stringValue(), "sent");
    assertThat(fresh.get("resend_of").stringValue()).isEqualTo(old);
    String content =
        new String(server.received().getLast().content(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(content)
        .contains("To: right@x.example")
        .doesNotContain("wrong@")
        .contains("Message-ID: <" + fresh.get("id").stringValue() + "@acme.example>");
  }

  @Test
  void manyMessagesShareConnectionsAndKeepTheLimit() {
    for (int i = 0; i < 60; i++) send("a" + i + "@x.example");
    eventually(() -> server.received().size(), n -> n == 60);
    assertThat(server.mostConnectionsAtOnce()).isLessThanOrEqualTo(2);
    assertThat(server.connections()).isLessThan(10);
    assertThat(server.violations()).isEmpty();
  }

  private String send(String to) {
    HttpResponse<String> sent =
        postroom.post(
            "/api/v1/messages",
            """
            {"subject": "Hello", "text": "Good morning", "to": ["%s"]}
            """
                .formatted(to));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
    return json(sent).get("id").stringValue();
  }

  private JsonNode state(String id, String wanted) {
    return eventually(
        () -> json(postroom.get("/api/v1/messages/" + id)),
        m -> m.get("state").stringValue().equals(wanted));
  }
}
