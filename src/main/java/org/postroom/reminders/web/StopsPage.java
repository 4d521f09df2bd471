package org.postroom.reminders.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.JsonFields;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.reminders.Stop;
import org.postroom.reminders.Stops;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.databind.json.JsonMapper;

/** What holds reminders back: disputes, promises, customers and invoices that get none. */
@Controller
class StopsPage {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int A_PAGE = 50;
  private final Stops stops;
  private final ReminderTabs tabs;

  StopsPage(Stops stops, ReminderTabs tabs) {
    this.stops = stops;
    this.tabs = tabs;
  }

  /** The fields as typed; blank ones are absent. */
  record Form(
      @Nullable String kind,
      @Nullable String partner,
      @Nullable String invoice,
      @Nullable String step,
      @Nullable String until,
      @Nullable String note) {
    static final Form EMPTY = new Form("dispute", null, null, null, null, null);

    /** Read as what a program sends is. A day belongs to a promise, and may end the others. */
    Stop.New stop() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("kind", kind);
      json.put("partner", partner);
      json.put("invoice", invoice);
      boolean number = step != null && step.matches("[0-9]{1,2}");
      json.put("step", number ? Integer.valueOf(step) : null);
      json.put("until", until);
      json.put("note", note);
      return RemindersJson.stop(JsonFields.of(JSON.valueToTree(json)));
    }
  }

  @GetMapping("/reminders/stops")
  String list(Caller caller, @RequestParam(required = false) @Nullable String cursor, Model model) {
    return page(caller, cursor, Form.EMPTY, null, model);
  }

  /**
   * @param back the page it was asked on; ours only
   */
  @PostMapping("/reminders/stops")
  String add(
      Caller caller,
      @ModelAttribute("form") Form form,
      @RequestParam(required = false) @Nullable String back,
      Model model,
      RedirectAttributes next) {
    caller.require(Right.SEND);
    try {
      Stop stop = stops.add(caller, form.stop());
      next.addFlashAttribute("said", said(stop));
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      return page(caller, null, form, problem, model);
    }
    return "redirect:" + ours(back);
  }

  @PostMapping("/reminders/stops/{id}/end")
  String end(
      Caller caller,
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String back,
      RedirectAttributes next) {
    stops.end(caller, id);
    next.addFlashAttribute("said", "Ended. Reminders go on from here.");
    return "redirect:" + ours(back);
  }

  private String page(
      Caller caller, @Nullable String cursor, Form form, @Nullable Problem problem, Model model) {
    tabs.around(caller, "stops", model);
    Slice<Stop> slice = stops.list(caller.company(), A_PAGE, cursor);
    model.addAttribute("stops", slice.data());
    model.addAttribute("next", slice.nextCursor());
    model.addAttribute("form", form);
    model.addAttribute("problem", problem);
    model.addAttribute("kinds", kinds());
    return "reminders/stops";
  }

  private static Map<String, String> kinds() {
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("dispute", "Disputed: nothing until it is settled");
    kinds.put("promise", "Promised to pay: nothing until that day");
    kinds.put("excluded", "No reminders at all");
    return kinds;
  }

  private static String said(Stop stop) {
    List<String> words = new ArrayList<>();
    words.add(stop.invoice() == null ? stop.partner() : "Invoice " + stop.invoice());
    words.add(
        switch (stop.kind()) {
          case DISPUTE -> "is disputed: no reminders until you end that.";
          case PROMISE -> "is promised to be paid: no reminders until then.";
          case EXCLUDED -> "gets no reminders.";
          case SKIP -> "gets no reminder of step " + stop.step() + ".";
        });
    return String.join(" ", words);
  }

  /** Nobody is led elsewhere by a field of a form. */
  private static String ours(@Nullable String back) {
    boolean known =
        back != null
            && back.matches("/(reminders|documents|partners)(/[A-Za-z0-9%._~+()' -]*)*")
            && !back.contains("//");
    return known ? back.replace(" ", "%20") : "/reminders/stops";
  }
}
