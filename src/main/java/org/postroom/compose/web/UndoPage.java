package org.postroom.compose.web;

import org.postroom.access.Caller;
import org.postroom.compose.Undo;
import org.postroom.http.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The way back from a message that has not left to its draft. */
@Controller
class UndoPage {
  private final Undo undo;

  UndoPage(Undo undo) {
    this.undo = undo;
  }

  @PostMapping("/messages/{id}/undo")
  String undo(Caller caller, @PathVariable String id, RedirectAttributes next) {
    try {
      String draft = undo.undo(caller, id);
      next.addFlashAttribute("said", "It was not sent. Everything is as you typed it.");
      return "redirect:/send/drafts/" + draft;
    } catch (Problem problem) {
      if (problem.status() != 409) throw problem;
      next.addFlashAttribute("refused", problem.detail());
      return "redirect:/messages/" + id;
    }
  }
}
