package org.postroom.payments.web;

import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.payments.LinkChoices;
import org.postroom.payments.PaymentLinks;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What the company settled about its links. */
@Controller
class LinkChoicesPage {
  private final PaymentLinks links;

  LinkChoicesPage(PaymentLinks links) {
    this.links = links;
  }

  /** The fields as typed. */
  record Form(@Nullable String in_mails, @Nullable String days, @Nullable String combined) {
    static Form of(LinkChoices choices) {
      return new Form(
          choices.inMails() ? "on" : null,
          String.valueOf(choices.days()),
          choices.combined() ? "on" : null);
    }

    LinkChoices choices() {
      String typed = days == null ? "" : days.strip();
      int number = typed.matches("\\d{1,4}") ? Integer.parseInt(typed) : -1;
      return new LinkChoices(in_mails != null, number, combined != null);
    }
  }

  @GetMapping("/payments/settings")
  String show(Caller caller, Model model) {
    caller.require(Right.MANAGE_PAYMENTS);
    return form(Form.of(links.choices(caller.company())), null, model);
  }

  @PostMapping("/payments/settings")
  String save(
      Caller caller, @ModelAttribute("form") Form form, Model model, RedirectAttributes next) {
    try {
      links.choose(caller, form.choices());
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      return form(form, problem, model);
    }
    next.addFlashAttribute("said", "Saved.");
    return "redirect:/payments/settings";
  }

  private String form(Form form, @Nullable Problem problem, Model model) {
    model.addAttribute("form", form);
    model.addAttribute("problem", problem);
    model.addAttribute("reachable", links.reachable());
    model.addAttribute("heading", new Heading("/payments", "Payments", "Choices", null));
    return "payments/settings";
  }
}
