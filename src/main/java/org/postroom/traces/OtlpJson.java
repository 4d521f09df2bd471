package org.postroom.traces;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Spans as OTLP/HTTP wants them in JSON (opentelemetry.io/docs/specs/otlp, version 1). */
final class OtlpJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int INTERNAL = 1;
  private static final int OK = 1;
  private static final int ERROR = 2;

  private OtlpJson() {}

  static byte[] of(List<Span> spans, String node) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode resource = root.putArray("resourceSpans").addObject();
    ArrayNode about = resource.putObject("resource").putArray("attributes");
    fact(about, "service.name", "postroom");
    fact(about, "service.instance.id", node);
    ObjectNode scope = resource.putArray("scopeSpans").addObject();
    scope.putObject("scope").put("name", "org.postroom");
    ArrayNode all = scope.putArray("spans");
    spans.forEach(span -> add(all, span));
    return JSON.writeValueAsBytes(root);
  }

  private static void add(ArrayNode all, Span span) {
    ObjectNode json =
        all.addObject()
            .put("traceId", span.ids().trace())
            .put("spanId", span.id())
            .put("name", span.name())
            .put("kind", INTERNAL)
            .put("startTimeUnixNano", nanos(span.start()))
            .put("endTimeUnixNano", nanos(span.end()));
    if (!span.parent().isEmpty()) json.put("parentSpanId", span.parent());
    ArrayNode facts = json.putArray("attributes");
    span.facts().forEach((key, value) -> fact(facts, key, value));
    json.putObject("status").put("code", span.failed() ? ERROR : OK);
  }

  /** 64-bit numbers are text in the JSON of protocol buffers. */
  private static void fact(ArrayNode facts, String key, Object value) {
    ObjectNode worth = facts.addObject().put("key", key).putObject("value");
    switch (value) {
      case Long number -> worth.put("intValue", number.toString());
      case Boolean yes -> worth.put("boolValue", yes);
      default -> worth.put("stringValue", value.toString());
    }
  }

  private static String nanos(Instant at) {
    return Long.toString(Math.addExact(at.getEpochSecond() * 1_000_000_000L, at.getNano()));
  }
}
