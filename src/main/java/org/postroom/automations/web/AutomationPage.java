package org.postroom.automations.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.automations.Automation;
import org.postroom.automations.Automations;
import org.postroom.automations.Automations.HistoryFilter;
import org.postroom.automations.Automations.Past;
import org.postroom.automations.Automations.Setting;
import org.postroom.automations.Obstacles;
import org.postroom.csv.Csv;
import org.postroom.http.Chip;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.rules.ConditionForm;
import org.postroom.rules.Rules;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One automatic mail: what is settled for it, and everything it did or let pass. */
@Controller
class AutomationPage {
  private static final int SHOWN = 25;
  private static final int AT_ONCE = 200;
  private static final int MOST = 50_000;

  private final Automations automations;
  private final Obstacles obstacles;
  private final Choices choices;
  private final Rules rules;

  AutomationPage(Automations automations, Obstacles obstacles, Choices choices, Rules rules) {
    this.automations = automations;
    this.obstacles = obstacles;
    this.choices = choices;
    this.rules = rules;
  }

  /** What of the history is asked for. */
  record Asked(@Nullable String result, @Nullable String code, @Nullable String cursor) {
    HistoryFilter filter() {
      Boolean sent = "sent".equals(result) ? Boolean.TRUE : null;
      if ("skipped".equals(result)) sent = Boolean.FALSE;
      boolean known = code != null && code.matches("[a-z_]{1,60}");
      return new HistoryFilter(sent, known ? code : null, null);
    }
  }

  @GetMapping("/automatic/{name}")
  String show(Caller caller, @PathVariable String name, Asked asked, Model model) {
    Automation automation = AutomationsRest.automation(name);
    String own = AutomationWords.ownPage(automation);
    if (own != null) return "redirect:" + own;
    Setting setting = automations.setting(caller.company(), automation);
    return page(caller, setting, AutomationForm.of(setting.options()), null, asked, model);
  }

