package org.postroom.findings.web;

import org.postroom.access.Caller;
import org.postroom.findings.Finding;
import org.postroom.findings.Findings;
import org.postroom.http.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What a finding means and what to do, for everybody who is signed in. */
@Controller
class FindingPage {
  private final Findings findings;

  FindingPage(Findings findings) {
    this.findings = findings;
  }

  /** The caller is asked for so that only people who are signed in see it. */
  @GetMapping("/findings/{id}")
  String show(Caller caller, @PathVariable String id, Model model) {
    Finding finding = findings.find(id).orElseThrow(() -> Problem.notFound("This finding"));
    model.addAttribute("finding", finding);
    model.addAttribute("who", findings.whoActs(finding.action()));
    model.addAttribute("signs", findings.recognisedBy(finding.id()));
    return "findings/finding";
  }
}
