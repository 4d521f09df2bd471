package org.postroom.compose.web;

import org.postroom.access.Caller;
import org.postroom.compose.Downloads;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Ending a link to files before its time. */
@Controller
class WithdrawPage {
  private final Downloads downloads;

  WithdrawPage(Downloads downloads) {
    this.downloads = downloads;
  }

  @PostMapping("/messages/{id}/files/withdraw")
  String withdraw(Caller caller, @PathVariable String id, RedirectAttributes next) {
    downloads.withdraw(caller, id);
    next.addFlashAttribute("said", "The link does not work any more, and its files are deleted.");
    return "redirect:/messages/" + id;
  }
}
