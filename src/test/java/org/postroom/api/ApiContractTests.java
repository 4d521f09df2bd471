package org.postroom.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.API_KEY;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.testkit.ApiDescription;
import org.postroom.testkit.ApiDescription.Example;
import org.postroom.testkit.ApiDescription.Operation;
import org.postroom.testkit.ApiWorld;
import org.postroom.testkit.RunningPostroom;
import tools.jackson.databind.JsonNode;

/**
 * The running product does what its description says: every operation, asked as the examples ask,
 * answers in a described status with a body of the described shape.
 */
class ApiContractTests {
  private static final Set<String> LAST = Set.of("emptyLocalMailbox");
  private static RunningPostroom postroom;
  private static ApiDescription api;
  private static ApiWorld world;

  @BeforeAll
  static void start() {
    postroom = RunningPostroom.start(Map.of("POSTROOM_PUBLIC_URL", "http://127.0.0.1"));
    api = new ApiDescription(json(postroom.get("/api/v1/openapi.json")));
    world = new ApiWorld(postroom, api);
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  @Test
  void everyOperationAnswersItsExamplesAsDescribed() {
    List<String> wrong = new ArrayList<>();
    for (Operation operation : inOrder())
      for (Example example : examples(operation)) {
        HttpResponse<String> reply = world.send(world.request(operation, example, API_KEY));
        if (reply.statusCode() >= 300) wrong.add(operation + " → " + reply.body());
        else wrong.addAll(violations(operation, reply));
      }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyExampleIsOfItsOwnSchema() {
    List<String> wrong = new ArrayList<>();
    for (Operation operation : api.operations())
      api.bodies(operation)
          .forEach((type, body) -> {
            if (!body.has("example")) return;
            api.violations(body.get("schema"), body.get("example"))
                .forEach(each -> wrong.add(operation + " " + each));
            body.path("examples")
                .forEach(one ->
                    api.violations(body.get("schema"), one.get("value"))
                        .forEach(each -> wrong.add(operation + " " + each)));
          });
    assertThat(wrong).isEmpty();
  }

  @Test
  void whatDoesNotExistIsAProblemOfTheDescribedShape() {
    List<String> wrong = new ArrayList<>();
    for (Operation operation : api.operations()) {
      if (!operation.path().contains("{") || operation.method().equals("PUT")) continue;
      String path = "/api/v1" + operation.path().replaceAll("\\{[^}]*}", "no-such-thing");
      var request = postroom.request(path).header("Content-Type", "application/json");
      Example example = api.example(operation);
      request.method(
          operation.method(),
          java.net.http.HttpRequest.BodyPublishers.ofString(example == null ? "" : example.text()));
      HttpResponse<String> reply = postroom.send(request);
      if (reply.statusCode() != 404) wrong.add(operation + " → " + reply.statusCode());
      wrong.addAll(violations(operation, reply));
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyListNamesItsNextPageUntilTheEnd() {
    List<Operation> lists =
        api.operations().stream()
            .filter(o -> api.response(o, 200).path("headers").has("Link"))
            .toList();
    assertThat(lists).hasSizeGreaterThanOrEqualTo(7);
    anotherPerson();
    for (int i = 0; i < 2; i++) {
      postroom.post("/api/v1/api_keys", "{\"name\": \"x\", \"scopes\": [\"messages:read\"]}");
      world.id(
          api.operations().stream()
              .filter(o -> o.id().equals("deleteAccount"))
              .findFirst()
              .orElseThrow());
      world.message();
      postroom.put("/api/v1/partners/p" + i, "{\"name\": \"P & Q\"}");
      postroom.put("/api/v1/documents/quote/Q" + i, "{\"currency\": \"EUR\"}");
      postroom.post(
          "/api/v1/partners/contoso/payments",
          "{\"reference\": \"L" + i + "\", \"amount\": \"1.00\", \"date\": \"2026-11-20\"}");
      postroom.post("/api/v1/statements/runs", "{\"dry_run\": true}");
    }
    eventually(
        () -> json(postroom.get("/api/v1/local_messages")).get("data").size(), size -> size > 1);
    var event = api.operations().stream().filter(o -> o.id().equals("tellEvent")).findFirst();
    for (Example example : examples(event.orElseThrow()))
      world.send(world.request(event.orElseThrow(), example, API_KEY));
    for (Operation list : lists) assertThat(pages(list)).as(list.toString()).isGreaterThan(0);
    HttpResponse<String> first = postroom.get("/api/v1/partners?q=P%20%26&limit=1");
    assertThat(first.headers().firstValue("Link").orElse(""))
        .startsWith("</api/v1/partners?q=P%20%26&limit=1&cursor=");
  }

  private static void anotherPerson() {
    String id = Ids.next("usr");
    postroom
        .bean(Database.class)
        .run(sql -> {
          sql.sql(
                  "INSERT INTO people (id, email, name, password, created_at) VALUES (:id, 'p@acme.example', 'P', 'none', 1)")
              .param("id", id)
              .update();
          sql.sql(
                  "INSERT INTO memberships (company_id, person_id, role) SELECT id, :id, 'VIEWER' FROM companies")
              .param("id", id)
              .update();
        });
  }

  /** Walks a list in steps of one by its Link headers; gives how many pages followed. */
  private static int pages(Operation list) {
    HttpResponse<String> page = postroom.get(world.path(list) + "?limit=1");
    int pages = 0;
    List<String> seen = new ArrayList<>();
    while (true) {
      JsonNode body = json(page);
      if (!body.get("data").isEmpty()) seen.add(body.at("/data/0").toString());
      var link = page.headers().firstValue("Link");
      assertThat(link.isPresent()).isEqualTo(body.get("has_more").booleanValue());
      if (link.isEmpty() || pages > 20) break;
      assertThat(link.get()).endsWith("; rel=\"next\"").contains("limit=1");
      page = postroom.get(link.get().substring(1, link.get().indexOf('>')));
      pages++;
    }
    assertThat(seen).doesNotHaveDuplicates();
    return pages;
  }

  private static List<String> violations(Operation operation, HttpResponse<String> reply) {
    String what = operation + " " + reply.statusCode() + " ";
    JsonNode response = api.response(operation, reply.statusCode());
    if (response.isMissingNode()) return List.of(what + "is not described");
    List<String> wrong = new ArrayList<>();
    JsonNode content = response.path("content");
    if (content.isEmpty()) return reply.body().isEmpty() ? wrong : List.of(what + "has a body");
    String type = reply.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
    if (!content.has(type)) return List.of(what + "comes as " + type);
    JsonNode schema = content.get(type).get("schema");
    if (type.endsWith("json"))
      api.violations(schema, json(reply)).forEach(each -> wrong.add(what + each));
    for (String header : List.of("ETag", "Location"))
      if (response.path("headers").has(header)
          && reply.statusCode() != 200
          && reply.headers().firstValue(header).isEmpty()
          && !reply.body().startsWith("[")) wrong.add(what + "has no " + header);
    return wrong;
  }

  /** Each example of each media type; one request without a body where none is taken. */
  private static List<Example> examples(Operation operation) {
    List<Example> examples = new ArrayList<>();
    api.bodies(operation)
        .forEach((type, body) -> {
          if (body.has("example")) examples.add(new Example(type, body.get("example")));
          body.path("examples").forEach(one -> examples.add(new Example(type, one.get("value"))));
        });
    assertThat(examples.isEmpty() && operation.node().has("requestBody"))
        .as(operation + " needs an example")
        .isFalse();
    if (examples.isEmpty()) examples.add(null);
    return examples;
  }

  /** What destroys something that others need comes last. */
  private static List<Operation> inOrder() {
    return api.operations().stream()
        .sorted(java.util.Comparator.comparing(operation -> LAST.contains(operation.id())))
        .toList();
  }
}
