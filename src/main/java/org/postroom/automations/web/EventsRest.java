package org.postroom.automations.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.automations.Automations;
import org.postroom.automations.BusinessEvent;
import org.postroom.documents.Documents;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Business events in, by CloudEvents 1.0. */
@RestController
@RequestMapping("/api/v1/events")
class EventsRest {
  private final Automations automations;
  private final CloudEvents cloudEvents;

  EventsRest(Automations automations, Documents documents) {
    this.automations = automations;
    this.cloudEvents = new CloudEvents(documents);
  }

  /** 202 when the event is on disk; a batch is kept whole or not at all. */
  @PostMapping
  ResponseEntity<Object> tell(
      Caller caller, @RequestHeader HttpHeaders headers, @RequestBody byte[] body) {
    caller.require(Right.WRITE_EVENTS);
    List<BusinessEvent> kept = automations.tell(caller, cloudEvents.read(headers, body));
    List<Map<String, @Nullable Object>> answers = kept.stream().map(EventsRest::write).toList();
    if (CloudEvents.isBatch(headers, body)) return ResponseEntity.accepted().body(answers);
    return ResponseEntity.accepted()
        .header("Location", "/api/v1/events/" + kept.getFirst().id())
        .body(answers.getFirst());
  }

  @GetMapping("/{id}")
  Map<String, @Nullable Object> get(Caller caller, @PathVariable String id) {
    return automations
        .event(caller.company(), id)
        .map(EventsRest::write)
        .orElseThrow(() -> Problem.notFound("The event " + id));
  }

  @GetMapping
  Slice<Map<String, @Nullable Object>> list(
      Caller caller,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return automations.events(caller.company(), Slice.limit(limit), cursor).map(EventsRest::write);
  }

  private static Map<String, @Nullable Object> write(BusinessEvent event) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", event.id());
    json.put("state", event.state().word());
    json.put("source", event.source());
    json.put("source_id", event.sourceId());
    json.put("type", event.type().word());
    json.put("document", Map.of("kind", event.documentKind(), "number", event.documentNumber()));
    json.put("received_at", event.receivedAt());
    json.put("handled_at", event.handledAt());
    json.put("outcomes", event.outcomes().stream().map(EventsRest::write).toList());
    return json;
  }

  private static Map<String, @Nullable Object> write(BusinessEvent.Outcome outcome) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("automation", outcome.automation());
    if (outcome.message() != null) json.put("message", outcome.message());
    if (outcome.skipped() != null) {
      json.put("skipped", outcome.skipped());
      json.put("code", outcome.code());
    }
    return json;
  }
}
