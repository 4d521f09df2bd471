package org.postroom.documents.intake;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Ledger;
import org.postroom.http.Problem;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A document from and to JSON. Numbers are exact, names that occur twice are refused. */
public final class DocumentJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(40)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private DocumentJson() {}

  /** Reads what a client sent: 400 where it is no JSON, 422 with every field that is wrong. */
  public static Document read(DocumentKind kind, String number, byte[] body) {
    return read(kind, number, parse(body));
  }

  /** Like {@link #read(DocumentKind, String, byte[])} for a document inside another body. */
  public static Document read(DocumentKind kind, String number, JsonNode body) {
    if (!body.isObject())
      throw Problem.invalid("", "wrong_type", "The body must be a JSON object.");
    var errors = new Errors();
    Document document =
        new JsonDocumentReader(false).read(kind, number, new JsonFields(body, "", errors));
    errors.throwIfAny();
    return document;
  }

  /** Any JSON of a client, as strictly. */
  public static JsonNode parse(byte[] body) {
    try {
      JsonNode node = MAPPER.readTree(body);
      if (node.isMissingNode()) throw Problem.unreadable("The body is empty.", java.util.List.of());
      return node;
    } catch (JacksonException notJson) {
      throw Problem.unreadable("The body is not JSON: " + where(notJson), java.util.List.of());
    }
  }

  /** For clients: absent fields are null. */
  public static ObjectNode write(Document document) {
    return new JsonDocumentWriter(false).write(document);
  }

  /** For clients: sums alone. */
  public static @Nullable ObjectNode write(Document.@Nullable Totals totals) {
    return new JsonDocumentWriter(false).totals(totals);
  }

  /** For clients: a statement's ledger alone. */
  public static ObjectNode write(Ledger ledger) {
    return Objects.requireNonNull(LedgerWriter.write(ledger));
  }

  /**
   * A document as the database keeps it.
   *
   * @param head everything but the lines and the ledger
   * @param lines the list of lines; with a ledger, an object with both
   */
  public record Kept(String head, String lines) {}

  /** For the database. */
  public static Kept keep(Document document) {
    ObjectNode all = new JsonDocumentWriter(true).write(document);
    JsonNode lines = all.remove("lines");
    JsonNode ledger = all.remove("ledger");
    JsonNode body = ledger == null ? lines : body(lines, ledger);
    return new Kept(
        MAPPER.writeValueAsString(all), body == null ? "" : MAPPER.writeValueAsString(body));
  }

  /** What {@link #keep} wrote; without lines where {@code lines} is empty. */
  public static Document kept(DocumentKind kind, String number, Kept kept) {
    ObjectNode body = (ObjectNode) parse(kept.head().getBytes(StandardCharsets.UTF_8));
    if (!kept.lines().isEmpty()) {
      JsonNode lines = parse(kept.lines().getBytes(StandardCharsets.UTF_8));
      if (lines.isObject()) body.setAll((ObjectNode) lines);
      else body.set("lines", lines);
    }
    var errors = new Errors();
    Document document =
        new JsonDocumentReader(true).read(kind, number, new JsonFields(body, "", errors));
    errors.throwIfAny();
    return document;
  }

  private static ObjectNode body(@Nullable JsonNode lines, JsonNode ledger) {
    ObjectNode body = MAPPER.createObjectNode();
    if (lines != null) body.set("lines", lines);
    body.set("ledger", ledger);
    return body;
  }

  private static String where(JacksonException failure) {
    var location = failure.getLocation();
    String message = failure.getOriginalMessage();
    String first = message.lines().findFirst().orElse("");
    String shown = first.length() > 200 ? first.substring(0, 200) + "…" : first;
    return location == null
        ? shown
        : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": " + shown;
  }
}
