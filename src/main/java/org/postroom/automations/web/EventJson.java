package org.postroom.automations.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.automations.BusinessEvent;
import org.postroom.automations.Told;

/** Events and what became of them, as the API speaks of them. */
final class EventJson {
  private EventJson() {}

  static Map<String, @Nullable Object> write(BusinessEvent event) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", event.id());
    json.put("state", event.state().word());
    json.put("source", event.source());
    json.put("source_id", event.sourceId());
    json.put("type", event.type().word());
    about(json, event.documentKind(), event.documentNumber());
    json.put("occasion", event.occasion());
    json.put("occurred_at", event.occurredAt());
    json.put("received_at", event.receivedAt());
    json.put("handled_at", event.handledAt());
    json.put("outcomes", event.outcomes().stream().map(EventJson::write).toList());
    return json;
  }

  /** {@code document}, or {@code partner} where it is about one. */
  static void about(Map<String, @Nullable Object> json, String kind, String number) {
    boolean partner = kind.equals(Told.PARTNER);
    json.put("document", partner ? null : Map.of("kind", kind, "number", number));
    json.put("partner", partner ? number : null);
  }

  static Map<String, @Nullable Object> write(BusinessEvent.Outcome outcome) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("automation", outcome.automation());
    if (outcome.message() != null) json.put("message", outcome.message());
    if (outcome.skipped() != null) json.put("skipped", outcome.skipped());
    if (outcome.code() != null) json.put("code", outcome.code());
    return json;
  }
}
