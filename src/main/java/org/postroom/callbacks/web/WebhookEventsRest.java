package org.postroom.callbacks.web;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.callbacks.WebhookEvents;
import org.postroom.happenings.Happening;
import org.postroom.happenings.HappeningType;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /api/v1/webhook_events}: everything webhooks tell, as a list to catch up. */
@RestController
@RequestMapping("/api/v1/webhook_events")
class WebhookEventsRest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final WebhookEvents events;

  WebhookEventsRest(WebhookEvents events) {
    this.events = events;
  }

  @GetMapping
  Slice<JsonNode> list(
      Caller caller,
      @RequestParam(required = false) @Nullable List<String> type,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return events
        .list(caller, types(type), Slice.limit(limit), cursor)
        .map(WebhookEventsRest::told);
  }

  @GetMapping("/{id}")
  JsonNode one(Caller caller, @PathVariable String id) {
    return told(events.get(caller, id));
  }

  private static Set<String> types(@Nullable List<String> words) {
    Set<String> types = new TreeSet<>();
    if (words == null) return types;
    for (String word : words) {
      if (HappeningType.of(word).isEmpty())
        throw Problem.invalid("type", "unknown_event", "“" + word + "” is no event.");
      types.add(word);
    }
    return types;
  }

  private static JsonNode told(Happening happening) {
    return JSON.readTree(Objects.requireNonNull(happening.body()));
  }
}
