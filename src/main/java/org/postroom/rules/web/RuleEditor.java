package org.postroom.rules.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.rules.Condition;
import org.postroom.rules.ConditionForm;
import org.postroom.rules.Effects;
import org.postroom.rules.Rule;
import org.postroom.rules.RuleChoices;
import org.postroom.rules.Rules;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Writing a rule. Rows are added and removed by posts, so it needs no script. */
@Controller
class RuleEditor {
  private static final String AS_USUAL = "As usual";
  private final Rules rules;

  RuleEditor(Rules rules) {
    this.rules = rules;
  }

  @GetMapping("/rules/new")
  String fresh(Caller caller, Model model) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    return page(caller, null, RuleForm.fresh(), null, model);
  }

  @PostMapping("/rules/new")
  String make(
      Caller caller,
      @RequestParam MultiValueMap<String, String> posted,
      Model model,
      RedirectAttributes next) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    RuleForm form = RuleForm.of(posted);
    String asked = RuleForm.one(posted, "do");
    if (!asked.equals("save")) return page(caller, null, form.after(asked), null, model);
    try {
      Rule empty = Rule.of("", false, Condition.ALWAYS, Effects.NONE);
      Rule rule = rules.create(caller, RuleBody.rule(form, empty));
      next.addFlashAttribute(
          "said", "Saved, and still off. See below what it would have done, then switch it on.");
      return "redirect:/rules/" + rule.id() + "/try";
    } catch (Problem problem) {
      return page(caller, null, form, told(problem), model);
    }
  }

  @GetMapping("/rules/{id}/edit")
  String edit(Caller caller, @PathVariable String id, Model model) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    Rule rule = rules.get(caller.company(), id);
    return page(caller, rule, RuleForm.of(rule), null, model);
  }

  @PostMapping("/rules/{id}/edit")
  String save(
      Caller caller,
      @PathVariable String id,
      @RequestParam MultiValueMap<String, String> posted,
      Model model,
      RedirectAttributes next) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    Rule before = rules.get(caller.company(), id);
    RuleForm form = RuleForm.of(posted);
    String asked = RuleForm.one(posted, "do");
    if (!asked.equals("save")) return page(caller, before, form.after(asked), null, model);
    try {
      String version = RuleForm.one(posted, "version");
      Long expected = version.matches("[0-9]{1,18}") ? Long.valueOf(version) : Long.valueOf(-1);
      rules.change(caller, id, expected, now -> RuleBody.rule(form, now));
      next.addFlashAttribute("said", "Saved.");
      return "redirect:/rules/" + id + "/try";
    } catch (Problem problem) {
      return page(caller, before, form, told(problem), model);
    }
  }

  private static Problem told(Problem problem) {
    if (problem.status() == 412)
      return Problem.invalid(
          "/name",
          "changed_meanwhile",
          "Somebody changed this rule meanwhile. Open it again and repeat your change.");
    if (problem.status() != 422 && problem.status() != 409) throw problem;
    return RuleBody.onPage(problem);
  }

  private String page(
      Caller caller, @Nullable Rule rule, RuleForm form, @Nullable Problem problem, Model model) {
    String company = caller.company();
    String title = rule == null ? "New rule" : "Change “" + rule.name() + "”";
    model.addAttribute("title", title);
    model.addAttribute("heading", new Heading("/rules", "Rules", title, null));
    model.addAttribute("rule", rule);
    model.addAttribute("form", form);
    model.addAttribute("problem", problem);
    if (form.condition().groups() == null && rule != null)
      model.addAttribute("deep", rules.sentence(company, rule.condition()));
    model.addAttribute("fields", ConditionForm.fields());
    model.addAttribute("operators", ConditionForm.operators());
    model.addAttribute("layouts", choices(company, RuleChoices.Of.LAYOUT));
    model.addAttribute("templates", choices(company, RuleChoices.Of.TEMPLATE));
    model.addAttribute("accounts", choices(company, RuleChoices.Of.ACCOUNT));
    model.addAttribute("files", files(company));
    model.addAttribute("units", units());
    return "rules/edit";
  }

  private Map<String, String> choices(String company, RuleChoices.Of what) {
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("", AS_USUAL);
    choices.putAll(rules.choices(company, what));
    return choices;
  }

  private Map<String, String> files(String company) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("record", "All files of the record");
    rules
        .choices(company, RuleChoices.Of.STANDING_FILE)
        .forEach((id, name) -> files.put("file:" + id, name));
    rules
        .choices(company, RuleChoices.Of.DOCUMENT_KIND)
        .forEach((kind, name) ->
            files.put("related:" + kind, "Related " + name.toLowerCase(java.util.Locale.ENGLISH)));
    return files;
  }

  private static Map<String, String> units() {
    Map<String, String> units = new LinkedHashMap<>();
    units.put("minutes", "minutes");
    units.put("hours", "hours");
    units.put("days", "days");
    return units;
  }
}
