package org.postroom.compose.web;

import java.util.Map;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.compose.PastDocuments;
import org.postroom.http.Heading;
import org.postroom.http.JsonFields;
import org.postroom.http.Problem;
import org.postroom.rules.Rule;
import org.postroom.rules.RuleJson;
import org.postroom.rules.Rules;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;
import tools.jackson.databind.JsonNode;

/** Trying a rule on past documents, before it is switched on. Changes nothing. */
@Controller
class TryRules {
  private static final int USUAL = 200;
  private static final int MOST = 1000;
  private final Rules rules;
  private final PastDocuments past;

  TryRules(Rules rules, PastDocuments past) {
    this.rules = rules;
    this.past = past;
  }

  @GetMapping("/rules/{id}/try")
  String page(Caller caller, @PathVariable String id, Model model) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    Rule rule = rules.get(caller.company(), id);
    model.addAttribute("rule", rule);
    model.addAttribute("sentence", rules.sentence(caller.company(), rule));
    model.addAttribute("heading", new Heading("/rules", "Rules", rule.name(), null));
    try {
      model.addAttribute("tried", tried(caller, rule, USUAL));
    } catch (Problem gone) {
      model.addAttribute("problem", gone);
    }
    return "rules/try";
  }

  /** A saved rule by its {@code id}, or another as {@code rule}. */
  @PostMapping("/api/v1/rules/try")
  @ResponseBody
  Map<String, Object> tryOut(Caller caller, @RequestBody JsonNode body) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    JsonFields fields = JsonFields.of(body);
    String id = fields.text("id", 60);
    JsonFields given = fields.object("rule");
    int limit = (int) fields.whole("limit", 1, MOST, USUAL);
    if ((id == null) == (given == null))
      fields.error("/rule", "required", "Name a saved rule by “id”, or give one as “rule”.");
    Rule rule = given == null ? null : RuleJson.read(given);
    fields.check();
    Rule tried = rule == null ? rules.get(caller.company(), String.valueOf(id)) : rule;
    return tried(caller, tried, limit).json();
  }

  private TriedRule tried(Caller caller, Rule rule, int most) {
    return TriedRule.of(rules.trial(caller.company(), rule), past.newest(caller.company(), most));
  }
}
