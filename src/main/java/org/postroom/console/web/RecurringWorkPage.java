package org.postroom.console.web;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.console.RecurringWork;
import org.postroom.console.RunByItself;
import org.postroom.http.Chip;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What runs by itself: when it did, how it went, when again. */
@Controller
class RecurringWorkPage {
  private final RecurringWork work;

  RecurringWorkPage(RecurringWork work) {
    this.work = work;
  }

  /** One piece as it is shown. */
  record Line(RunByItself work, Chip result, @Nullable String took) {}

  @GetMapping("/system/work")
  String show(Caller caller, Model model) {
    model.addAttribute("lines", work.all().stream().map(RecurringWorkPage::line).toList());
    model.addAttribute("mayRun", caller.may(Right.MANAGE_PEOPLE));
    return "console/recurring-work";
  }

  @PostMapping("/system/work")
  String runNow(Caller caller, @RequestParam String name, RedirectAttributes next) {
    work.runNow(caller, name);
    next.addFlashAttribute("said", "“" + name + "” runs as soon as a node is free.");
    return "redirect:/system/work";
  }

  private static Line line(RunByItself work) {
    return new Line(work, result(work), took(work));
  }

  private static Chip result(RunByItself work) {
    if (work.running()) return new Chip("info", "clock", "Running");
    if (work.failed())
      return new Chip(
          "fail", "cross", work.failures() > 1 ? "Failed " + work.failures() + " times" : "Failed");
    return work.endedAt() == null
        ? new Chip("off", "dash", "Not yet")
        : new Chip("ok", "tick", "Done");
  }

  private static @Nullable String took(RunByItself work) {
    if (work.running() || work.startedAt() == null || work.endedAt() == null) return null;
    long millis = Duration.between(work.startedAt(), work.endedAt()).toMillis();
    if (millis < 0) return null;
    if (millis < 1000) return millis + " ms";
    return millis < 120_000 ? millis / 1000 + " s" : millis / 60_000 + " min";
  }
}
