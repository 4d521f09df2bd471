package org.postroom.callbacks.web;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.callbacks.WebhookDeliveries;
import org.postroom.callbacks.WebhookDelivery;
import org.postroom.callbacks.WebhookDelivery.State;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What an endpoint was told, and telling it again. */
@RestController
@RequestMapping("/api/v1/webhook_endpoints/{id}")
class WebhookDeliveriesRest {
  private static final Map<String, State> STATES =
      Arrays.stream(State.values()).collect(Collectors.toMap(State::word, state -> state));
  private final WebhookDeliveries deliveries;

  WebhookDeliveriesRest(WebhookDeliveries deliveries) {
    this.deliveries = deliveries;
  }

  @GetMapping("/deliveries")
  Slice<Map<String, @Nullable Object>> list(
      Caller caller,
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return deliveries
        .list(caller, id, state(state), Slice.limit(limit), cursor)
        .map(WebhookJson::write);
  }

  /** With each try, and the body byte for byte. */
  @GetMapping("/deliveries/{delivery}")
  Map<String, @Nullable Object> one(
      Caller caller, @PathVariable String id, @PathVariable String delivery) {
    WebhookDelivery found = deliveries.get(caller, id, delivery);
    return WebhookJson.write(
        found, deliveries.attempts(found), deliveries.body(found).orElse(null));
  }

  @PostMapping("/deliveries/{delivery}/redeliver")
  ResponseEntity<Map<String, @Nullable Object>> again(
      Caller caller, @PathVariable String id, @PathVariable String delivery) {
    return ResponseEntity.accepted()
        .body(WebhookJson.write(deliveries.again(caller, id, delivery)));
  }

  @PostMapping("/redeliver_failed")
  ResponseEntity<Map<String, Object>> againFailed(Caller caller, @PathVariable String id) {
    return ResponseEntity.accepted().body(Map.of("deliveries", deliveries.againFailed(caller, id)));
  }

  @PostMapping("/test")
  ResponseEntity<Map<String, @Nullable Object>> test(Caller caller, @PathVariable String id) {
    return ResponseEntity.accepted().body(WebhookJson.write(deliveries.test(caller, id)));
  }

  private static @Nullable State state(@Nullable String word) {
    if (word == null || word.isBlank()) return null;
    State state = STATES.get(word);
    if (state != null) return state;
    throw Problem.invalid("state", "unknown_value", "A state is pending, delivered or failed.");
  }
}
