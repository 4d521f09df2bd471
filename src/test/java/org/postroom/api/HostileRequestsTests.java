package org.postroom.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.API_KEY;
import static org.postroom.testkit.RunningPostroom.json;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.testkit.ApiDescription;
import org.postroom.testkit.ApiDescription.Example;
import org.postroom.testkit.ApiDescription.Operation;
import org.postroom.testkit.ApiWorld;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whatever is sent to whichever operation: no 500, and every refusal is a problem with a sentence.
 * The requests follow from a seed, so that a failure can be looked at again with {@code
 * -Dpostroom.seed=…}.
 */
@ParameterizedClass
@EnumSource
class HostileRequestsTests {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int REQUESTS = Integer.getInteger("hostile.requests", 400);
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\u0000",
          "a\r\nBcc: thief@evil.example",
          "'; DROP TABLE messages; --",
          "../../../etc/passwd",
          "..",
          "a/b//c",
          "100%",
          "%2F%00",
          "a;b=c",
          "\\",
          "<script>alert(1)</script>",
          "{{#each this}}{{/each}}",
          "\uD83D\uDCEE\u202E\u2028",
          "\uD800",
          "Ünïcödé",
          "null",
          "-1",
          "99999999999999999999999999",
          "1e400",
          "0x10",
          "NaN",
          "2026-02-30",
          "a@b@c",
          "\"x\" <a@b.example>, c@d.example",
          "x".repeat(300),
          "y".repeat(20_000));

  @Parameter TestDatabase database;
  private RunningPostroom postroom;
  private ApiDescription api;
  private ApiWorld world;

  @Test
  void nothingThatIsSentBreaksAnything() {
    long seed = Long.getLong("postroom.seed", 20261121L);
    Map<String, Object> settings = new HashMap<>(RunningPostroom.settings(database));
    settings.put("POSTROOM_PUBLIC_URL", "http://127.0.0.1");
    try (var running = RunningPostroom.start(settings)) {
      postroom = running;
      api = new ApiDescription(json(postroom.get("/api/v1/openapi.json")));
      world = new ApiWorld(postroom, api);
      var random = new Random(seed);
      List<String> wrong = new ArrayList<>();
      for (int request = 0; request < REQUESTS && wrong.size() < 10; request++) {
        Operation operation = one(api.operations(), random);
        String trouble = trouble(operation, random);
        if (trouble != null) wrong.add("request " + request + ": " + trouble);
      }
      assertThat(wrong).as("seed " + seed).isEmpty();
      assertThat(postroom.get("/readyz").statusCode()).isEqualTo(200);
    }
  }

  /** What is wrong with the answer to one request; null where nothing is. */
  private String trouble(Operation operation, Random random) {
    String path = address(operation, random);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(postroom.url() + path))
            .timeout(Duration.ofSeconds(15))
            .header("Authorization", "Bearer " + API_KEY);
    byte[] body = body(operation, random, request);
    request.method(operation.method(), BodyPublishers.ofByteArray(body));
    HttpResponse<String> reply = answer(request);
    int status = reply.statusCode();
    String what =
        operation.method()
            + " "
            + path
            + " "
            + start(new String(body, StandardCharsets.UTF_8))
            + " → "
            + status
            + " "
            + start(reply.body());
    if (status >= 500) return what;
    if (status < 400) return null;
    String type = reply.headers().firstValue("Content-Type").orElse("");
    if (!type.equals("application/problem+json")) return what + " comes as " + type;
    List<String> violations = api.violations(api.component("Problem"), json(reply));
    if (!violations.isEmpty()) return what + " " + violations;
    return json(reply).get("detail").asString().isBlank() ? what + " has no sentence" : null;
  }

  /**
   * The server may close a connection that rests while this request is on its way (RFC 9112,
   * section 9.3.1): then the request is made again, on a new one.
   */
  private HttpResponse<String> answer(HttpRequest.Builder request) {
    try {
      return postroom.send(request);
    } catch (UncheckedIOException closed) {
      return postroom.send(request);
    }
  }

  private String address(Operation operation, Random random) {
    String path =
        random.nextInt(3) > 0 || operation.id().equals("revokeApiKey")
            ? known(operation)
            : "/api/v1" + operation.path();
    while (path.contains("{"))
      path =
          path.substring(0, path.indexOf('{'))
              + encoded(one(TEXTS, random))
              + path.substring(path.indexOf('}') + 1);
    var query = new StringBuilder();
    for (JsonNode each : operation.node().path("parameters")) {
      JsonNode parameter = api.resolved(each);
      if (parameter.get("in").asString().equals("query") && random.nextBoolean())
        query
            .append(query.isEmpty() ? '?' : '&')
            .append(parameter.get("name").asString())
            .append('=')
            .append(encoded(one(TEXTS, random)));
    }
    if (random.nextInt(20) == 0)
      query.append(query.isEmpty() ? '?' : '&').append(encoded(one(TEXTS, random))).append("=1");
    return path + query;
  }

  private String known(Operation operation) {
    return operation.path().contains("{id}")
        ? "/api/v1"
            + operation
                .path()
                .replace("{id}", String.valueOf(world.id(operation.path().split("/")[1])))
        : world.path(operation);
  }

  private byte[] body(Operation operation, Random random, HttpRequest.Builder request) {
    if (random.nextInt(6) == 0)
      request.header(
          "Idempotency-Key", "k" + random.nextInt(5) + (random.nextBoolean() ? "" : "é"));
    Example example = api.example(operation);
    if (example == null) return new byte[0];
    String type =
        random.nextInt(8) == 0
            ? one(
                List.of(
                    "text/plain", "application/xml", "multipart/form-data", "a/b;charset=x", "*/*"),
                random)
            : example.type();
    request.header("Content-Type", type);
    String text =
        example.value().isString() ? garbled(example.text(), random) : mutated(example, random);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int cut = random.nextInt(12) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
    return java.util.Arrays.copyOf(bytes, cut);
  }

  private static String garbled(String text, Random random) {
    int at = random.nextInt(text.length());
    return text.substring(0, at) + one(TEXTS, random) + text.substring(at);
  }

  /** The example with one to three of its values replaced, removed, doubled or made into others. */
  private static String mutated(Example example, Random random) {
    JsonNode tree = example.value().deepCopy();
    for (int i = random.nextInt(3); i >= 0; i--) change(tree, random);
    String text = JSON.writeValueAsString(tree);
    return random.nextInt(15) == 0 ? garbled(text, random) : text;
  }

  private static void change(JsonNode node, Random random) {
    if (node instanceof ObjectNode object && !object.isEmpty()) {
      List<String> names = List.copyOf(object.propertyNames());
      String name = one(names, random);
      JsonNode inner = object.get(name);
      if (inner.isContainer() && random.nextBoolean()) change(inner, random);
      else if (random.nextInt(6) == 0) object.remove(name);
      else object.set(random.nextInt(8) == 0 ? one(TEXTS, random) : name, value(random));
    } else if (node instanceof ArrayNode array) {
      if (!array.isEmpty() && random.nextBoolean()) change(array.get(0), random);
      else array.add(value(random));
    }
  }

  private static JsonNode value(Random random) {
    JsonNodeFactory make = JsonNodeFactory.instance;
    return switch (random.nextInt(9)) {
      case 0 -> make.nullNode();
      case 1 -> make.numberNode(random.nextInt());
      case 2 -> make.numberNode(new java.math.BigDecimal("1e300"));
      case 3 -> make.booleanNode(random.nextBoolean());
      case 4 -> make.objectNode();
      case 5 -> deep(random.nextInt(80));
      default -> make.stringNode(one(TEXTS, random));
    };
  }

  private static JsonNode deep(int levels) {
    ArrayNode outer = JsonNodeFactory.instance.arrayNode();
    ArrayNode at = outer;
    for (int i = 0; i < levels; i++) at = at.addArray();
    return outer;
  }

  private static <T> T one(List<T> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String start(String text) {
    return text.substring(0, Math.min(text.length(), 300));
  }
}
