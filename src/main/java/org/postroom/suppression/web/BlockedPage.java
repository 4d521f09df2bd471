package org.postroom.suppression.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.Problem;
import org.postroom.http.Slice;
import org.postroom.suppression.Suppression;
import org.postroom.suppression.Suppression.Cause;
import org.postroom.suppression.SuppressionFilter;
import org.postroom.suppression.SuppressionTable;
import org.postroom.suppression.SuppressionTable.Imported;
import org.postroom.suppression.Suppressions;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Blocked addresses: look, unblock, add, import, export. */
@Controller
class BlockedPage {
  private static final int ON_A_PAGE = 50;
  private final Suppressions suppressions;
  private final SuppressionTable table;

  BlockedPage(Suppressions suppressions, SuppressionTable table) {
    this.suppressions = suppressions;
    this.table = table;
  }

  @GetMapping("/blocked")
  String list(
      Caller caller,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String cause,
      @RequestParam(required = false) @Nullable String cursor,
      Model model) {
    return page(caller, q, cause, cursor, null, "", model);
  }

  @PostMapping("/blocked")
  String add(
      Caller caller,
      @RequestParam(defaultValue = "") String address,
      @RequestParam(defaultValue = "") String note,
      Model model,
      RedirectAttributes next) {
    try {
      Suppression blocked = suppressions.block(caller, address, note);
      next.addFlashAttribute("said", blocked.address() + " is blocked.");
      return "redirect:/blocked";
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      return page(caller, "", "", null, problem, address, model);
    }
  }

  @PostMapping("/blocked/unblock")
  String unblock(
      Caller caller,
      @RequestParam(defaultValue = "") String address,
      @RequestParam(defaultValue = "") String note,
      RedirectAttributes next) {
    suppressions.unblock(caller, address, note);
    next.addFlashAttribute(
        "said", address + " may be written to again. Mail that was not sent can be retried.");
    return "redirect:/blocked";
  }

  @PostMapping("/blocked/import")
  String take(
      Caller caller,
      @RequestParam @Nullable MultipartFile file,
      Model model,
      RedirectAttributes next)
      throws IOException {
    caller.require(Right.CHANGE_OTHERS_MAIL);
    try {
      if (file == null || file.isEmpty())
        throw Problem.invalid("/file", "required", "Choose a file.");
      Imported imported = table.take(caller, file.getBytes());
      next.addFlashAttribute(
          "said",
          "%d addresses are blocked now; %d were before."
              .formatted(imported.added(), imported.known()));
      return "redirect:/blocked";
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      return page(caller, "", "", null, problem, "", model);
    }
  }

  @GetMapping("/blocked.csv")
  void export(Caller caller, HttpServletResponse response) throws IOException {
    response.setContentType("text/csv; charset=UTF-8");
    response.setHeader("Content-Disposition", "attachment; filename=\"blocked-addresses.csv\"");
    Iterator<String> lines = table.lines(caller).iterator();
    while (lines.hasNext()) response.getWriter().write(lines.next());
  }

  private String page(
      Caller caller,
      String q,
      String cause,
      @Nullable String cursor,
      @Nullable Problem problem,
      String typed,
      Model model) {
    Cause only = causes().containsKey(cause) && !cause.isEmpty() ? byWord(cause) : null;
    var filter = new SuppressionFilter(q.isBlank() ? null : q, only);
    Slice<Suppression> slice = suppressions.list(caller, filter, ON_A_PAGE, cursor);
    model.addAttribute("blocked", slice.data());
    model.addAttribute("next", slice.nextCursor());
    model.addAttribute("later", cursor != null);
    model.addAttribute("q", q);
    model.addAttribute("cause", cause);
    model.addAttribute("causes", causes());
    model.addAttribute("narrows", !q.isBlank() || only != null);
    model.addAttribute("problem", problem);
    model.addAttribute("typed", typed);
    model.addAttribute("mayChange", caller.may(Right.CHANGE_OTHERS_MAIL));
    return "suppression/blocked";
  }

  private static Cause byWord(String word) {
    return Cause.valueOf(word.toUpperCase(java.util.Locale.ROOT));
  }

  private static Map<String, String> causes() {
    Map<String, String> causes = new LinkedHashMap<>();
    causes.put("", "Any reason");
    causes.put(Cause.HARD_BOUNCE.word(), "Does not exist or takes no mail");
    causes.put(Cause.SOFT_BOUNCES.word(), "Full for two weeks");
    causes.put(Cause.COMPLAINT.word(), "Complaint");
    causes.put(Cause.BY_HAND.word(), "By hand");
    return causes;
  }
}
