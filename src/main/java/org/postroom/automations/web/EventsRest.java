package org.postroom.automations.web;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.automations.Automations;
import org.postroom.automations.BusinessEvent;
import org.postroom.automations.BusinessEvent.State;
import org.postroom.automations.EventFilter;
import org.postroom.automations.EventType;
import org.postroom.documents.Documents;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.outbox.Message.DocumentRef;
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
    List<Map<String, @Nullable Object>> answers = kept.stream().map(EventJson::write).toList();
    if (CloudEvents.isBatch(headers, body)) return ResponseEntity.accepted().body(answers);
    return ResponseEntity.accepted()
        .header("Location", "/api/v1/events/" + kept.getFirst().id())
        .body(answers.getFirst());
  }

  @GetMapping("/{id}")
  Map<String, @Nullable Object> get(Caller caller, @PathVariable String id) {
    return automations
        .event(caller.company(), id)
        .map(EventJson::write)
        .orElseThrow(() -> Problem.notFound("The event " + id));
  }

  /** Newest first; {@code after} an event the oldest first, for whoever catches up. */
  @GetMapping
  Slice<Map<String, @Nullable Object>> list(
      Caller caller,
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String document,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    var filter =
        new EventFilter(
            type == null ? null : type(type),
            state == null ? null : state(state),
            document == null ? null : document(document),
            after(after));
    return automations
        .events(caller.company(), filter, Slice.limit(limit), cursor)
        .map(EventJson::write);
  }

  private static EventType type(String word) {
    return EventType.of(word)
        .orElseThrow(() -> Problem.invalid("type", "unknown_event", "“" + word + "” is no event."));
  }

  private static State state(String word) {
    return Arrays.stream(State.values())
        .filter(state -> state.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            Problem.invalid("state", "unknown_value", "A state is accepted, handled or skipped."));
  }

  /** Kind and number with a slash between, as in the address of the document. */
  private static DocumentRef document(String text) {
    int slash = text.indexOf('/');
    if (slash > 0 && slash < text.length() - 1)
      return new DocumentRef(text.substring(0, slash), text.substring(slash + 1));
    throw Problem.invalid("document", "invalid", "Name it as in invoice/INV-2026-0412.");
  }

  private static @Nullable String after(@Nullable String id) {
    if (id == null || id.isEmpty()) return null;
    if (id.matches("evt_[0-9a-z]{26}")) return id;
    throw Problem.invalid("after", "invalid", "This is no id of an event.");
  }
}