  @PostMapping("/automatic/{name}")
  String save(
      Caller caller,
      @PathVariable String name,
      @RequestParam MultiValueMap<String, String> posted,
      Model model,
      HttpServletResponse response,
      RedirectAttributes next) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    Automation automation = AutomationsRest.automation(name);
    Setting before = automations.setting(caller.company(), automation);
    AutomationForm form = AutomationForm.of(posted);
    Asked asked = new Asked(null, null, null);
    String button = String.valueOf(posted.getFirst("do"));
    if (!button.equals("save"))
      return page(caller, before, form.with(form.condition().after(button)), null, asked, model);
    try {
      automations.change(caller, automation, version(posted), form::options);
      next.addFlashAttribute("said", "Saved. It counts for events from now on.");
      return "redirect:/automatic/" + automation.word();
    } catch (Problem problem) {
      response.setStatus(422);
      return page(caller, before, form, told(problem), asked, model);
    }
  }

  /** Everything that the filters let through, for other programs. */
  @GetMapping("/automatic/{name}/history.csv")
  void csv(Caller caller, @PathVariable String name, Asked asked, HttpServletResponse response)
      throws IOException {
    Automation automation = AutomationsRest.automation(name);
    response.setContentType("text/csv; charset=UTF-8");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader(
        "Content-Disposition", "attachment; filename=\"" + automation.word() + ".csv\"");
    var out = response.getWriter();
    out.write(
        Csv.line(
            Stream.of(
                "at", "event", "type", "kind", "number", "result", "code", "reason", "message")));
    String cursor = null;
    for (int written = 0; written < MOST; written += AT_ONCE) {
      Slice<Past> slice =
          automations.history(caller.company(), automation, asked.filter(), AT_ONCE, cursor);
      for (Past past : slice.data()) out.write(line(past));
      cursor = slice.nextCursor();
      if (cursor == null) return;
    }
  }

  private static String line(Past past) {
    var outcome = past.latest().outcome();
    return Csv.line(
        Stream.of(
                past.latest().at().toString(),
                past.event(),
                past.type().word(),
                past.latest().documentKind(),
                past.latest().documentNumber(),
                outcome.done() ? "sent" : "skipped",
                outcome.code(),
                outcome.skipped(),
                outcome.message())
            .map(cell -> cell == null ? "" : cell));
  }

  private String page(
      Caller caller,
      Setting setting,
      AutomationForm form,
      @Nullable Problem problem,
      Asked asked,
      Model model) {
    String company = caller.company();
    Automation automation = setting.automation();
    boolean works = obstacles.of(company, setting).isEmpty();
    Chip chip =
        !setting.enabled()
            ? new Chip("off", "dash", "Off")
            : works
                ? new Chip("ok", "tick", "On")
                : new Chip("fail", "warning", "On, but not working");
    model.addAttribute(
        "heading", new Heading("/automatic", "Automatic emails", automation.title(), chip));
    model.addAttribute("title", automation.title());
    model.addAttribute("automation", automation);
    model.addAttribute("setting", setting);
    model.addAttribute("when", AutomationWords.when(automation));
    model.addAttribute(
        "obstacles", setting.enabled() ? obstacles.of(company, setting) : java.util.List.of());
    model.addAttribute("form", form);
    model.addAttribute("problem", problem);
    model.addAttribute("mayChange", caller.may(Right.MANAGE_AUTOMATIONS));
    model.addAttribute(
        "always", setting.options().condition().equals(org.postroom.rules.Condition.ALWAYS));
    model.addAttribute("sentence", rules.sentence(company, setting.options().condition()));
    choices(company, setting, model);
    history(company, automation, asked, model);
    return "automations/automation";
  }

  private void choices(String company, Setting setting, Model model) {
    Automation automation = setting.automation();
    model.addAttribute("templates", choices.templates(company, automation, setting.options()));
    model.addAttribute("accounts", choices.accounts(company, setting.options()));
    model.addAttribute("tos", Choices.to(automation));
    model.addAttribute("purpose", automation.purpose(setting.options()).word());
    model.addAttribute("fields", ConditionForm.fields());
    model.addAttribute("operators", ConditionForm.operators());
    Map<String, String> units = new LinkedHashMap<>();
    for (String unit : new String[] {"minutes", "hours", "days"}) units.put(unit, unit);
    model.addAttribute("units", units);
    Map<String, String> week = new LinkedHashMap<>();
    for (DayOfWeek day : DayOfWeek.values())
      week.put(
          day.name().toLowerCase(Locale.ROOT), day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH));
    model.addAttribute("week", week);
  }

  private void history(String company, Automation automation, Asked asked, Model model) {
    Slice<Past> history =
        automations.history(company, automation, asked.filter(), SHOWN, cursor(asked.cursor()));
    model.addAttribute("history", history.data());
    model.addAttribute("next", history.nextCursor());
    model.addAttribute("asked", asked);
    Map<String, String> results = new LinkedHashMap<>();
    results.put("", "Sent and skipped");
    results.put("sent", "Sent");
    results.put("skipped", "Skipped");
    model.addAttribute("results", results);
    model.addAttribute("reasons", AutomationWords.reasons());
    model.addAttribute("titles", AutomationWords.titles());
  }

  private static Problem told(Problem problem) {
    if (problem.status() == 412)
      return Problem.invalid(
          "/changed",
          "changed_meanwhile",
          "Somebody changed this meanwhile. Open the page again and repeat your change.");
    if (problem.status() != 422) throw problem;
    return AutomationForm.onPage(problem);
  }

  private static Long version(MultiValueMap<String, String> posted) {
    String version = String.valueOf(posted.getFirst("version"));
    return version.matches("[0-9]{1,18}") ? Long.parseLong(version) : -1L;
  }

  static @Nullable String cursor(@Nullable String cursor) {
    return cursor == null || !cursor.matches("evt_[0-9a-z]{26}") ? null : cursor;
  }
}
