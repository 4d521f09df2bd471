package org.postroom.environment.web;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.environment.Environment;
import org.postroom.environment.Standing;
import org.postroom.environment.TestMode;
import org.postroom.environment.TestMode.Mode;
import org.postroom.environment.TestModes;
import org.postroom.http.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Whether mail really leaves, and what a copy of an installation is. */
@Controller
class TestModePage {
  private static final String PATH = "/system/test-mode";
  private final TestModes modes;
  private final Environment environment;

  TestModePage(TestModes modes, Environment environment) {
    this.modes = modes;
    this.environment = environment;
  }

  @GetMapping(PATH)
  String show(Caller caller, Model model) {
    TestMode mode = modes.of(caller.company());
    String to = mode.redirectTo() == null ? "" : mode.redirectTo().spec();
    return page(
        caller,
        mode.mode().word(),
        to,
        String.join("\n", mode.allowed()),
        mode.version(),
        null,
        model);
  }

  @PostMapping(PATH)
  String save(
      Caller caller,
      @RequestParam(defaultValue = "") String mode,
      @RequestParam(name = "redirect_to", defaultValue = "") String to,
      @RequestParam(defaultValue = "") String allowed,
      @RequestParam(required = false) @Nullable Long version,
      Model model,
      RedirectAttributes next) {
    caller.require(Right.MANAGE_ACCOUNTS);
    try {
      Mode wanted = Mode.byWord().get(mode);
      if (wanted == null)
        throw Problem.invalid("/mode", "required", "Choose what becomes of mail.");
      List<String> lines = Arrays.asList(allowed.split("[\\r\\n,;]+"));
      modes.save(caller, TestMode.of(wanted, to, lines), version);
    } catch (Problem problem) {
      if (problem.status() != 422 && problem.status() != 412) throw problem;
      long known = version == null ? 0 : version;
      return page(caller, mode, to, allowed, known, onFields(problem), model);
    }
    next.addFlashAttribute("said", "Saved. It holds for everything that goes from now on.");
    return "redirect:" + PATH;
  }

  @PostMapping(PATH + "/environment")
  String become(
      Caller caller, @RequestParam(defaultValue = "") String standing, RedirectAttributes next) {
    Standing wanted =
        Arrays.stream(Standing.values())
            .filter(one -> one.word().equals(standing))
            .findFirst()
            .orElseThrow(
                () -> Problem.invalid("/standing", "unknown_value", "Say what this copy is."));
    environment.become(caller, wanted);
    next.addFlashAttribute(
        "said",
        switch (wanted) {
          case ORIGINAL -> "This is the original now: what waits goes out.";
          case TEST_COPY -> "This is a test copy: everything runs, and all mail is caught here.";
          case MUTED -> "This copy is silent.";
        });
    return "redirect:" + PATH;
  }

  /** Lines of the list have no fields of their own on the page. */
  private static Problem onFields(Problem problem) {
    if (problem.errors().isEmpty()) return problem;
    return Problem.invalid(
        problem.errors().stream()
            .map(error ->
                new Problem.FieldError(
                    error.pointer().startsWith("/allowed") ? "/allowed" : error.pointer(),
                    error.code(),
                    error.message()))
            .toList());
  }

  private String page(
      Caller caller,
      String mode,
      String to,
      String allowed,
      long version,
      @Nullable Problem problem,
      Model model) {
    Map<String, String> words = new LinkedHashMap<>();
    for (Mode each : Mode.values()) words.put(each.word(), each.words());
    model.addAttribute("modes", words);
    model.addAttribute("mode", mode);
    model.addAttribute("to", to);
    model.addAttribute("allowed", allowed);
    model.addAttribute("version", version);
    model.addAttribute("problem", problem);
    model.addAttribute("mayChange", caller.may(Right.MANAGE_ACCOUNTS));
    model.addAttribute("mayDecide", caller.may(Right.MANAGE_PEOPLE));
    model.addAttribute("standing", environment.standing().word());
    model.addAttribute("id", environment.id());
    model.addAttribute("owner", environment.owner());
    return "environment/test-mode";
  }
}
