package org.postroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postroom.testkit.RunningPostroom;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/**
 * The API's description against the running product: neither knows an operation the other does not.
 */
class OpenApiTests {
  private static final Set<String> TYPES =
      Set.of("string", "number", "integer", "boolean", "object", "array", "null");
  private static RunningPostroom postroom;
  private static JsonNode document;

  @BeforeAll
  static void start() {
    postroom = RunningPostroom.start();
    document = RunningPostroom.json(postroom.get("/api/v1/openapi.json"));
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  @Test
  void everyMappedOperationIsDescribedAndEveryDescribedOneIsMapped() {
    assertThat(described()).isEqualTo(mapped());
  }

  @Test
  void everyReferenceNamesSomethingThatExists() {
    List<String> missing = new ArrayList<>();
    for (JsonNode reference : document.findValues("$ref"))
      if (document.at(reference.asString().substring(1)).isMissingNode())
        missing.add(reference.asString());
    assertThat(missing).isEmpty();
  }

  @Test
  void everyOperationHasANameOfItsOwnASummaryAndItsPathsParameters() {
    List<String> ids = new ArrayList<>();
    forEachOperation((path, method, operation) -> {
      ids.add(operation.path("operationId").asString(""));
      assertThat(operation.path("summary").asString("")).as(method + " " + path).isNotBlank();
      assertThat(operation.path("responses").isEmpty()).as(method + " " + path).isFalse();
      assertThat(declared(path, operation)).as(method + " " + path).containsAll(variables(path));
    });
    assertThat(ids).doesNotHaveDuplicates().doesNotContain("");
  }

  @Test
  void schemasAreWellFormed() {
    document
        .at("/components/schemas")
        .properties()
        .forEach(schema -> checkSchema(schema.getKey(), schema.getValue()));
  }

  @Test
  void theReferencePageShowsEveryOperation() {
    String page = postroom.get("/developers").body();
    forEachOperation((path, method, operation) -> assertThat(page).contains("/api/v1" + path));
  }

  @Test
  void replies201And204AsDescribed() {
    var created =
        postroom.post("/api/v1/api_keys", "{\"name\": \"x\", \"scopes\": [\"messages:read\"]}");
    assertThat(created.statusCode()).isEqualTo(201);
    JsonNode key = RunningPostroom.json(created);
    JsonNode schema = document.at("/components/schemas/ApiKey");
    assertThat(key.propertyNames())
        .containsExactlyElementsOf(schema.get("properties").propertyNames());
    var gone =
        postroom.send(postroom.request("/api/v1/api_keys/" + key.get("id").asString()).DELETE());
    assertThat(gone.statusCode()).isEqualTo(204);
  }

  private interface Each {
    void operation(String path, String method, JsonNode operation);
  }

  private static void forEachOperation(Each each) {
    for (var path : document.get("paths").properties())
      for (var method : path.getValue().properties())
        if (!method.getKey().equals("parameters"))
          each.operation(path.getKey(), method.getKey(), method.getValue());
  }

  private static Set<String> described() {
    Set<String> operations = new TreeSet<>();
    forEachOperation((path, method, operation) ->
        operations.add(
            method.toUpperCase(java.util.Locale.ROOT)
                + " /api/v1"
                + path.replaceAll("\\{[^}]*}", "{}")));
    return operations;
  }

  private static Set<String> mapped() {
    Set<String> operations = new TreeSet<>();
    postroom
        .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .forEach(mapping ->
            mapping.getPatternValues().stream()
                .filter(pattern -> pattern.startsWith("/api/v1"))
                .forEach(pattern ->
                    mapping
                        .getMethodsCondition()
                        .getMethods()
                        .forEach(method ->
                            operations.add(method + " " + pattern.replaceAll("\\{[^}]*}", "{}")))));
    return operations;
  }

  private static List<String> declared(String path, JsonNode operation) {
    List<String> names = new ArrayList<>();
    for (JsonNode list :
        List.of(operation.path("parameters"), document.get("paths").get(path).path("parameters")))
      for (JsonNode each : list) {
        JsonNode parameter =
            each.has("$ref") ? document.at(each.get("$ref").asString().substring(1)) : each;
        if (parameter.path("in").asString().equals("path"))
          names.add(parameter.get("name").asString());
      }
    return names;
  }

  private static List<String> variables(String path) {
    return Pattern.compile("\\{([^}]*)}")
        .matcher(path)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static void checkSchema(String where, JsonNode schema) {
    JsonNode type = schema.get("type");
    if (type != null)
      (type.isArray() ? type : List.of(type))
          .forEach(each -> assertThat(TYPES).as(where).contains(((JsonNode) each).asString()));
    if (schema.has("required"))
      for (JsonNode name : schema.get("required"))
        assertThat(schema.path("properties").has(name.asString()))
            .as(where + " requires " + name)
            .isTrue();
    schema
        .path("properties")
        .properties()
        .forEach(p -> checkSchema(where + "/" + p.getKey(), p.getValue()));
    if (schema.has("items")) checkSchema(where + "/items", schema.get("items"));
  }
}
