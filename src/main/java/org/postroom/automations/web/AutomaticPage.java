package org.postroom.automations.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.automations.Automation;
import org.postroom.automations.Automations;
import org.postroom.automations.Automations.Setting;
import org.postroom.automations.Automations.Tally;
import org.postroom.automations.Obstacles;
import org.postroom.automations.Obstacles.Obstacle;
import org.postroom.automations.Options;
import org.postroom.automations.WouldHaveSent;
import org.postroom.db.Database;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Automatic emails: which event makes which mail, their switches, and what they did. */
@Controller
class AutomaticPage {
  private static final Duration COUNTED = Duration.ofDays(30);
  private static final int DAYS = 7;
  private static final int LOOKED_AT = 50;

  private final Automations automations;
  private final Obstacles obstacles;
  private final WouldHaveSent wouldHaveSent;
  private final Choices choices;
  private final Database database;

  AutomaticPage(
      Automations automations,
      Obstacles obstacles,
      WouldHaveSent wouldHaveSent,
      Choices choices,
      Database database) {
    this.automations = automations;
    this.obstacles = obstacles;
    this.wouldHaveSent = wouldHaveSent;
    this.choices = choices;
    this.database = database;
  }

  /** One automation with its switch and what it did. */
  record Line(
      Automation automation,
      Options options,
      String when,
      String to,
      @Nullable String template,
      @Nullable String account,
      Tally tally,
      List<Obstacle> obstacles,
      String page,
      boolean hasTrial) {}

  /** Lines that belong together. */
  record Group(String name, List<Line> lines) {}

  @GetMapping("/automatic")
  String list(Caller caller, Model model) {
    Instant since = database.now().minus(COUNTED);
    List<Setting> settings = automations.settings(caller.company());
    List<Line> lines = settings.stream().map(each -> line(caller, each, since)).toList();
    model.addAttribute(
        "groups",
        AutomationWords.GROUPS.stream()
            .map(name -> new Group(name, in(name, lines)))
            .filter(group -> !group.lines().isEmpty())
            .toList());
    model.addAttribute("allOff", settings.stream().noneMatch(Setting::enabled));
    model.addAttribute("mayChange", caller.may(Right.MANAGE_AUTOMATIONS));
    return "automations/list";
  }

  /**
   * The switch as it should stand; absent is off, as browsers send checkboxes. Switching on asks
   * once, with what would have gone lately.
   */
  @PostMapping("/automatic/{name}/switch")
  String change(
      Caller caller,
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String enabled,
      @RequestParam(required = false) @Nullable String sure,
      RedirectAttributes next) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    Automation automation = AutomationsRest.automation(name);
    boolean on = automations.setting(caller.company(), automation).enabled();
    if (enabled != null && sure == null && !on)
      return "redirect:/automatic/" + automation.word() + "/switch";
    Setting now = automations.enable(caller, automation, enabled != null, null);
    String what =
        now.enabled()
            ? "” is on. It sends for events from now on, never for old ones."
            : "” is off. Its events are kept and send nothing.";
    next.addFlashAttribute("said", "“" + automation.title() + what);
    return "redirect:/automatic";
  }

  @GetMapping("/automatic/{name}/switch")
  String ask(Caller caller, @PathVariable String name, Model model) {
    caller.require(Right.MANAGE_AUTOMATIONS);
    Automation automation = AutomationsRest.automation(name);
    Setting setting = automations.setting(caller.company(), automation);
    String title = "Switch on “" + automation.title() + "”?";
    model.addAttribute("title", title);
    model.addAttribute("heading", new Heading("/automatic", "Automatic emails", title, null));
    model.addAttribute("line", line(caller, setting, database.now().minus(COUNTED)));
    model.addAttribute("days", DAYS);
    model.addAttribute("problem", null);
    if (automation.trigger() == null) return "automations/switch";
    try {
      model.addAttribute(
          "trial", wouldHaveSent.trial(caller, automation, options -> options, DAYS, LOOKED_AT));
    } catch (Problem cannot) {
      model.addAttribute("problem", cannot);
    }
    return "automations/switch";
  }

  private Line line(Caller caller, Setting setting, Instant since) {
    String company = caller.company();
    Automation automation = setting.automation();
    String own = AutomationWords.ownPage(automation);
    return new Line(
        automation,
        setting.options(),
        AutomationWords.when(automation),
        choices.to(setting),
        choices.template(company, setting),
        choices.account(company, setting),
        automations.tally(company, automation, since),
        setting.enabled() ? obstacles.of(company, setting) : List.of(),
        own == null ? "/automatic/" + automation.word() : own,
        automation.trigger() != null);
  }

  private static List<Line> in(String group, List<Line> lines) {
    return lines.stream()
        .filter(line -> AutomationWords.group(line.automation()).equals(group))
        .toList();
  }
}
