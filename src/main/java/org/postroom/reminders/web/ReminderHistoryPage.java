package org.postroom.reminders.web;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.http.Slice;
import org.postroom.reminders.Reminded;
import org.postroom.reminders.Reminders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What was sent, what was not and why. */
@Controller
class ReminderHistoryPage {
  private static final int A_PAGE = 50;
  private final Reminders reminders;
  private final ReminderTabs tabs;

  ReminderHistoryPage(Reminders reminders, ReminderTabs tabs) {
    this.reminders = reminders;
    this.tabs = tabs;
  }

  @GetMapping("/reminders/history")
  String list(
      Caller caller,
      @RequestParam(required = false) @Nullable String partner,
      @RequestParam(required = false) @Nullable String invoice,
      @RequestParam(required = false) @Nullable String outcome,
      @RequestParam(required = false) @Nullable String cursor,
      Model model) {
    tabs.around(caller, "history", model);
    var filter =
        new Reminded.Filter(
            typed(partner),
            typed(invoice),
            Reminded.Outcome.of(outcome == null ? "" : outcome).orElse(null));
    Slice<Reminded> slice = reminders.history(caller.company(), filter, A_PAGE, cursor);
    model.addAttribute("rows", slice.data());
    model.addAttribute("next", slice.nextCursor());
    model.addAttribute("filter", filter);
    model.addAttribute("outcome", filter.outcome() == null ? "" : filter.outcome().word());
    model.addAttribute("outcomes", outcomes());
    model.addAttribute("narrowed", !filter.equals(Reminded.Filter.ALL));
    return "reminders/history";
  }

  private static @Nullable String typed(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  private static Map<String, String> outcomes() {
    Map<String, String> outcomes = new LinkedHashMap<>();
    outcomes.put("", "Everything");
    outcomes.put("sent", "Sent");
    outcomes.put("skipped", "Not sent");
    outcomes.put("passed", "Left behind");
    outcomes.put("called_off", "Stopped before it left");
    return outcomes;
  }
}
