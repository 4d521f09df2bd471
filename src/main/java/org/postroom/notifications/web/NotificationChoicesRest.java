package org.postroom.notifications.web;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.JsonFields;
import org.postroom.notifications.Notification.Kind;
import org.postroom.notifications.NotificationChoices;
import org.postroom.notifications.NotificationChoices.Choice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** {@code /api/v1/notification_choices}: which kinds the company wants to be told. */
@RestController
@RequestMapping("/api/v1/notification_choices")
class NotificationChoicesRest {
  private final NotificationChoices choices;

  NotificationChoicesRest(NotificationChoices choices) {
    this.choices = choices;
  }

  @GetMapping
  Map<String, Boolean> get(Caller caller) {
    return write(choices.of(caller.company()));
  }

  @PutMapping
  Map<String, Boolean> put(Caller caller, @RequestBody(required = false) @Nullable JsonNode body) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    JsonFields fields = JsonFields.of(body);
    Map<Kind, Boolean> wanted = new EnumMap<>(Kind.class);
    for (Kind kind : NotificationChoices.kinds()) {
      Boolean told = fields.flag(kind.word());
      if (told != null) wanted.put(kind, told);
    }
    fields.check();
    return write(choices.save(caller, wanted));
  }

  private static Map<String, Boolean> write(List<Choice> all) {
    Map<String, Boolean> json = new LinkedHashMap<>();
    for (Choice choice : all) json.put(choice.kind().word(), choice.told());
    return json;
  }
}
