package org.postroom.notifications.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.http.Slice;
import org.postroom.notifications.Notification;
import org.postroom.notifications.Notifications;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/notifications}: what the company's people are told. */
@RestController
class NotificationsRest {
  private final Notifications notifications;

  NotificationsRest(Notifications notifications) {
    this.notifications = notifications;
  }

  @GetMapping("/api/v1/notifications")
  Slice<Map<String, @Nullable Object>> list(
      Caller caller,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return notifications
        .list(caller.company(), Slice.limit(limit), cursor)
        .map(NotificationsRest::write);
  }

  private static Map<String, @Nullable Object> write(Notification told) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", told.id());
    json.put("kind", told.kind().word());
    json.put("title", told.title());
    json.put("text", told.text());
    json.put(
        "document",
        told.documentKind() == null || told.documentNumber() == null
            ? null
            : Map.of("kind", told.documentKind(), "number", told.documentNumber()));
    json.put("link", told.link());
    json.put("at", told.at());
    return json;
  }
}
