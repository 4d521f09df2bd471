package org.postroom.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postroom.access.Access;
import org.postroom.access.ApiKeys;
import org.postroom.access.Caller;
import org.postroom.access.Company;
import org.postroom.access.NewPerson;
import org.postroom.access.Scope;
import org.postroom.testkit.ApiDescription;
import org.postroom.testkit.ApiDescription.Operation;
import org.postroom.testkit.ApiWorld;
import org.postroom.testkit.RunningPostroom;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keys can do what they are for and nothing else, and nobody sees another company's rows. Which
 * operations there are is read from the API's description, so new ones are held to it by
 * themselves.
 */
class ApiRightsTests {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static RunningPostroom postroom;
  private static ApiDescription api;
  private static ApiWorld world;
  private static String strangersKey;

  @BeforeAll
  static void start() {
    postroom = RunningPostroom.start(Map.of("POSTROOM_PUBLIC_URL", "http://127.0.0.1"));
    api = new ApiDescription(json(postroom.get("/api/v1/openapi.json")));
    world = new ApiWorld(postroom, api);
    var globex = Company.named("co_globex", "Globex");
    postroom
        .bean(Access.class)
        .createCompany(globex, NewPerson.of("Hank", "hank@globex.example", "a long password 1"));
    strangersKey =
        postroom
            .bean(ApiKeys.class)
            .create(
                Caller.postroom(globex.id()),
                new ApiKeys.Wish("Globex ERP", false, Scope.codes(), List.of()))
            .text();
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  @Test
  void withoutItsScopeAnOperationIsForbidden() {
    List<String> wrong = new ArrayList<>();
    for (Operation operation : api.operations()) {
      if (operation.scopes().isEmpty()) continue;
      List<String> others = new ArrayList<>(Scope.codes());
      others.removeAll(operation.scopes());
      HttpResponse<String> reply = ask(operation, key(others));
      boolean refused =
          reply.statusCode() == 403 && json(reply).get("code").asString().equals("forbidden");
      if (!refused) wrong.add(operation + " → " + reply.statusCode() + " " + reply.body());
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void withItsScopeAloneAnOperationIsNotForbidden() {
    List<String> wrong = new ArrayList<>();
    String any = key(List.of("templates:write"));
    for (Operation operation : api.operations()) {
      // Needs, besides its scope, whatever it gives away.
      if (operation.id().equals("createApiKey")) continue;
      String key = operation.scopes().isEmpty() ? any : key(operation.scopes());
      int status = ask(operation, key).statusCode();
      if (status == 401 || status == 403) wrong.add(operation + " → " + status);
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void withoutAKeyEverythingButTheDescriptionIsRefused() {
    for (Operation operation : api.operations()) {
      HttpResponse<String> reply = ask(operation, "pr_live_nobody-has-this-key-at-all-000000");
      boolean open = operation.node().has("security") && operation.node().at("/security").isEmpty();
      assertThat(reply.statusCode()).as(operation.toString()).isEqualTo(open ? 200 : 401);
    }
  }

  @Test
  void nobodySeesOrChangesWhatAnotherCompanyHas() {
    List<String> wrong = new ArrayList<>();
    for (Operation operation : readingFirst()) {
      boolean own = operation.names("id") || operation.names("ref") || operation.names("number");
      if (operation.method().equals("PUT") && own) continue; // makes the stranger's own
      HttpResponse<String> reply = ask(operation, strangersKey);
      if (own && reply.statusCode() != 404)
        wrong.add(operation + " → " + reply.statusCode() + " " + reply.body());
      for (String secret : world.secrets())
        if (reply.statusCode() < 300 && reply.body().contains(secret))
          wrong.add(operation + " tells " + secret);
      boolean reads = operation.method().equals("GET") && !operation.path().endsWith(".json");
      if (reads && reply.body().contains("Contoso")) wrong.add(operation + " tells a partner");
    }
    assertThat(wrong).isEmpty();
  }

  /** Before the stranger has made anything of the same names. */
  private static List<Operation> readingFirst() {
    return api.operations().stream()
        .sorted(java.util.Comparator.comparing(operation -> !operation.method().equals("GET")))
        .toList();
  }

  @Test
  void namingAnotherCompanysThingsInABodyFindsNothing() {
    String account = world.id("account");
    String message =
        "{\"subject\": \"x\", \"text\": \"x\", \"to\": [\"a@b.example\"], \"account\": \"%s\"}";
    assertThat(post("/messages", message.formatted(account)).statusCode()).isEqualTo(422);
    assertThat(
            post(
                    "/messages?dry_run=true",
                    "{\"document\": {\"kind\": \"invoice\", \"number\": \"INV-2026-0412\"}, \"to\": [\"a@b.example\"]}")
                .statusCode())
        .isIn(404, 422);
    assertThat(
            put("/routes", "{\"invoice\": {\"account\": \"%s\"}}".formatted(account)).statusCode())
        .isEqualTo(422);
    assertThat(
            put("/partners/x", "{\"name\": \"X\", \"send_from\": \"%s\"}".formatted(account))
                .statusCode())
        .isEqualTo(422);
  }

  @Test
  void puttingTheSameNumberMakesAThingOfOnesOwn() {
    String before = postroom.get("/api/v1/partners/contoso").body();
    put("/partners/contoso", "{\"name\": \"Globex's Contoso\"}");
    assertThat(postroom.get("/api/v1/partners/contoso").body()).isEqualTo(before);
    String document = postroom.get("/api/v1/documents/invoice/INV-2026-0412").body();
    put("/documents/invoice/INV-2026-0412", "{\"currency\": \"USD\"}");
    assertThat(postroom.get("/api/v1/documents/invoice/INV-2026-0412").body()).isEqualTo(document);
    for (String path : List.of("/partners/contoso", "/documents/invoice/INV-2026-0412"))
      assertThat(strange(path, "GET", null).body()).doesNotContain("Contoso Bakery");
    postroom
        .bean(org.postroom.db.Database.class)
        .run(sql -> {
          for (String table : List.of("document_sources", "documents", "partners"))
            sql.sql("DELETE FROM " + table + " WHERE company_id = 'co_globex'").update();
        });
  }

  private static HttpResponse<String> ask(Operation operation, String key) {
    return world.send(world.request(operation, api.example(operation), key));
  }

  private static HttpResponse<String> post(String path, String body) {
    return strange(path, "POST", body);
  }

  private static HttpResponse<String> put(String path, String body) {
    return strange(path, "PUT", body);
  }

  private static HttpResponse<String> strange(String path, String method, String body) {
    var request =
        java.net.http.HttpRequest.newBuilder(java.net.URI.create(postroom.url() + "/api/v1" + path))
            .header("Authorization", "Bearer " + strangersKey)
            .header("Content-Type", "application/json");
    return postroom.send(
        request.method(
            method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }

  /** A key of the first company with these scopes. */
  private static String key(List<String> scopes) {
    var wish = java.util.Map.of("name", "narrow", "scopes", scopes);
    return json(postroom.post("/api/v1/api_keys", JSON.writeValueAsString(wish)))
        .get("key")
        .asString();
  }
}
