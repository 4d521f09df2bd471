package org.postroom.callbacks.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.callbacks.EndpointWish;
import org.postroom.callbacks.WebhookEndpoint;
import org.postroom.happenings.HappeningType;

/**
 * What a person types about an endpoint.
 *
 * @param all everything is told, whatever is ticked
 */
record WebhookForm(
    @Nullable String url,
    @Nullable String description,
    @Nullable Boolean all,
    @Nullable List<String> events) {

  static WebhookForm empty() {
    return new WebhookForm("", "", true, List.of());
  }

  static WebhookForm of(WebhookEndpoint endpoint) {
    return new WebhookForm(
        endpoint.url(),
        endpoint.description(),
        endpoint.events().isEmpty(),
        endpoint.events().stream().map(HappeningType::word).toList());
  }

  public boolean has(HappeningType type) {
    return events != null && events.contains(type.word());
  }

  public boolean everything() {
    return Boolean.TRUE.equals(all);
  }

  /** Nothing ticked at all is told apart from everything. */
  boolean nothing() {
    return !everything() && (events == null || events.isEmpty());
  }

  EndpointWish wish() {
    return new EndpointWish(
        url == null ? "" : url,
        description == null ? "" : description,
        everything() || events == null ? List.of() : events,
        null);
  }
}
