package org.postroom.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The API's description for programs, and the same as a page for their authors. */
@Controller
class Developers {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private final OpenApi openApi;
  private final Samples samples;
  private final Map<String, List<Operation>> groups;

  Developers(OpenApi openApi) {
    this.openApi = openApi;
    this.samples = new Samples(openApi);
    this.groups = groups();
  }

  /** One line of a table of parameters or fields. */
  record Field(String name, String where, String type, boolean required, String description) {}

  record Reply(String status, String description) {}

  record Operation(
      String id,
      String method,
      String path,
      String summary,
      String description,
      String scope,
      List<Field> parameters,
      List<Field> body,
      @Nullable String example,
      SampleRequest request,
      List<Reply> replies) {

    /** A program in that language that makes the request. */
    public String sample(SampleLanguage language) {
      return language.program(request);
    }
  }

  @GetMapping("/api/v1/openapi.json")
  ResponseEntity<byte[]> document() {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(openApi.bytes());
  }

  @GetMapping("/developers")
  String page(@RequestParam(defaultValue = "curl") String language, Model model) {
    model.addAttribute("languages", SampleLanguage.values());
    model.addAttribute("language", SampleLanguage.of(language));
    model.addAttribute("intro", openApi.document().at("/info/description").asString());
    model.addAttribute("groups", groups);
    return "http/developers";
  }

  /** Every operation's request, by its name. */
  Map<String, SampleRequest> requests() {
    Map<String, SampleRequest> requests = new TreeMap<>();
    groups.values().forEach(all -> all.forEach(each -> requests.put(each.id(), each.request())));
    return requests;
  }

  private Map<String, List<Operation>> groups() {
    Map<String, List<Operation>> byTag = new TreeMap<>();
    for (var path : openApi.document().at("/paths").properties())
      for (var method : path.getValue().properties())
        if (METHODS.contains(method.getKey()))
          byTag
              .computeIfAbsent(tag(method.getValue()), tag -> new ArrayList<>())
              .add(operation(path.getKey(), path.getValue(), method.getKey(), method.getValue()));
    return byTag;
  }

  private Operation operation(String path, JsonNode shared, String method, JsonNode operation) {
    JsonNode content = openApi.resolved(operation.path("requestBody")).path("content");
    JsonNode media = content.isEmpty() ? content : content.iterator().next();
    JsonNode example = media.get("example");
    String body =
        example == null ? null : example.asStringOpt().orElse(PRETTY.writeValueAsString(example));
    List<Field> parameters = new ArrayList<>(parameters(shared));
    parameters.addAll(parameters(operation));
    return new Operation(
        operation.path("operationId").asString(),
        method.toUpperCase(Locale.ROOT),
        "/api/v1" + path,
        operation.path("summary").asString(),
        operation.path("description").asString(""),
        scope(operation),
        parameters,
        fields(openApi.resolved(media.path("schema"))),
        body,
        samples.request(path, shared, method, operation, body),
        replies(operation));
  }

  /** What a key needs; empty where every key will do, and where none is asked for. */
  private static String scope(JsonNode operation) {
    return operation.at("/security/0/key/0").asString("");
  }

  private List<Field> parameters(JsonNode operation) {
    List<Field> fields = new ArrayList<>();
    for (JsonNode each : operation.path("parameters")) {
      JsonNode parameter = openApi.resolved(each);
      fields.add(
          new Field(
              parameter.path("name").asString(),
              parameter.path("in").asString(),
              type(parameter.path("schema")),
              parameter.path("required").asBoolean(false),
              parameter.path("description").asString("")));
    }
    return fields;
  }

  private List<Field> fields(JsonNode schema) {
    List<Field> fields = new ArrayList<>();
    List<String> required = new ArrayList<>();
    for (JsonNode name : schema.path("required")) required.add(name.asString());
    for (var property : schema.path("properties").properties())
      fields.add(
          new Field(
              property.getKey(),
              "body",
              type(property.getValue()),
              required.contains(property.getKey()),
              description(property.getValue())));
    return fields;
  }

  private List<Reply> replies(JsonNode operation) {
    Map<String, Reply> replies = new LinkedHashMap<>();
    for (var reply : operation.path("responses").properties())
      replies.put(
          reply.getKey(),
          new Reply(
              reply.getKey().equals("default") ? "otherwise" : reply.getKey(),
              description(reply.getValue())));
    return List.copyOf(replies.values());
  }

  /** Of the thing itself, where it has one: a reference may stand beside a closer description. */
  private String description(JsonNode node) {
    return node.has("description")
        ? node.get("description").asString()
        : openApi.resolved(node).path("description").asString("");
  }

  /** A schema in a few words: {@code list of Scope}, {@code text or null}. */
  private String type(JsonNode schema) {
    JsonNode reference = schema.get("$ref");
    if (reference != null)
      return reference.asString().substring(reference.asString().lastIndexOf('/') + 1);
    if (schema.has("enum")) return "one of " + words(schema.get("enum"));
    JsonNode type = schema.path("type");
    String words = type.isArray() ? words(type).replace(", ", " or ") : type.asString("any");
    return words.startsWith("array") ? "list of " + type(schema.path("items")) : words;
  }

  private static String words(JsonNode list) {
    List<String> words = new ArrayList<>();
    for (JsonNode word : list) words.add(word.asString("null"));
    return String.join(", ", words);
  }

  private static String tag(JsonNode operation) {
    return operation.at("/tags/0").asString("Other");
  }
}
