package org.postroom.statements.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.Chip;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.statements.MonthlyMonth;
import org.postroom.statements.MonthlyStatements;
import org.postroom.statements.StatementRun;
import org.postroom.statements.StatementRuns;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Statements every month by themselves: when, to whom, what came of the months so far. */
@Controller
class MonthlyPage {
  private final MonthlyStatements monthly;
  private final StatementRuns runs;
  private final Access access;

  MonthlyPage(MonthlyStatements monthly, StatementRuns runs, Access access) {
    this.monthly = monthly;
    this.runs = runs;
    this.access = access;
  }

  /** A month and the run it began; null where it was missed. */
  record Line(MonthlyMonth month, @Nullable StatementRun run, Chip chip) {}

  @GetMapping("/statements/schedule")
  String show(Caller caller, Model model) {
    return show(caller, MonthlyForm.of(monthly.schedule(caller.company())), null, model);
  }

  @PostMapping("/statements/schedule")
  String save(
      Caller caller, @ModelAttribute MonthlyForm form, Model model, RedirectAttributes next) {
    try {
      monthly.save(caller, form.schedule(), form.expected());
    } catch (Problem problem) {
      if (problem.status() != 422 && problem.status() != 412) throw problem;
      return show(caller, form, problem, model);
    }
    next.addFlashAttribute("said", "Kept. A day that is past counts from next month on.");
    return "redirect:/statements/schedule";
  }

  /** A run that waits: nothing is sent by looking. */
  @PostMapping("/statements/schedule/preview")
  String preview(Caller caller) {
    return "redirect:/statements/runs/" + monthly.preview(caller).id();
  }

  private String show(Caller caller, MonthlyForm form, @Nullable Problem problem, Model model) {
    String company = caller.company();
    model.addAttribute("form", form);
    model.addAttribute("problem", problem);
    model.addAttribute("heading", new Heading("/statements", "Statements", "Every month", null));
    model.addAttribute("enabled", monthly.enabled(company));
    model.addAttribute("next", monthly.next(company).orElse(null));
    model.addAttribute("zone", access.company(company).timeZone().getId());
    model.addAttribute("lines", lines(caller));
    model.addAttribute("maySave", caller.may(Right.MANAGE_AUTOMATIONS));
    model.addAttribute("maySend", caller.may(Right.SEND));
    model.addAttribute("days", days());
    model.addAttribute("hours", hours());
    model.addAttribute("kinds", kinds());
    return "statements/schedule";
  }

  private List<Line> lines(Caller caller) {
    return monthly.months(caller.company()).stream().map(month -> line(caller, month)).toList();
  }

  private Line line(Caller caller, MonthlyMonth month) {
    if (month.run() == null) return new Line(month, null, new Chip("warn", "warning", "Missed"));
    StatementRun run = runs.get(caller, month.run());
    return new Line(month, run, RunWords.chip(run.state()));
  }

  private static Map<String, String> days() {
    Map<String, String> days = new LinkedHashMap<>();
    days.put("first_working", "The first working day");
    IntStream.rangeClosed(1, 28).forEach(day -> days.put(String.valueOf(day), "Day " + day));
    days.put("last", "The last day");
    return days;
  }

  private static Map<String, String> hours() {
    Map<String, String> hours = new LinkedHashMap<>();
    IntStream.range(0, 24)
        .forEach(hour -> hours.put(String.valueOf(hour), "%02d:00".formatted(hour)));
    return hours;
  }

  private static Map<String, String> kinds() {
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("open_items", "Open items: what is open that day");
    kinds.put("activity", "Activity: everything that moved in the month before");
    return kinds;
  }
}
