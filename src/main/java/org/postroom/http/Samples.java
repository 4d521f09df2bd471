package org.postroom.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Writes an operation's request from its description: examples for what stands in braces. */
final class Samples {
  private static final Pattern VARIABLE = Pattern.compile("\\{([^}]*)}");

  /** For parameters whose description has no example of its own. */
  private static final Map<String, String> EXAMPLES =
      Map.of(
          "kind", "invoice",
          "number", "INV-2026-0412",
          "ref", "contoso",
          "purpose", "invoice",
          "name", "invoice_issued",
          "file", "notes.txt",
          "address", "ap@contoso.example",
          "version", "1",
          "id", "ID");

  private final OpenApi openApi;

  Samples(OpenApi openApi) {
    this.openApi = openApi;
  }

  SampleRequest request(
      String path, JsonNode shared, String method, JsonNode operation, @Nullable String body) {
    String address = path;
    var query = new StringBuilder();
    for (JsonNode list : new JsonNode[] {shared.path("parameters"), operation.path("parameters")})
      for (JsonNode each : list) {
        JsonNode parameter = openApi.resolved(each);
        String name = parameter.path("name").asString("");
        if (parameter.path("in").asString("").equals("path"))
          address = address.replace("{" + name + "}", encoded(example(parameter)));
        else if (parameter.path("in").asString("").equals("query")
            && parameter.path("required").asBoolean(false))
          query
              .append(query.isEmpty() ? '?' : '&')
              .append(name)
              .append('=')
              .append(encoded(example(parameter)));
      }
    address = VARIABLE.matcher(address).replaceAll("ID");
    return new SampleRequest(
        method.toUpperCase(Locale.ROOT),
        "/api/v1" + address + query,
        body == null ? null : type(operation),
        body == null ? "" : body.strip());
  }

  private String type(JsonNode operation) {
    return openApi
        .resolved(operation.path("requestBody"))
        .path("content")
        .propertyNames()
        .iterator()
        .next();
  }

  private static String example(JsonNode parameter) {
    JsonNode own = parameter.path("example");
    return own.isMissingNode()
        ? EXAMPLES.getOrDefault(parameter.path("name").asString(""), "ID")
        : own.asString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
