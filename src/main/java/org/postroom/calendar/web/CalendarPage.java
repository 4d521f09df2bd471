package org.postroom.calendar.web;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.calendar.Calendar;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Holidays and other days on which the company does not work. */
@Controller
class CalendarPage {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu", Locale.ENGLISH);
  private static final int EMPTY_ROWS = 3;
  private final Calendar calendar;
  private final Access access;

  CalendarPage(Calendar calendar, Access access) {
    this.calendar = calendar;
    this.access = access;
  }

  @GetMapping("/company/calendar")
  String show(Caller caller, Model model) {
    return page(caller, CalendarForm.of(calendar.settings(caller.company())), null, model);
  }

  @PostMapping("/company/calendar")
  String save(
      Caller caller,
      @RequestParam Map<String, String> typed,
      Model model,
      RedirectAttributes next) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    CalendarForm form = CalendarForm.of(typed);
    try {
      calendar.save(caller, form.settings(), form.version());
    } catch (Problem problem) {
      if (problem.status() != 422 && problem.status() != 412) throw problem;
      return page(caller, form, problem, model);
    }
    next.addFlashAttribute("said", said(caller, form));
    return "redirect:/company/calendar";
  }

  private String said(Caller caller, CalendarForm form) {
    if (form.country().equals(form.offered())) return "Saved.";
    String country = country(caller, form.country());
    return calendar.regions(country).isEmpty()
        ? "Saved."
        : "Saved. Some holidays of " + words(country) + " are a region’s own: choose yours.";
  }

  private String page(Caller caller, CalendarForm form, @Nullable Problem problem, Model model) {
    String country = country(caller, form.country());
    model.addAttribute("form", form);
    model.addAttribute("problem", problem);
    model.addAttribute("countries", countries(access.company(caller.company()).country()));
    model.addAttribute("regions", regions(country));
    model.addAttribute("free", withRoom(form.free(), new CalendarForm.Free("", "", false, "")));
    model.addAttribute("working", withRoom(form.working(), new CalendarForm.Working("", "")));
    model.addAttribute("holidays", holidays(caller));
    model.addAttribute("unknown", calendar.knows(country) ? null : words(country));
    model.addAttribute("mayChange", caller.may(Right.MANAGE_AUTOMATIONS));
    model.addAttribute(
        "heading", new Heading("/company", "Company and branding", "Working days", null));
    return "calendar/calendar";
  }

  private String country(Caller caller, String chosen) {
    return chosen.isEmpty() ? access.company(caller.company()).country() : chosen;
  }

  private Map<String, String> holidays(Caller caller) {
    Map<String, String> days = new LinkedHashMap<>();
    LocalDate today = calendar.today(caller.company());
    calendar
        .holidays(caller.company(), today)
        .forEach((day, name) -> days.put(DAY.format(day), name));
    return days;
  }

  private Map<String, String> countries(String own) {
    Map<String, String> byName = new TreeMap<>();
    for (String code : Locale.getISOCountries())
      if (calendar.knows(code)) byName.put(words(code), code);
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("", words(own) + ", as the company’s address");
    byName.forEach((name, code) -> choices.put(code, name));
    return choices;
  }

  private Map<String, String> regions(String country) {
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("", "The whole country’s only");
    choices.putAll(calendar.regions(country));
    return choices;
  }

  private static <T> List<T> withRoom(List<T> rows, T empty) {
    List<T> all = new ArrayList<>(rows);
    for (int i = 0; i < EMPTY_ROWS; i++) all.add(empty);
    return all;
  }

  private static String words(String country) {
    return Locale.of("", country).getDisplayCountry(Locale.ENGLISH);
  }
}
