package org.postroom.automations.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.automations.Automation;
import org.postroom.automations.Automations;
import org.postroom.automations.Automations.Setting;
import org.postroom.automations.Automations.Tally;
import org.postroom.automations.BusinessEvent;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Automatic emails: which event makes which mail, what they did, and what the ERP told us. */
@Controller
class AutomaticPage {
  private static final Duration COUNTED = Duration.ofDays(30);
  private static final int EVENTS = 25;

  private final Automations automations;

  AutomaticPage(Automations automations) {
    this.automations = automations;
  }

  /** One automation with its switch and what it did. */
  record Line(Automation automation, boolean enabled, Tally tally) {
    public String purpose() {
      return words(automation.purpose().word());
    }
  }

  @GetMapping("/automatic")
  String list(Caller caller, @RequestParam(required = false) @Nullable String cursor, Model model) {
    String company = caller.company();
    Instant since = Instant.now().minus(COUNTED);
    model.addAttribute(
        "lines",
        automations.settings(company).stream()
            .map(setting -> line(company, setting, since))
            .toList());
    Slice<BusinessEvent> events = automations.events(company, EVENTS, cursor(cursor));
    model.addAttribute("events", events.data());
    model.addAttribute("next", events.nextCursor());
    model.addAttribute("titles", titles());
    model.addAttribute("mayChange", caller.may(Right.MANAGE_AUTOMATIONS));
    return "automations/list";
  }

  /** The switch as it should stand; absent is off, as browsers send checkboxes. */
  @PostMapping("/automatic/{name}")
  String change(
      Caller caller,
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String enabled,
      RedirectAttributes next) {
    Automation automation =
        Automation.of(name)
            .orElseThrow(() -> Problem.notFound("The automatic email “" + name + "”"));
    Setting now = automations.enable(caller, automation, enabled != null, null);
    String what =
        now.enabled()
            ? "” is on. It sends for events from now on, never for old ones."
            : "” is off. Its events are kept and send nothing.";
    next.addFlashAttribute("said", "“" + automation.title() + what);
    return "redirect:/automatic";
  }

  private Line line(String company, Setting setting, Instant since) {
    Automation automation = setting.automation();
    return new Line(automation, setting.enabled(), automations.tally(company, automation, since));
  }

  private static Map<String, String> titles() {
    Function<Automation, String> word = Automation::word;
    return List.of(Automation.values()).stream().collect(Collectors.toMap(word, Automation::title));
  }

  private static @Nullable String cursor(@Nullable String cursor) {
    return cursor == null || !cursor.matches("[a-z0-9_]{1,60}") ? null : cursor;
  }

  private static String words(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1).replace('_', ' ');
  }
}
