package org.postroom.compose.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.compose.Bulk;
import org.postroom.compose.BulkDraft;
import org.postroom.compose.MessageDraft.Typed;
import org.postroom.http.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Documents that were ticked in a list, on their way into the outbox. */
@Controller
@RequestMapping("/send/bulk")
class BulkPage {
  private final Bulk bulk;
  private final BulkView view;

  BulkPage(Bulk bulk, BulkView view) {
    this.bulk = bulk;
    this.view = view;
  }

  /** From a list: {@code document} is kind and number of each, as {@link Typed#further} writes. */
  @PostMapping
  String start(
      Caller caller,
      @RequestParam(required = false) @Nullable List<String> document,
      RedirectAttributes next) {
    try {
      List<String> ticked = document == null ? List.of() : document;
      return at(bulk.start(caller, ticked.stream().map(Typed::document).toList()));
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      next.addFlashAttribute("refused", problem.detail());
      return "redirect:/documents";
    }
  }

  @GetMapping("/{id}")
  String show(Caller caller, @PathVariable String id, Model model) {
    return page(caller, bulk.get(caller, id), null, model);
  }

  /** Keeps what was chosen with every button. */
  @PostMapping("/{id}")
  String change(
      Caller caller,
      @PathVariable String id,
      @RequestParam MultiValueMap<String, String> form,
      @RequestParam(defaultValue = "update") String action,
      Model model) {
    BulkDraft draft = bulk.get(caller, id);
    if (draft.results() != null) return at(draft);
    BulkDraft changed = bulk.change(caller, id, BulkForm.wish(draft.wish(), form));
    if (changed.wish().items().isEmpty()) return "redirect:/documents";
    if (!action.equals("send")) return at(changed);
    try {
      bulk.send(caller, changed);
    } catch (Problem problem) {
      if (problem.status() != 422 && problem.status() != 409) throw problem;
      return page(caller, changed, problem, model);
    }
    return at(changed);
  }

  @PostMapping("/{id}/undo")
  String undo(Caller caller, @PathVariable String id, RedirectAttributes next) {
    try {
      bulk.undo(caller, bulk.get(caller, id));
      next.addFlashAttribute("said", "Nothing was sent. Everything is as it was.");
    } catch (Problem problem) {
      if (problem.status() != 409) throw problem;
      next.addFlashAttribute(
          "refused", "It is too late to take all of it back. Cancel single messages below.");
    }
    return "redirect:/send/bulk/" + id;
  }

  private String page(Caller caller, BulkDraft draft, @Nullable Problem problem, Model model) {
    if (draft.results() != null) {
      view.sent(caller, draft, draft.results(), model);
      return "compose/bulk-sent";
    }
    view.fill(caller, draft, model);
    if (problem != null) model.addAttribute("problem", problem);
    return "compose/bulk";
  }

  private static String at(BulkDraft draft) {
    return "redirect:/send/bulk/" + draft.id();
  }
}
