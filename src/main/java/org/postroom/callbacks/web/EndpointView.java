package org.postroom.callbacks.web;

import org.postroom.callbacks.WebhookEndpoint;
import org.postroom.http.Chip;

/** An endpoint as people see it. */
record EndpointView(WebhookEndpoint endpoint, Chip chip) {

  static EndpointView of(WebhookEndpoint endpoint) {
    return new EndpointView(endpoint, chip(endpoint));
  }

  public String tells() {
    int some = endpoint.events().size();
    if (some == 0) return "Everything";
    return some == 1 ? "1 kind of event" : some + " kinds of events";
  }

  private static Chip chip(WebhookEndpoint endpoint) {
    return switch (endpoint.state()) {
      case WORKING ->
          endpoint.lastSuccess() == null
              ? new Chip("wait", "clock", "Not called yet")
              : new Chip("ok", "tick", "Working");
      case FAILING -> new Chip("warn", "warning", "Failing");
      case OFF -> new Chip("off", "pause", "Off");
      case SWITCHED_OFF -> new Chip("fail", "cross", "Switched off");
    };
  }
}
