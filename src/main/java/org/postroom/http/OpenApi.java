package org.postroom.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API's description: {@code openapi/openapi.json} with every {@code openapi/paths/*.json} added
 * at start, one file per resource, and the schemas of {@code schemas/*.json}. Written by hand; a
 * test holds it against the running product.
 */
@Component
class OpenApi {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final ObjectNode document;
  private final byte[] bytes;

  OpenApi() throws IOException {
    var resources = new PathMatchingResourcePatternResolver();
    this.document = read(resources.getResource("classpath:openapi/openapi.json"));
    Resource[] parts = resources.getResources("classpath*:openapi/paths/*.json");
    Arrays.sort(parts, Comparator.comparing(part -> String.valueOf(part.getFilename())));
    for (Resource part : parts) add(part);
    for (Resource schema : resources.getResources("classpath*:schemas/*.json"))
      addSchema(schema, read(schema));
    this.bytes = JSON.writeValueAsBytes(document);
  }

  JsonNode document() {
    return document;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /**
   * What a reference such as {@code #/components/schemas/Problem} names; the node itself otherwise.
   */
  JsonNode resolved(JsonNode node) {
    JsonNode reference = node.get("$ref");
    return reference == null ? node : document.at(reference.asString().substring(1));
  }

  private void add(Resource part) throws IOException {
    ObjectNode addition = read(part);
    merge(document.withObject("/paths"), addition.at("/paths"), part);
    for (String kind : new String[] {"schemas", "parameters", "responses"})
      merge(document.withObject("/components/" + kind), addition.at("/components/" + kind), part);
  }

  /**
   * A schema that stands by itself becomes a component, its definitions too: {@code Document} and
   * {@code DocumentLine} of {@code document.json}, so that one file tells clients everything.
   */
  private void addSchema(Resource file, ObjectNode schema) {
    String name = capital(String.valueOf(file.getFilename()).replace(".json", ""));
    for (JsonNode user : schema.findParents("$ref")) {
      String target = user.get("$ref").asString().replace("#/$defs/", "");
      ((ObjectNode) user).put("$ref", "#/components/schemas/" + name + capital(target));
    }
    ObjectNode components = document.withObject("/components/schemas");
    if (schema.remove("$defs") instanceof ObjectNode definitions)
      for (var definition : definitions.properties())
        components.set(name + capital(definition.getKey()), definition.getValue());
    schema.remove(List.of("$schema", "$id"));
    components.set(name, schema);
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  private static void merge(ObjectNode into, JsonNode from, Resource part) {
    for (var entry : from.properties()) {
      JsonNode before = into.get(entry.getKey());
      if (before != null && !before.equals(entry.getValue()))
        throw new IllegalStateException(
            part.getFilename() + " describes " + entry.getKey() + ", which is described already.");
      into.set(entry.getKey(), entry.getValue());
    }
  }

  private static ObjectNode read(Resource resource) throws IOException {
    try (InputStream content = resource.getInputStream()) {
      return (ObjectNode) JSON.readTree(content);
    }
  }
}
