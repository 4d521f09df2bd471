package org.postroom.callbacks.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.callbacks.EndpointWish;
import org.postroom.callbacks.WebhookDelivery;
import org.postroom.callbacks.WebhookDelivery.Attempt;
import org.postroom.callbacks.WebhookEndpoint;
import org.postroom.happenings.HappeningType;
import org.postroom.http.JsonFields;
import tools.jackson.databind.JsonNode;

/** Webhooks as the API reads and tells them. */
final class WebhookJson {
  private static final int LONGEST = 4000;

  private WebhookJson() {}

  /** What is left out stays as it was. */
  static EndpointWish read(@Nullable JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    String url = fields.text("url", LONGEST);
    String description = fields.text("description", LONGEST);
    if (description == null && fields.emptied("description")) description = "";
    List<String> events =
        fields.raw("events") == null
            ? null
            : fields.texts("events", 100, 100).stream().map(JsonFields.Text::value).toList();
    Boolean active = fields.flag("active");
    fields.check();
    return new EndpointWish(url, description, events, active);
  }

  static Map<String, @Nullable Object> write(WebhookEndpoint endpoint) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", endpoint.id());
    json.put("url", endpoint.url());
    json.put("description", endpoint.description());
    json.put("events", endpoint.events().stream().sorted().map(HappeningType::word).toList());
    json.put("active", endpoint.active());
    json.put("state", endpoint.state().word());
    json.put("created_at", endpoint.createdAt());
    json.put("secret_before_until", endpoint.beforeUntil());
    json.put("failures", endpoint.failures());
    json.put("failing_since", endpoint.failingSince());
    json.put("last_success_at", endpoint.lastSuccess());
    json.put("last_failure_at", endpoint.lastFailure());
    json.put("last_trouble", endpoint.lastTrouble());
    json.put("off_at", endpoint.offAt());
    json.put("off_reason", endpoint.offReason());
    return json;
  }

  static Map<String, @Nullable Object> write(WebhookEndpoint endpoint, String secret) {
    Map<String, @Nullable Object> json = write(endpoint);
    json.put("secret", secret);
    return json;
  }

  /** As a repeated request gets it. */
  static Map<String, @Nullable Object> withoutSecret(Map<String, @Nullable Object> json) {
    Map<String, @Nullable Object> rest = new LinkedHashMap<>(json);
    rest.put("secret", null);
    return rest;
  }

  static Map<String, @Nullable Object> write(WebhookDelivery delivery) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", delivery.id());
    json.put("endpoint", delivery.endpoint());
    json.put("event", delivery.event());
    json.put("type", delivery.type());
    json.put("subject", delivery.subject());
    json.put("state", delivery.state().word());
    json.put("attempts", delivery.attempts());
    json.put("under_way", delivery.underWay());
    json.put("due_at", delivery.dueAt());
    json.put("created_at", delivery.createdAt());
    json.put("settled_at", delivery.settledAt());
    json.put("note", delivery.note());
    return json;
  }

  /** With everything that was said. */
  static Map<String, @Nullable Object> write(
      WebhookDelivery delivery, List<Attempt> tries, @Nullable String body) {
    Map<String, @Nullable Object> json = write(delivery);
    json.put("tries", tries.stream().map(WebhookJson::write).toList());
    json.put("body", body);
    return json;
  }

  private static Map<String, @Nullable Object> write(Attempt attempt) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("number", attempt.number());
    json.put("at", attempt.at());
    json.put("ms", attempt.ms());
    json.put("url", attempt.url());
    json.put("status", attempt.status());
    json.put("reply", attempt.reply());
    json.put("trouble", attempt.trouble());
    return json;
  }
}
