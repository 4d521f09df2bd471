package org.postroom.automations.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.automations.Automation;
import org.postroom.automations.BusinessEvent.Outcome;
import org.postroom.automations.Options;
import org.postroom.automations.OptionsJson;
import org.postroom.automations.WouldHaveSent;
import org.postroom.automations.WouldHaveSent.Line;
import org.postroom.automations.WouldHaveSent.Mail;
import org.postroom.automations.WouldHaveSent.Trial;
import org.postroom.http.JsonFields;
import org.postroom.http.Problem;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What an automatic mail would have sent. Nothing is kept. */
@RestController
@RequestMapping("/api/v1/automations/{name}/preview")
class AutomationPreviewRest {
  private final WouldHaveSent wouldHaveSent;

  AutomationPreviewRest(WouldHaveSent wouldHaveSent) {
    this.wouldHaveSent = wouldHaveSent;
  }

  /** Body, all optional: days, limit, and options to look at before they are kept. */
  @PostMapping
  Map<String, @Nullable Object> preview(
      Caller caller,
      @PathVariable String name,
      @RequestBody(required = false) @Nullable JsonNode body) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    Automation automation = AutomationsRest.automation(name);
    int days = 30;
    int most = 50;
    JsonNode options = null;
    if (body != null) {
      JsonFields fields = JsonFields.of(body);
      days = (int) fields.whole("days", 1, 90, days);
      most = (int) fields.whole("limit", 1, 100, most);
      options = fields.raw("options");
      fields.check();
    }
    return write(wouldHaveSent.trial(caller, automation, change(options), days, most));
  }

  /** What is wrong with options is told where they stand in this body. */
  private static UnaryOperator<Options> change(@Nullable JsonNode options) {
    if (options == null) return UnaryOperator.identity();
    return kept -> {
      try {
        return OptionsJson.merge(kept, options);
      } catch (Problem wrong) {
        if (wrong.errors().isEmpty()) throw wrong;
        throw Problem.invalid(
            wrong.errors().stream()
                .map(each ->
                    new Problem.FieldError(
                        "/options" + each.pointer(), each.code(), each.message()))
                .toList());
      }
    };
  }

  private static Map<String, @Nullable Object> write(Trial trial) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("mails", trial.mails());
    json.put("cut", trial.cut());
    json.put("data", trial.lines().stream().map(AutomationPreviewRest::write).toList());
    return json;
  }

  private static Map<String, @Nullable Object> write(Line line) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("event", line.event());
    json.put("at", line.at());
    EventJson.about(json, line.document().kind(), line.document().number());
    json.put("outcome", Optional.ofNullable(line.outcome()).map(EventJson::write).orElse(null));
    json.put(
        "mail", Optional.ofNullable(line.mail()).map(AutomationPreviewRest::write).orElse(null));
    Outcome reason = line.reason();
    if (reason != null) {
      json.put("skipped", reason.skipped());
      json.put("code", reason.code());
    }
    return json;
  }

  private static Map<String, @Nullable Object> write(Mail mail) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    List<Map<String, String>> to =
        mail.to().stream()
            .map(each ->
                Map.of(
                    "address", each.address().spec(),
                    "role", each.role().name().toLowerCase(java.util.Locale.ROOT)))
            .toList();
    json.put("recipients", to);
    json.put("subject", mail.subject());
    json.put("account", mail.account());
    json.put("send_at", mail.sendAt());
    json.put("internal", mail.internal());
    return json;
  }
}
