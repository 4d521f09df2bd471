package org.postroom.callbacks.web;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.callbacks.EndpointWish;
import org.postroom.callbacks.WebhookEndpoint;
import org.postroom.callbacks.WebhookEndpoints;
import org.postroom.callbacks.WebhookEndpoints.Made;
import org.postroom.http.Idempotency;
import org.postroom.http.JsonFields;
import org.postroom.http.Slice;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/webhook_endpoints}: where the company wants to be called. */
@RestController
@RequestMapping("/api/v1/webhook_endpoints")
class WebhookEndpointsRest {
  private final WebhookEndpoints endpoints;
  private final Idempotency idempotency;

  WebhookEndpointsRest(WebhookEndpoints endpoints, Idempotency idempotency) {
    this.endpoints = endpoints;
    this.idempotency = idempotency;
  }

  /** All on one page: there are few. */
  @GetMapping
  Slice<Map<String, @Nullable Object>> list(Caller caller) {
    List<Map<String, @Nullable Object>> all =
        endpoints.list(caller).stream().map(WebhookJson::write).toList();
    return new Slice<>(all, false, null);
  }

  /** The secret is in this reply alone. */
  @PostMapping
  ResponseEntity<Map<String, @Nullable Object>> create(
      Caller caller, @RequestBody(required = false) @Nullable JsonNode body) {
    caller.require(Right.MANAGE_WEBHOOKS);
    WebhookEndpoint planned = endpoints.plan(caller, WebhookJson.read(body));
    return idempotency.once(
        () -> created(endpoints.make(caller, planned)), WebhookJson::withoutSecret);
  }

  private static ResponseEntity<Map<String, @Nullable Object>> created(Made made) {
    return ResponseEntity.created(URI.create("/api/v1/webhook_endpoints/" + made.endpoint().id()))
        .header("Cache-Control", "no-store")
        .body(WebhookJson.write(made.endpoint(), made.secret()));
  }

  @GetMapping("/{id}")
  Map<String, @Nullable Object> one(Caller caller, @PathVariable String id) {
    return WebhookJson.write(endpoints.get(caller, id));
  }

  @PatchMapping("/{id}")
  Map<String, @Nullable Object> change(
      Caller caller,
      @PathVariable String id,
      @RequestBody(required = false) @Nullable JsonNode body) {
    endpoints.get(caller, id);
    EndpointWish wish = WebhookJson.read(body);
    return WebhookJson.write(endpoints.change(caller, id, wish));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(Caller caller, @PathVariable String id) {
    endpoints.delete(caller, id);
  }

  /** The new secret is in this reply alone. */
  @PostMapping("/{id}/rotate_secret")
  ResponseEntity<Map<String, @Nullable Object>> rotate(
      Caller caller,
      @PathVariable String id,
      @RequestBody(required = false) @Nullable JsonNode body) {
    endpoints.get(caller, id);
    int hours = overlap(body);
    return idempotency.once(
        () -> rotated(endpoints.rotate(caller, id, hours)), WebhookJson::withoutSecret);
  }

  private static ResponseEntity<Map<String, @Nullable Object>> rotated(Made made) {
    return ResponseEntity.ok()
        .header("Cache-Control", "no-store")
        .body(WebhookJson.write(made.endpoint(), made.secret()));
  }

  private static int overlap(@Nullable JsonNode body) {
    if (body == null) return WebhookEndpoints.USUAL_OVERLAP_HOURS;
    JsonFields fields = JsonFields.of(body);
    long hours =
        fields.whole(
            "overlap_hours",
            0,
            WebhookEndpoints.LONGEST_OVERLAP_HOURS,
            WebhookEndpoints.USUAL_OVERLAP_HOURS);
    fields.check();
    return (int) hours;
  }
}
