package org.postroom.documents.web;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.documents.DocumentFilter;
import org.postroom.documents.Documents;
import org.postroom.documents.StoredDocument;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Lists of documents, and the schema of one. */
@RestController
class DocumentListController {
  private static final String SCHEMA = "schemas/document.json";
  private static final MediaType SCHEMA_JSON = MediaType.parseMediaType("application/schema+json");
  private final Documents documents;

  DocumentListController(Documents documents) {
    this.documents = documents;
  }

  @GetMapping("/api/v1/documents")
  Slice<ObjectNode> list(
      Caller caller,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam MultiValueMap<String, String> asked) {
    return documents
        .list(caller.company(), filter(asked), Slice.limit(limit), cursor)
        .map(StoredDocument::summary);
  }

  @GetMapping("/api/v1/schemas/document.json")
  ResponseEntity<byte[]> schema() throws IOException {
    byte[] schema = new ClassPathResource(SCHEMA).getContentAsByteArray();
    return ResponseEntity.ok().contentType(SCHEMA_JSON).body(schema);
  }

  static DocumentFilter filter(MultiValueMap<String, String> asked) {
    String kind = value(asked, "kind");
    return new DocumentFilter(
        kind == null ? null : DocumentController.kind(kind),
        value(asked, "partner"),
        value(asked, "q"),
        date(asked, "from"),
        date(asked, "to"),
        yesOrNo(asked));
  }

  private static @Nullable String value(MultiValueMap<String, String> asked, String name) {
    String value = asked.getFirst(name);
    if (value == null || value.isBlank()) return null;
    if (value.length() > 200 || value.chars().anyMatch(Character::isISOControl))
      throw Problem.invalid(name, "too_long", "At most 200 characters, no control characters.");
    return value;
  }

  private static @Nullable LocalDate date(MultiValueMap<String, String> asked, String name) {
    String value = value(asked, name);
    try {
      return value == null ? null : LocalDate.parse(value);
    } catch (DateTimeException notADate) {
      throw Problem.invalid(
          name, "not_a_date", "“" + name + "” must be a date such as 2026-11-02.");
    }
  }

  private static @Nullable Boolean yesOrNo(MultiValueMap<String, String> asked) {
    String value = value(asked, "open");
    if (value == null) return null;
    if (value.equals("true") || value.equals("false")) return value.equals("true");
    throw Problem.invalid("open", "wrong_type", "“open” must be true or false.");
  }
}
