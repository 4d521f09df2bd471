package org.postroom.reminders.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.automations.Automation;
import org.postroom.automations.Automations;
import org.postroom.reminders.NextRun;
import org.postroom.reminders.Reminders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Who would be reminded next, who would not and why; the switch. */
@Controller
class NextRunPage {
  private static final int MOST_SHOWN = 100;
  private final Reminders reminders;
  private final Automations automations;
  private final ReminderTabs tabs;

  NextRunPage(Reminders reminders, Automations automations, ReminderTabs tabs) {
    this.reminders = reminders;
    this.automations = automations;
    this.tabs = tabs;
  }

  @GetMapping("/reminders")
  String show(Caller caller, Model model) {
    tabs.around(caller, "next", model);
    NextRun run = reminders.nextRun(caller.company());
    List<NextRun.Line> going = run.lines().stream().filter(NextRun.Line::wouldGo).toList();
    List<NextRun.Line> kept = run.lines().stream().filter(line -> !line.wouldGo()).toList();
    model.addAttribute("run", run);
    model.addAttribute("going", going.stream().limit(MOST_SHOWN).toList());
    model.addAttribute("kept", kept.stream().limit(MOST_SHOWN).toList());
    model.addAttribute("moreGoing", run.mails() - Math.min(MOST_SHOWN, going.size()));
    model.addAttribute("moreKept", kept.size() > MOST_SHOWN);
    model.addAttribute("steps", reminders.plan(caller.company()).steps().size());
    return "reminders/next";
  }

  /** Asks once, with what would go out. */
  @GetMapping("/reminders/switch")
  String ask(Caller caller, Model model) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    tabs.around(caller, "next", model);
    model.addAttribute("run", reminders.nextRun(caller.company()));
    model.addAttribute("plan", reminders.plan(caller.company()));
    return "reminders/switch";
  }

  @PostMapping("/reminders/switch")
  String change(
      Caller caller,
      @RequestParam(required = false) @Nullable String enabled,
      RedirectAttributes next) {
    boolean on = "on".equals(enabled);
    automations.enable(caller, Automation.OVERDUE_REMINDER, on, null);
    next.addFlashAttribute(
        "said",
        on
            ? "Reminders are on. The first ones go out at the time below."
            : "Reminders are off. What waits in the outbox is not sent either.");
    return "redirect:/reminders";
  }
}
