package org.postroom.reminders.web;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.Problem;
import org.postroom.reminders.NextRun;
import org.postroom.reminders.ReminderPlan;
import org.postroom.reminders.Reminders;
import org.postroom.templates.Template;
import org.postroom.templates.Templates;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The ladder and what holds it back, with what another one would send before it is saved. */
@Controller
class LadderPage {
  private final Reminders reminders;
  private final Templates templates;
  private final Access access;
  private final ReminderTabs tabs;

  LadderPage(Reminders reminders, Templates templates, Access access, ReminderTabs tabs) {
    this.reminders = reminders;
    this.templates = templates;
    this.access = access;
    this.tabs = tabs;
  }

  @GetMapping("/reminders/ladder")
  String show(Caller caller, Model model) {
    return page(caller, LadderForm.of(reminders.plan(caller.company())), null, model);
  }

  /**
   * @param wanted {@code try} shows what it would send and saves nothing; {@code suggested} puts
   *     what companies start with into the fields
   */
  @PostMapping("/reminders/ladder")
  String save(
      Caller caller,
      @RequestParam Map<String, String> typed,
      @RequestParam(name = "do", defaultValue = "save") String wanted,
      Model model,
      RedirectAttributes next) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    LadderForm form = LadderForm.of(typed);
    try {
      ReminderPlan plan = form.plan();
      if (wanted.equals("try")) return tried(caller, form, plan, model);
      reminders.change(caller, plan, form.version());
    } catch (Problem problem) {
      if (problem.status() != 422 && problem.status() != 412) throw problem;
      return page(caller, form, problem, model);
    }
    next.addFlashAttribute("said", "Saved. Invoices stay where they are on the ladder.");
    return "redirect:/reminders/ladder";
  }

  private String tried(Caller caller, LadderForm form, ReminderPlan plan, Model model) {
    NextRun run = reminders.nextRun(caller.company(), plan);
    model.addAttribute("tried", run);
    return page(caller, form, null, model);
  }

  private String page(Caller caller, LadderForm form, @Nullable Problem problem, Model model) {
    tabs.around(caller, "ladder", model);
    model.addAttribute("form", form);
    model.addAttribute("problem", problem);
    model.addAttribute("line", line(caller, form));
    model.addAttribute("templates", choices(caller));
    model.addAttribute("weekdays", weekdays());
    model.addAttribute("sides", Map.of("before", "before due", "after", "after due"));
    model.addAttribute("currency", access.company(caller.company()).currency());
    return "reminders/ladder";
  }

  /** Of what is typed where that can be read, otherwise of what is in force. */
  private TimeLine line(Caller caller, LadderForm form) {
    try {
      return TimeLine.of(form.plan().steps());
    } catch (Problem unreadable) {
      return TimeLine.of(reminders.plan(caller.company()).steps());
    }
  }

  private Map<String, String> choices(Caller caller) {
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("", "The one in use, in the customer’s language");
    for (Template template : templates.choices(caller.company(), null, "reminder"))
      if (template.level() == Template.Level.APPLICATION)
        choices.put(template.id(), template.name() + " (" + template.language() + ")");
    return choices;
  }

  private static Map<String, String> weekdays() {
    Map<String, String> days = new LinkedHashMap<>();
    for (java.time.DayOfWeek day : java.time.DayOfWeek.values())
      days.put(
          day.name().toLowerCase(Locale.ROOT),
          day.getDisplayName(java.time.format.TextStyle.FULL, Locale.ENGLISH));
    return days;
  }
}
