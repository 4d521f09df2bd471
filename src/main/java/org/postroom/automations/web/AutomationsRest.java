package org.postroom.automations.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.automations.Automation;
import org.postroom.automations.Automations;
import org.postroom.automations.Automations.Setting;
import org.postroom.automations.EventType;
import org.postroom.http.EntityTag;
import org.postroom.http.JsonFields;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The switches of the automatic mails. */
@RestController
@RequestMapping("/api/v1/automations")
class AutomationsRest {
  private final Automations automations;

  AutomationsRest(Automations automations) {
    this.automations = automations;
  }

  @GetMapping
  Slice<Map<String, @Nullable Object>> list(Caller caller) {
    return new Slice<>(automations.settings(caller.company()), false, null)
        .map(AutomationsRest::write);
  }

  @GetMapping("/{name}")
  ResponseEntity<Map<String, @Nullable Object>> get(Caller caller, @PathVariable String name) {
    return answer(automations.setting(caller.company(), automation(name)));
  }

  @PatchMapping("/{name}")
  ResponseEntity<Map<String, @Nullable Object>> patch(
      Caller caller,
      @PathVariable String name,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody JsonNode body) {
    Automation automation = automation(name);
    JsonFields fields = JsonFields.of(body);
    Boolean enabled = fields.flag("enabled");
    if (!fields.has("enabled")) fields.error("/enabled", "required", "“enabled” is required.");
    fields.check();
    return answer(
        automations.enable(
            caller, automation, Boolean.TRUE.equals(enabled), EntityTag.version(ifMatch)));
  }

  private static Automation automation(String name) {
    return Automation.of(name)
        .orElseThrow(() -> Problem.notFound("The automatic mail “" + name + "”"));
  }

  private static ResponseEntity<Map<String, @Nullable Object>> answer(Setting setting) {
    return ResponseEntity.ok().eTag(EntityTag.of(setting.version())).body(write(setting));
  }

  private static Map<String, @Nullable Object> write(Setting setting) {
    Automation automation = setting.automation();
    EventType trigger = automation.trigger();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", automation.word());
    json.put("title", automation.title());
    json.put("event", trigger == null ? null : trigger.word());
    json.put("purpose", automation.purpose().word());
    json.put("enabled", setting.enabled());
    return json;
  }
}
