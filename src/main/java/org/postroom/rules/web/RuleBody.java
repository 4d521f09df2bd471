package org.postroom.rules.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.postroom.rules.Condition;
import org.postroom.rules.ConditionForm;
import org.postroom.rules.Rule;
import org.postroom.rules.RuleJson;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the page's fields by the same rules as the API's body, and says what is wrong beside them.
 */
final class RuleBody {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private RuleBody() {}

  /**
   * @param before what the rule is now: what the page cannot show stays
   * @throws Problem 422 with pointers that are names of the page's fields
   */
  static Rule rule(RuleForm form, Rule before) {
    try {
      Rule read = RuleJson.read(JSON.valueToTree(json(form)));
      boolean kept = form.condition().groups() == null;
      Condition condition = kept ? before.condition() : ConditionForm.simplest(read.condition());
      return Rule.of(read.name(), before.enabled(), condition, read.effects());
    } catch (Problem problem) {
      throw Problem.invalid(problem.errors().stream().map(RuleBody::onPage).toList());
    }
  }

  /** For errors of what is named, which the capability tells. */
  static Problem onPage(Problem problem) {
    return problem.errors().isEmpty()
        ? problem
        : Problem.invalid(problem.errors().stream().map(RuleBody::onPage).toList());
  }

  private static FieldError onPage(FieldError error) {
    String pointer =
        error
            .pointer()
            .replaceFirst("^(/effects/recipients/(?:to|cc|bcc)).*", "$1")
            .replaceFirst("^/effects/attachments.*", "/attachments");
    return ConditionForm.onPage(new FieldError(pointer, error.code(), error.message()));
  }

  private static Map<String, Object> json(RuleForm form) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", form.name());
    Map<String, Object> condition = form.condition().json();
    if (condition != null) json.put("condition", condition);
    json.put("effects", effects(form));
    return json;
  }

  private static Map<String, Object> effects(RuleForm form) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("layout", form.layout());
    json.put("template", form.template());
    json.put("account", form.account());
    Map<String, Object> recipients = new LinkedHashMap<>();
    recipients.put("to", lines(form.to()));
    recipients.put("cc", lines(form.cc()));
    recipients.put("bcc", lines(form.bcc()));
    json.put("recipients", recipients);
    json.put("attachments", form.attachments().stream().map(RuleBody::attachment).toList());
    if (!form.delay().isEmpty()) json.put("delay", delay(form));
    if (form.held()) json.put("hold", form.hold());
    if (form.stopped()) json.put("do_not_send", form.reason());
    return json;
  }

  private static List<String> lines(String typed) {
    return typed.lines().filter(line -> !line.isBlank()).toList();
  }

  private static Map<String, Object> attachment(String word) {
    if (word.startsWith("related:")) return Map.of("related", word.substring(8));
    if (word.startsWith("file:")) return Map.of("standing_file", word.substring(5));
    return Map.of("files_of_record", true);
  }

  private static String delay(RuleForm form) {
    return switch (form.unit()) {
      case "days" -> "P" + form.delay() + "D";
      case "minutes" -> "PT" + form.delay() + "M";
      default -> "PT" + form.delay() + "H";
    };
  }
}
