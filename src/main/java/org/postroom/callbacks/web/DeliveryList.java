package org.postroom.callbacks.web;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.callbacks.WebhookDeliveries;
import org.postroom.callbacks.WebhookDelivery;
import org.postroom.callbacks.WebhookDelivery.State;
import org.postroom.http.Chip;
import org.postroom.http.Slice;
import org.springframework.ui.Model;

/** What an endpoint was told, as a page shows it. */
record DeliveryList(String state, List<Line> lines, @Nullable String next, boolean later) {
  private static final int ON_A_PAGE = 25;

  /** One of them. */
  record Line(WebhookDelivery delivery, Chip chip) {
    static Line of(WebhookDelivery delivery) {
      return new Line(delivery, DeliveryList.chip(delivery));
    }
  }

  static DeliveryList of(
      WebhookDeliveries deliveries,
      Caller caller,
      String endpoint,
      String state,
      @Nullable String cursor) {
    State only =
        Arrays.stream(State.values())
            .filter(each -> each.word().equals(state))
            .findFirst()
            .orElse(null);
    Slice<WebhookDelivery> slice = deliveries.list(caller, endpoint, only, ON_A_PAGE, cursor);
    return new DeliveryList(
        only == null ? "" : only.word(),
        slice.data().stream().map(Line::of).toList(),
        slice.nextCursor(),
        cursor != null);
  }

  void show(Model model) {
    model.addAttribute("deliveries", this);
    model.addAttribute("states", states());
  }

  static Chip chip(WebhookDelivery delivery) {
    return switch (delivery.state()) {
      case DELIVERED -> new Chip("ok", "tick", "Delivered");
      case FAILED -> new Chip("fail", "cross", "Failed");
      case PENDING ->
          delivery.attempts() == 0
              ? new Chip("wait", "clock", "On its way")
              : new Chip("warn", "retry", "Will be tried again");
    };
  }

  private static Map<String, String> states() {
    Map<String, String> states = new LinkedHashMap<>();
    states.put("", "All");
    states.put(State.PENDING.word(), "Not delivered yet");
    states.put(State.FAILED.word(), "Failed");
    states.put(State.DELIVERED.word(), "Delivered");
    return states;
  }
}
