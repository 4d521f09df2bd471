package org.postroom.statements.web;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.receivables.Receivables;
import org.postroom.statements.StatementRun;
import org.postroom.statements.StatementRun.LineState;
import org.postroom.statements.StatementRuns;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Statement runs: choose, look at who will and who will not get one, start, watch, stop. */
@Controller
class RunsPage {
  private static final int ON_A_PAGE = 50;
  private static final int LATEST = 20;
  private final StatementRuns runs;
  private final Receivables receivables;

  RunsPage(StatementRuns runs, Receivables receivables) {
    this.runs = runs;
    this.receivables = receivables;
  }

  @GetMapping("/statements")
  String list(Caller caller, @RequestParam(required = false) @Nullable String cursor, Model model) {
    RunForm form = RunForm.empty(receivables.today(caller.company()));
    return form(caller, form, null, cursor, model);
  }

  @PostMapping("/statements")
  String begin(Caller caller, @ModelAttribute RunForm form, Model model) {
    try {
      var request = form.request(receivables.today(caller.company()));
      return to(runs.begin(caller, request, null));
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      return form(caller, form, problem, null, model);
    }
  }

  @GetMapping("/statements/runs/{id}")
  String show(
      Caller caller,
      @PathVariable String id,
      @RequestParam(required = false) @Nullable String list,
      @RequestParam(required = false) @Nullable String cursor,
      Model model) {
    StatementRun run = runs.get(caller, id);
    Map<LineState, Long> tabs = tabs(run);
    LineState asked = LineState.of(list);
    LineState state = asked != null && tabs.containsKey(asked) ? asked : first(run);
    model.addAttribute("run", run);
    model.addAttribute("heading", heading(run));
    model.addAttribute("title", title(run));
    model.addAttribute("state", state);
    model.addAttribute("tabs", tabs);
    model.addAttribute("cursor", cursor);
    model.addAttribute("slice", runs.lines(caller, id, state, ON_A_PAGE, cursor));
    model.addAttribute("maySend", caller.may(Right.SEND));
    model.addAttribute("seconds", secondsLeft(run));
    return "statements/run";
  }

  @PostMapping("/statements/runs/{id}/start")
  String start(Caller caller, @PathVariable String id) {
    return to(runs.start(caller, id));
  }

  @PostMapping("/statements/runs/{id}/stop")
  String stop(Caller caller, @PathVariable String id) {
    return to(runs.stop(caller, id));
  }

  /** A new run for exactly those that could not be made. */
  @PostMapping("/statements/runs/{id}/again")
  String again(Caller caller, @PathVariable String id) {
    return to(runs.again(caller, id));
  }

  private String form(
      Caller caller,
      RunForm form,
      @Nullable Problem problem,
      @Nullable String cursor,
      Model model) {
    model.addAttribute("form", form);
    model.addAttribute("problem", problem);
    model.addAttribute("slice", runs.list(caller, LATEST, cursor));
    model.addAttribute("cursor", cursor);
    model.addAttribute("maySend", caller.may(Right.SEND));
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("open_items", "Open items: what is open on the day");
    kinds.put("activity", "Activity: everything that moved in a period");
    model.addAttribute("kinds", kinds);
    model.addAttribute("chips", RunWords.chips());
    return "statements/list";
  }

  private static String to(StatementRun run) {
    return "redirect:/statements/runs/" + run.id();
  }

  private static Heading heading(StatementRun run) {
    return new Heading("/statements", "Statements", title(run), RunWords.chip(run.state()));
  }

  private static String title(StatementRun run) {
    return "Statements of " + run.request().scope().asOf();
  }

  /** What a person wants to see first. */
  private static LineState first(StatementRun run) {
    if (run.counts().failed() > 0) return LineState.FAILED;
    if (run.counts().waiting() > 0 || run.counts().all() == 0) return LineState.WAITING;
    return run.counts().sent() > 0 ? LineState.SENT : LineState.SKIPPED;
  }

  private static Map<LineState, Long> tabs(StatementRun run) {
    Map<LineState, Long> tabs = new LinkedHashMap<>();
    tabs.put(LineState.FAILED, run.counts().failed());
    tabs.put(LineState.WAITING, run.counts().waiting());
    tabs.put(LineState.SENT, run.counts().sent());
    tabs.put(LineState.SKIPPED, run.counts().skipped());
    boolean begun = run.startedAt() != null;
    if (!begun || run.counts().failed() == 0) tabs.remove(LineState.FAILED);
    if (!begun) tabs.remove(LineState.SENT);
    if (begun && run.counts().waiting() == 0) tabs.remove(LineState.WAITING);
    return tabs;
  }

  /** By the speed so far; null while nobody can say. */
  private static @Nullable Long secondsLeft(StatementRun run) {
    long handled = run.counts().handled();
    if (run.state() != StatementRun.State.RUNNING || run.startedAt() == null || handled < 20)
      return null;
    long millis = Math.max(1, Duration.between(run.startedAt(), Instant.now()).toMillis());
    return Math.max(1, millis * run.counts().waiting() / handled / 1000);
  }
}
