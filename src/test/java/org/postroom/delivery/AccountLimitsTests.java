package org.postroom.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postroom.testkit.Eventually;
import org.postroom.testkit.RunningPostroom;
import tools.jackson.databind.JsonNode;

class AccountLimitsTests {
  private static RunningPostroom postroom;

  @BeforeAll
  static void start() {
    postroom = RunningPostroom.start();
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  @Test
  void tooManyRecipientsAreRefusedBeforeAnythingIsAccepted() {
    String account = local("{\"recipients\": 2}");
    JsonNode problem = send(account, "x", 422, "a@x.example", "b@x.example", "c@x.example");
    assertThat(problem.at("/errors/0/pointer").stringValue()).isEqualTo("/to");
    assertThat(problem.at("/errors/0/message").stringValue())
        .isEqualTo("The message goes to 3 people; “Limited” takes at most 2 a message.");
    send(account, "x", 202, "a@x.example", "b@x.example");
  }

  @Test
  void aMessageLargerThanTheAccountTakesIsRefusedBeforeItIsAccepted() {
    String account = local("{\"message_bytes\": 3000}");
    JsonNode problem = send(account, "long ".repeat(1000), 422, "a@x.example");
    assertThat(problem.at("/errors/0/pointer").stringValue()).isEqualTo("/attachments");
    assertThat(problem.at("/errors/0/code").stringValue()).isEqualTo("too_large");
    send(account, "short", 202, "a@x.example");
  }

  @Test
  void theDayLimitHoldsBackUntilItIsRaised() {
    String account = local("{\"per_day\": 2, \"connections\": 1}");
    List<String> ids =
        List.of(
            send(account, "1", 202, "a@x.example").get("id").stringValue(),
            send(account, "2", 202, "a@x.example").get("id").stringValue(),
            send(account, "3", 202, "a@x.example").get("id").stringValue());
    JsonNode last =
        Eventually.eventually(
            () -> json(postroom.get("/api/v1/messages/" + ids.get(2))),
            message -> !message.get("note").isNull());
    assertThat(last.get("state").stringValue()).isEqualTo("queued");
    assertThat(last.get("attempts").intValue()).isZero();
    assertThat(last.get("note").stringValue()).contains("daily limit of 2", "goes on about");
    JsonNode usage = json(postroom.get("/api/v1/accounts/" + account)).get("usage");
    assertThat(usage.get("last_day").intValue()).isEqualTo(2);
    assertThat(usage.get("last_minute").intValue()).isEqualTo(2);
    var raised =
        postroom
            .request("/api/v1/accounts/" + account)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString("{\"limits\": {\"per_day\": 3}}"));
    assertThat(postroom.send(raised).statusCode()).isEqualTo(200);
    Eventually.eventually(
        () -> json(postroom.get("/api/v1/messages/" + ids.get(2))),
        message -> message.get("state").stringValue().equals("sent"));
  }

  private static String local(String limits) {
    var made =
        postroom.post(
            "/api/v1/accounts",
            "{\"kind\": \"local\", \"name\": \"Limited\", \"email\": \"l@acme.example\", \"limits\": "
                + limits
                + "}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return json(made).get("id").stringValue();
  }

  private static JsonNode send(String account, String text, int status, String... to) {
    var reply =
        postroom.post(
            "/api/v1/messages",
            "{\"account\": \"%s\", \"subject\": \"s\", \"text\": \"%s\", \"to\": [\"%s\"]}"
                .formatted(account, text, String.join("\", \"", to)));
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
    return json(reply);
  }
}
