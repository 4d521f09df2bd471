package org.postroom.rules.web;

import java.util.List;
import java.util.function.Function;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.Heading;
import org.postroom.rules.Rule;
import org.postroom.rules.Rules;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** All rules in their order: switching, moving, deleting. */
@Controller
class RulesPage {
  private final Rules rules;

  RulesPage(Rules rules) {
    this.rules = rules;
  }

  record Line(Rule rule, String sentence) {}

  @GetMapping("/rules")
  String list(Caller caller, Model model) {
    String company = caller.company();
    Function<Rule, String> sentences = rules.sentences(company);
    List<Line> lines =
        rules.list(company).stream()
            .map(rule -> new Line(rule, sentences.apply(rule)))
            .toList();
    model.addAttribute("lines", lines);
    model.addAttribute("mayChange", caller.may(Right.MANAGE_AUTOMATIONS));
    return "rules/list";
  }

  @PostMapping("/rules/{id}/switch")
  String turn(
      Caller caller,
      @PathVariable String id,
      @RequestParam(defaultValue = "") String enabled,
      RedirectAttributes next) {
    Rule rule = rules.change(caller, id, null, now -> now.switched(enabled.equals("on")));
    next.addFlashAttribute("said", "“" + rule.name() + "” is " + (rule.enabled() ? "on." : "off."));
    return "redirect:/rules";
  }

  @PostMapping("/rules/{id}/move")
  String move(Caller caller, @PathVariable String id, @RequestParam String to) {
    rules.move(caller, id, to.equals("up") ? -1 : 1);
    return "redirect:/rules";
  }

  @GetMapping("/rules/{id}/delete")
  String askToDelete(Caller caller, @PathVariable String id, Model model) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    Rule rule = rules.get(caller.company(), id);
    model.addAttribute("line", new Line(rule, rules.sentence(caller.company(), rule)));
    model.addAttribute("heading", new Heading("/rules", "Rules", rule.name(), null));
    return "rules/delete";
  }

  @PostMapping("/rules/{id}/delete")
  String delete(Caller caller, @PathVariable String id, RedirectAttributes next) {
    String name = rules.get(caller.company(), id).name();
    rules.delete(caller, id, null);
    next.addFlashAttribute("said", "“" + name + "” was deleted.");
    return "redirect:/rules";
  }
}
