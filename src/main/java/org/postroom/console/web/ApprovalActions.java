package org.postroom.console.web;

import org.postroom.access.Caller;
import org.postroom.http.Problem;
import org.postroom.outbox.Approvals;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Agreeing to a message that waits for it, or not. */
@Controller
class ApprovalActions {
  private final Approvals approvals;

  ApprovalActions(Approvals approvals) {
    this.approvals = approvals;
  }

  @PostMapping("/messages/{id}/approval")
  String decide(
      Caller caller,
      @PathVariable String id,
      @RequestParam String decision,
      @RequestParam(defaultValue = "") String reason,
      RedirectAttributes next) {
    try {
      next.addFlashAttribute("said", decided(caller, id, decision.equals("approve"), reason));
    } catch (Problem problem) {
      if (problem.status() == 404) throw problem;
      next.addFlashAttribute("refused", problem.detail());
    }
    return "redirect:/messages/" + id;
  }

  private String decided(Caller caller, String id, boolean approve, String reason) {
    if (approve) {
      approvals.approve(caller, id);
      return "Approved. It goes out.";
    }
    approvals.reject(caller, id, reason);
    return "Not approved. It will not be sent.";
  }
}
