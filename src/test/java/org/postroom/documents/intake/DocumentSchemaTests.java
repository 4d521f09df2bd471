package org.postroom.documents.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Samples;
import org.postroom.http.Problem;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The published schema and the reader say the same: names, and what is required. */
class DocumentSchemaTests {
  private static final DocumentKind KIND = DocumentKind.STATEMENT; // the kind that has every field
  private static final Document FULL = Samples.full(KIND, "INV-1");
  private JsonNode schema;

  @BeforeEach
  void load() throws IOException {
    schema =
        DocumentJson.parse(new ClassPathResource("schemas/document.json").getContentAsByteArray());
  }

  @Test
  void theSchemaNamesExactlyTheFieldsTheReaderTakesAndTheWriterWrites() {
    ObjectNode full = full();
    assertThat(DocumentJson.read(KIND, "INV-1", full)).isEqualTo(FULL);
    sameNames(schema, full, "");
  }

  @Test
  void whatTheSchemaRequiresTheReaderRequiresAndNothingElse() {
    sameRequired(schema, full(), "");
  }

  @Test
  void theSchemaListsEveryKindAndTheReadersBounds() {
    Set<String> kinds = new HashSet<>();
    for (JsonNode kind : schema.at("/properties/kind/enum"))
      if (!kind.isNull()) kinds.add(kind.stringValue());
    Set<String> words = new HashSet<>();
    for (DocumentKind kind : DocumentKind.values()) words.add(kind.word());
    assertThat(kinds).isEqualTo(words);
    assertThat(schema.at("/properties/lines/maxItems").intValue())
        .isEqualTo(JsonDocumentReader.MOST_LINES);
  }

  private static ObjectNode full() {
    ObjectNode full = DocumentJson.write(FULL);
    full.remove("warnings");
    return full;
  }

  private void sameNames(JsonNode described, JsonNode value, String at) {
    JsonNode rules = resolved(described);
    if (value.isArray()) {
      for (JsonNode item : value) sameNames(rules.get("items"), item, at + "/*");
      return;
    }
    if (!value.isObject() || !rules.has("properties")) return;
    assertThat(rules.get("additionalProperties").booleanValue()).as(at).isFalse();
    assertThat(names(rules.get("properties"))).as("fields at %s", at).isEqualTo(names(value));
    for (String name : value.propertyNames())
      sameNames(rules.get("properties").get(name), value.get(name), at + "/" + name);
  }

  private void sameRequired(JsonNode described, JsonNode value, String at) {
    JsonNode rules = resolved(described);
    if (value.isArray()) {
      sameRequired(rules.get("items"), value.get(0), at + "/0");
      return;
    }
    if (!value.isObject() || !rules.has("properties")) return;
    Set<String> required = new HashSet<>();
    if (rules.has("required"))
      for (JsonNode name : rules.get("required")) required.add(name.stringValue());
    for (String name : names(value)) {
      assertThat(isRequired(at, name))
          .as("required: %s/%s", at, name)
          .isEqualTo(required.contains(name));
      sameRequired(rules.get("properties").get(name), value.get(name), at + "/" + name);
    }
  }

  private boolean isRequired(String at, String name) {
    ObjectNode without = full();
    ((ObjectNode) without.at(at)).remove(name);
    Problem problem =
        catchThrowableOfType(Problem.class, () -> DocumentJson.read(KIND, "INV-1", without));
    if (problem == null) return false;
    assertThat(problem.errors().getFirst().pointer()).isEqualTo(at + "/" + name);
    return problem.errors().getFirst().code().equals("required");
  }

  private JsonNode resolved(JsonNode rules) {
    JsonNode ref = rules.get("$ref");
    return ref == null ? rules : schema.at(ref.stringValue().substring(1));
  }

  private static Set<String> names(JsonNode object) {
    return new HashSet<>(object.propertyNames());
  }
}
