package org.postroom.keeping.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.Problem;
import org.postroom.keeping.Erasure;
import org.postroom.keeping.Exports;
import org.postroom.keeping.Retention;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How long things are kept, and what a person may ask for. */
@Controller
class RetentionPage {
  private final Retention retention;
  private final Erasure erasure;
  private final Exports exports;

  RetentionPage(Retention retention, Erasure erasure, Exports exports) {
    this.retention = retention;
    this.erasure = erasure;
    this.exports = exports;
  }

  @GetMapping("/system/retention")
  String show(Caller caller, Model model) {
    return page(caller, null, Map.of(), model);
  }

  @PostMapping("/system/retention")
  String save(
      Caller caller,
      @RequestParam Map<String, String> typed,
      Model model,
      RedirectAttributes next) {
    Map<String, Integer> days = new LinkedHashMap<>();
    retention
        .of(caller)
        .forEach(kept -> {
          String value = typed.get(kept.kind());
          if (value != null) days.put(kept.kind(), number(value));
        });
    try {
      retention.save(caller, days);
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      return page(caller, problem, typed, model);
    }
    next.addFlashAttribute("said", "Saved. What is too old goes tonight.");
    return "redirect:/system/retention";
  }

  @GetMapping("/system/retention/person")
  String person(
      Caller caller,
      @RequestParam(defaultValue = "address") String kind,
      @RequestParam(defaultValue = "") String value,
      Model model) {
    caller.require(Right.MANAGE_PEOPLE);
    model.addAttribute("kind", kind);
    model.addAttribute("value", value);
    try {
      model.addAttribute("plan", erasure.plan(caller, Erasure.subject(kind, value)));
    } catch (Problem problem) {
      if (problem.status() != 422 && problem.status() != 404) throw problem;
      model.addAttribute("problem", problem);
    }
    return "keeping/person";
  }

  @PostMapping("/system/retention/person/erase")
  String erase(
      Caller caller,
      @RequestParam String kind,
      @RequestParam String value,
      @RequestParam(defaultValue = "false") boolean cancel,
      RedirectAttributes next) {
    try {
      String id = erasure.erase(caller, Erasure.subject(kind, value), cancel).id();
      return "redirect:/system/retention/certificates/" + id;
    } catch (Problem problem) {
      if (problem.status() != 409) throw problem;
      next.addFlashAttribute("refused", problem.detail());
      next.addAttribute("kind", kind);
      next.addAttribute("value", value);
      return "redirect:/system/retention/person";
    }
  }

  @PostMapping("/system/retention/person/export")
  void export(
      Caller caller,
      @RequestParam String kind,
      @RequestParam String value,
      HttpServletResponse answer)
      throws IOException {
    caller.require(Right.MANAGE_PEOPLE);
    PrivacyRest.Zip.write(caller, exports, Erasure.subject(kind, value), answer);
  }

  @PostMapping("/system/retention/export")
  void exportAll(Caller caller, HttpServletResponse answer) throws IOException {
    PrivacyRest.Zip.write(caller, exports, null, answer);
  }

  @GetMapping("/system/retention/certificates/{id}")
  String certificate(Caller caller, @PathVariable String id, Model model) {
    model.addAttribute("certificate", erasure.certificate(caller, id));
    return "keeping/certificate";
  }

  private String page(
      Caller caller, @Nullable Problem problem, Map<String, String> typed, Model model) {
    model.addAttribute("kinds", retention.of(caller));
    model.addAttribute("typed", typed);
    model.addAttribute("problem", problem);
    model.addAttribute("certificates", erasure.certificates(caller));
    return "keeping/retention";
  }

  private static int number(String typed) {
    return typed.strip().matches("[0-9]{1,6}") ? Integer.parseInt(typed.strip()) : -1;
  }
}
