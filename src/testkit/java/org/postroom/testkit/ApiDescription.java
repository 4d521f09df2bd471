package org.postroom.testkit;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The API's own description, as tests drive the product by it and judge replies with it. */
public final class ApiDescription {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDialect(
          Dialects.getDraft202012(),
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  private final JsonNode document;
  private final Map<JsonNode, Schema> compiled = new java.util.HashMap<>();

  public ApiDescription(JsonNode document) {
    this.document = document;
  }

  /** One operation: what is asked, what is needed, what may come back. */
  public record Operation(String id, String method, String path, JsonNode node, JsonNode shared) {

    /** The scopes a key needs; empty where any key will do. */
    public List<String> scopes() {
      List<String> scopes = new ArrayList<>();
      for (JsonNode scope : node.at("/security/0/key")) scopes.add(scope.asString());
      return scopes;
    }

    /** Whether it names something by its own id: the last thing in braces. */
    public boolean names(String parameter) {
      return path.contains("{" + parameter + "}");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /** By path and method. */
  public List<Operation> operations() {
    Map<String, Operation> all = new TreeMap<>();
    for (var path : document.get("paths").properties())
      for (var method : path.getValue().properties())
        if (!method.getKey().equals("parameters")) {
          String verb = method.getKey().toUpperCase(java.util.Locale.ROOT);
          String id = method.getValue().get("operationId").asString();
          all.put(
              path.getKey() + " " + verb,
              new Operation(id, verb, path.getKey(), method.getValue(), path.getValue()));
        }
    return List.copyOf(all.values());
  }

  /** The media types a body may have; empty where no body is taken. */
  public Map<String, JsonNode> bodies(Operation operation) {
    Map<String, JsonNode> bodies = new TreeMap<>();
    resolved(operation.node().path("requestBody"))
        .path("content")
        .properties()
        .forEach(content -> bodies.put(content.getKey(), content.getValue()));
    return bodies;
  }

  /** The first example of a body with its media type; null where there is none. */
  public Example example(Operation operation) {
    for (var body : bodies(operation).entrySet()) {
      JsonNode example = body.getValue().get("example");
      if (example != null) return new Example(body.getKey(), example);
    }
    return null;
  }

  /** A body that a client may send as it stands. */
  public record Example(String type, JsonNode value) {
    public String text() {
      return value.isString() ? value.stringValue() : JSON.writeValueAsString(value);
    }
  }

  /** What is described for a status: its own entry, else the default; missing where neither is. */
  public JsonNode response(Operation operation, int status) {
    JsonNode responses = operation.node().get("responses");
    JsonNode own = responses.get(Integer.toString(status));
    return resolved(own == null ? responses.path("default") : own);
  }

  /** What is wrong with a body by a schema of the description; empty where nothing is. */
  public List<String> violations(JsonNode schema, JsonNode body) {
    return compiled.computeIfAbsent(schema, this::compile).validate(body).stream()
        // The validator takes no reserved names such as contoso.example for a domain.
        .filter(error -> !error.getSchemaNode().asString("").equals("idn-email"))
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .toList();
  }

  public JsonNode component(String name) {
    return document.at("/components/schemas/" + name);
  }

  public JsonNode resolved(JsonNode node) {
    JsonNode reference = node.get("$ref");
    return reference == null ? node : document.at(reference.asString().substring(1));
  }

  private Schema compile(JsonNode schema) {
    ObjectNode whole = JSON.createObjectNode();
    whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    whole.set("components", document.get("components"));
    whole.putArray("allOf").add(schema);
    return SCHEMAS.getSchema(whole);
  }
}
