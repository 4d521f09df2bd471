package org.postroom.notifications.web;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.notifications.Notification.Kind;
import org.postroom.notifications.NotificationChoices;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What the company's people are told, and what they do without. */
@Controller
class NotificationChoicesPage {
  private final NotificationChoices choices;

  NotificationChoicesPage(NotificationChoices choices) {
    this.choices = choices;
  }

  @GetMapping("/notifications/choices")
  String show(Caller caller, Model model) {
    model.addAttribute("choices", choices.of(caller.company()));
    model.addAttribute("mayChange", caller.may(Right.MANAGE_AUTOMATIONS));
    return "notifications/choices";
  }

  @PostMapping("/notifications/choices")
  String save(
      Caller caller, @RequestParam(defaultValue = "") List<String> told, RedirectAttributes next) {
    Map<Kind, Boolean> wanted = new EnumMap<>(Kind.class);
    for (Kind kind : NotificationChoices.kinds()) wanted.put(kind, told.contains(kind.word()));
    choices.save(caller, wanted);
    next.addFlashAttribute("said", "Saved. It counts for what happens from now on.");
    return "redirect:/notifications/choices";
  }
}
