package org.postroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postroom.testkit.RunningPostroom;
import tools.jackson.databind.JsonNode;

/** What a program sees when something cannot be served, on the running product. */
class ProblemTests {
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
  void anUnknownFieldIsRefusedWithPointerAndNearestName() {
    JsonNode problem = problem(400, post("{\"nmae\": \"x\"}"));
    assertThat(problem.get("code").asString()).isEqualTo("unreadable");
    assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/nmae");
    assertThat(problem.at("/errors/0/code").asString()).isEqualTo("unknown_field");
    assertThat(problem.at("/errors/0/message").asString()).contains("did you mean \"name\"?");
  }

  @Test
  void aWrongTypeIsRefusedWithPointer() {
    JsonNode problem = problem(400, post("{\"name\": \"x\", \"scopes\": \"messages:send\"}"));
    assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/scopes");
    assertThat(problem.at("/errors/0/message").asString()).isEqualTo("/scopes must be a list.");
  }

  @Test
  void brokenJsonNamesThePlaceAndNoClass() {
    JsonNode problem = problem(400, post("{\"name\": "));
    assertThat(problem.get("detail").asString()).startsWith("The body is not valid JSON at line 1");
    assertThat(problem.toString()).doesNotContain("jackson").doesNotContain("postroom.");
  }

  @Test
  void anEmptyBodyIsSaidToBeMissing() {
    assertThat(problem(400, post("")).get("detail").asString()).contains("body is needed");
  }

  @Test
  void fieldsOfWrongContentComeTogetherAs422() {
    JsonNode problem = problem(422, post("{\"networks\": [\"here\"]}"));
    assertThat(problem.get("errors")).hasSize(3);
    assertThat(problem.at("/errors/2/pointer").asString()).isEqualTo("/networks/0");
  }

  @Test
  void unknownAddressesMethodsAndTypesHaveTheirStatus() {
    problem(404, postroom.get("/api/v1/nothing"));
    problem(404, postroom.get("/api/nothing"));
    HttpResponse<String> method = postroom.put("/api/v1/api_keys", "{}");
    problem(405, method);
    assertThat(method.headers().firstValue("Allow"))
        .hasValueSatisfying(allow -> assertThat(allow).contains("GET", "POST"));
    problem(
        415,
        postroom.send(
            postroom
                .request("/api/v1/api_keys")
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("a"))));
    JsonNode mismatch = problem(400, postroom.get("/api/v1/api_keys?limit=many"));
    assertThat(mismatch.at("/errors/0/message").asString()).isEqualTo("limit must be a number.");
    problem(422, postroom.get("/api/v1/api_keys?limit=0"));
  }

  @Test
  void aMissingOrWrongKeyIs401WithChallenge() {
    HttpResponse<String> none =
        postroom.send(
            HttpRequest.newBuilder(URI.create(postroom.url() + "/api/v1/api_keys")).GET());
    assertThat(problem(401, none).get("code").asString()).isEqualTo("unauthenticated");
    assertThat(none.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"Postroom\"");
    HttpResponse<String> wrong =
        postroom.send(
            HttpRequest.newBuilder(URI.create(postroom.url() + "/api/v1/api_keys"))
                .header("Authorization", "Bearer pr_live_" + "x".repeat(43))
                .GET());
    assertThat(problem(401, wrong).get("code").asString()).isEqualTo("unknown_key");
  }

  @Test
  void aBodyOverTheLimitIs413WhetherAnnouncedOrNot() {
    problem(
        413, postroom.send(json().POST(BodyPublishers.ofByteArray(new byte[33 * 1024 * 1024]))));
    problem(
        413,
        postroom.send(json().POST(BodyPublishers.ofInputStream(() -> spaces(33 * 1024 * 1024)))));
  }

  @Test
  void theRequestIdIsEchoedWhenHarmlessAndReplacedOtherwise() {
    var mine =
        postroom.send(postroom.request("/api/v1/nothing").header("X-Request-Id", "erp-4711").GET());
    assertThat(mine.headers().firstValue("X-Request-Id")).hasValue("erp-4711");
    assertThat(problem(404, mine).get("request_id").asString()).isEqualTo("erp-4711");
    var hostile =
        postroom.send(
            postroom.request("/api/v1/nothing").header("X-Request-Id", "a b<script>").GET());
    assertThat(hostile.headers().firstValue("X-Request-Id"))
        .hasValueSatisfying(id -> assertThat(id).startsWith("req_"));
  }

  @Test
  void theTypeOfAProblemIsAPageThatExists() {
    String type = problem(404, postroom.get("/api/v1/nothing")).get("type").asString();
    assertThat(postroom.get(type).statusCode()).isEqualTo(200);
    assertThat(postroom.get(type).body()).contains("Not found");
  }

  private static HttpRequest.Builder json() {
    return postroom.request("/api/v1/api_keys").header("Content-Type", "application/json");
  }

  private static HttpResponse<String> post(String body) {
    return postroom.post("/api/v1/api_keys", body);
  }

  private static JsonNode problem(int status, HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = RunningPostroom.json(response);
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.propertyNames())
        .containsExactly("type", "title", "status", "detail", "code", "request_id", "errors");
    return problem;
  }

  private static InputStream spaces(int count) {
    return new InputStream() {
      private int left = count;

      @Override
      public int read() {
        return left-- > 0 ? ' ' : -1;
      }
    };
  }
}
