package org.postroom.automations.web;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.automations.EventType;
import org.postroom.automations.Told;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.documents.Source;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.springframework.http.HttpHeaders;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * CloudEvents 1.0 over HTTP in its three modes (HTTP binding 3.1 to 3.3): binary (attributes in
 * {@code ce-} headers), structured and batch. Every event of a request is read before any is kept.
 */
final class CloudEvents {
  private static final int MOST = 500;
  private static final int LONGEST = 500;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Documents documents;

  CloudEvents(Documents documents) {
    this.documents = documents;
  }

  List<Told> read(HttpHeaders headers, byte[] body) {
    JsonNode json = parse(body);
    String type =
        String.valueOf(headers.getFirst(HttpHeaders.CONTENT_TYPE))
            .toLowerCase(java.util.Locale.ROOT);
    if (headers.getFirst("ce-specversion") != null)
      return List.of(event(binary(headers, json), ""));
    if (!type.startsWith("application/cloudevents-batch+json") && !json.isArray())
      return List.of(event(json, ""));
    if (!json.isArray())
      throw Problem.unreadable("A batch of events must be a JSON list.", List.of());
    if (json.size() > MOST)
      throw Problem.invalid("", "too_many", "At most " + MOST + " events go into one batch.");
    List<Told> told = new ArrayList<>();
    for (int i = 0; i < json.size(); i++) told.add(event(json.get(i), "/" + i));
    return told;
  }

  static boolean isBatch(HttpHeaders headers, byte[] body) {
    String type =
        String.valueOf(headers.getFirst(HttpHeaders.CONTENT_TYPE))
            .toLowerCase(java.util.Locale.ROOT);
    return type.startsWith("application/cloudevents-batch+json")
        || new String(body, 0, Math.min(body.length, 64), StandardCharsets.UTF_8)
            .stripLeading()
            .startsWith("[");
  }

  private static JsonNode parse(byte[] body) {
    try {
      JsonNode json = JSON.readTree(body);
      if (json.isObject() || json.isArray()) return json;
    } catch (JacksonException unreadable) {
      throw Problem.unreadable(
          "The body is not valid JSON: " + unreadable.getOriginalMessage(), List.of());
    }
    throw Problem.unreadable("The body must be a JSON object or list.", List.of());
  }

  private static ObjectNode binary(HttpHeaders headers, JsonNode data) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    headers.forEach((name, values) -> {
      String lower = name.toLowerCase(java.util.Locale.ROOT);
      if (lower.startsWith("ce-") && !values.isEmpty())
        event.put(lower.substring(3), values.getFirst());
    });
    event.set("data", data);
    return event;
  }

  private Told event(JsonNode event, String at) {
    List<FieldError> errors = new ArrayList<>();
    if (!event.isObject()) throw Problem.invalid(at, "wrong_type", "An event must be an object.");
    String version = text(event, "specversion", at, errors);
    if (version != null && !version.equals("1.0"))
      errors.add(
          new FieldError(
              at + "/specversion", "unknown_value", "Only CloudEvents 1.0 is understood."));
    String id = text(event, "id", at, errors);
    String source = text(event, "source", at, errors);
    String word = text(event, "type", at, errors);
    if (word != null && EventType.of(word).filter(known -> !known.own()).isEmpty()) {
      errors.add(
          new FieldError(
              at + "/type",
              "unknown_event",
              "“"
                  + word
                  + "” is no event. There are: "
                  + String.join(", ", EventType.words())
                  + "."));
    }
    Instant time = time(event, at, errors);
    JsonNode data = event.get("data");
    EventType type = word == null ? null : EventType.of(word).filter(t -> !t.own()).orElse(null);
    EventMatter matter = null;
    if (data == null || !data.isObject()) {
      errors.add(
          new FieldError(
              at + "/data",
              "required",
              "“data” must name the document: {\"kind\": …, \"number\": …}."));
    } else {
      matter = EventMatter.read((ObjectNode) data, type, at + "/data", errors);
    }
    if (!errors.isEmpty() || id == null || source == null || type == null || matter == null)
      throw Problem.invalid(errors);
    return new Told(
        source,
        id,
        type,
        time,
        matter.kind(),
        matter.number(),
        matter.occasion(),
        matter.facts(),
        carried(matter, at));
  }

  /** The document itself, where the event carries more than its name. */
  private Told.@Nullable Carried carried(EventMatter matter, String at) {
    ObjectNode document = matter.rest();
    if (document.isEmpty()) return null;
    if (matter.kind().equals(Told.PARTNER)) throw unknown(document, at);
    DocumentKind kind = DocumentKind.of(matter.kind()).orElseThrow();
    try {
      byte[] body = JSON.writeValueAsBytes(document);
      return new Told.Carried(documents.readJson(kind, matter.number(), body), Source.json(body));
    } catch (Problem problem) {
      throw Problem.invalid(
          problem.errors().stream()
              .map(error ->
                  new FieldError(at + "/data" + error.pointer(), error.code(), error.message()))
              .toList());
    }
  }

  private static Problem unknown(ObjectNode rest, String at) {
    return Problem.invalid(
        rest.propertyNames().stream()
            .map(name ->
                new FieldError(
                    at + "/data/" + name,
                    "unknown_field",
                    "An invitation has “partner” and “link”."))
            .toList());
  }

  static @Nullable String text(JsonNode node, String name, String at, List<FieldError> errors) {
    JsonNode value = node.get(name);
    if (value == null || value.isNull() || (value.isString() && value.stringValue().isBlank())) {
      errors.add(new FieldError(at + "/" + name, "required", "“" + name + "” is required."));
      return null;
    }
    if (!value.isString()) {
      errors.add(new FieldError(at + "/" + name, "wrong_type", "“" + name + "” must be text."));
      return null;
    }
    String text = value.stringValue();
    if (text.length() <= LONGEST && text.chars().noneMatch(c -> c < 32 || c == 127)) return text;
    errors.add(
        new FieldError(
            at + "/" + name, "invalid", "“" + name + "” is too long or has control characters."));
    return null;
  }

  private static @Nullable Instant time(JsonNode event, String at, List<FieldError> errors) {
    JsonNode value = event.get("time");
    if (value == null || value.isNull()) return null;
    try {
      if (value.isString()) {
        OffsetDateTime time = OffsetDateTime.parse(value.stringValue());
        // RFC 3339 knows years of four digits.
        if (time.getYear() >= 0 && time.getYear() <= 9999) return time.toInstant();
      }
    } catch (DateTimeParseException notATime) {
      // Told below.
    }
    errors.add(
        new FieldError(
            at + "/time", "not_a_time", "“time” must be a time such as 2026-11-02T09:00:00Z."));
    return null;
  }
}
