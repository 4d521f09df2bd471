package org.postroom.automations.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.automations.Automation;
import org.postroom.automations.Automations;
import org.postroom.automations.Automations.HistoryFilter;
import org.postroom.automations.Automations.Setting;
import org.postroom.automations.EventType;
import org.postroom.automations.OptionsJson;
import org.postroom.http.EntityTag;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.rules.Condition;
import org.postroom.rules.Rules;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The automatic mails: what is settled for each, and what each did. */
@RestController
@RequestMapping("/api/v1/automations")
class AutomationsRest {
  private static final Map<String, Boolean> RESULTS = Map.of("sent", true, "skipped", false);

  private final Automations automations;
  private final Rules rules;

  AutomationsRest(Automations automations, Rules rules) {
    this.automations = automations;
    this.rules = rules;
  }

  @GetMapping
  Slice<Map<String, @Nullable Object>> list(Caller caller) {
    return new Slice<>(automations.settings(caller.company()), false, null)
        .map(setting -> write(caller, setting));
  }

  @GetMapping("/{name}")
  ResponseEntity<Map<String, @Nullable Object>> get(Caller caller, @PathVariable String name) {
    return answer(caller, automations.setting(caller.company(), automation(name)));
  }

  /** Changes the fields that are there. */
  @PatchMapping("/{name}")
  ResponseEntity<Map<String, @Nullable Object>> patch(
      Caller caller,
      @PathVariable String name,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody JsonNode body) {
    Setting changed =
        automations.change(
            caller,
            automation(name),
            EntityTag.version(ifMatch),
            options -> OptionsJson.merge(options, body));
    return answer(caller, changed);
  }

  /** What it did and what it let pass, the newest first. */
  @GetMapping("/{name}/history")
  Slice<Map<String, @Nullable Object>> history(
      Caller caller,
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String result,
      @RequestParam(required = false) @Nullable String code,
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor) {
    if (result != null && !RESULTS.containsKey(result))
      throw Problem.invalid("result", "unknown_value", "“result” is sent or skipped.");
    if (code != null && !code.matches("[a-z_]{1,60}"))
      throw Problem.invalid("code", "invalid", "This is no code of a reason.");
    var filter = new HistoryFilter(result == null ? null : RESULTS.get(result), code, null);
    return automations
        .history(caller.company(), automation(name), filter, Slice.limit(limit), cursor)
        .map(past -> {
          Map<String, @Nullable Object> json = new LinkedHashMap<>();
          json.put("event", past.event());
          json.put("type", past.type().word());
          json.put("at", past.latest().at());
          EventJson.about(json, past.latest().documentKind(), past.latest().documentNumber());
          json.putAll(EventJson.write(past.latest().outcome()));
          return json;
        });
  }

  static Automation automation(String name) {
    return Automation.of(name)
        .orElseThrow(() -> Problem.notFound("The automatic mail “" + name + "”"));
  }

  private ResponseEntity<Map<String, @Nullable Object>> answer(Caller caller, Setting setting) {
    return ResponseEntity.ok().eTag(EntityTag.of(setting.version())).body(write(caller, setting));
  }

  private Map<String, @Nullable Object> write(Caller caller, Setting setting) {
    Automation automation = setting.automation();
    EventType trigger = automation.trigger();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", automation.word());
    json.put("title", automation.title());
    json.put("event", trigger == null ? null : trigger.word());
    json.put("purpose", automation.purpose(setting.options()).word());
    json.putAll(OptionsJson.write(setting.options()));
    Condition condition = setting.options().condition();
    json.put(
        "sentence",
        condition.equals(Condition.ALWAYS) ? null : rules.sentence(caller.company(), condition));
    json.put("version", setting.version());
    json.put("changed_at", setting.changedAt());
    json.put("changed_by", setting.changedBy());
    return json;
  }
}
