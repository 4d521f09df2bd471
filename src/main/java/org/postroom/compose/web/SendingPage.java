package org.postroom.compose.web;

import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.compose.Sending;
import org.postroom.compose.SendingChoices;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** How the company sends by hand: time to undo, links for what is too large. */
@Controller
class SendingPage {
  private final Sending sending;

  SendingPage(Sending sending) {
    this.sending = sending;
  }

  /** The fields as typed. */
  record Form(@Nullable String undo_seconds, @Nullable String links, @Nullable String link_days) {
    static Form of(SendingChoices choices) {
      return new Form(
          String.valueOf(choices.undoSeconds()),
          choices.links() ? "on" : null,
          String.valueOf(choices.linkDays()));
    }

    SendingChoices choices() {
      return new SendingChoices(number(undo_seconds), links != null, number(link_days));
    }

    private static int number(@Nullable String text) {
      String typed = text == null ? "" : text.strip();
      return typed.matches("\\d{1,4}") ? Integer.parseInt(typed) : -1;
    }
  }

  @GetMapping("/company/sending")
  String show(Caller caller, Model model) {
    caller.require(Right.MANAGE_PEOPLE);
    return form(Form.of(sending.choices(caller.company())), null, model);
  }

  @PostMapping("/company/sending")
  String save(
      Caller caller, @ModelAttribute("form") Form form, Model model, RedirectAttributes next) {
    try {
      sending.choose(caller, form.choices());
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      return form(form, problem, model);
    }
    next.addFlashAttribute("said", "Saved.");
    return "redirect:/company/sending";
  }

  private static String form(Form form, @Nullable Problem problem, Model model) {
    model.addAttribute("form", form);
    model.addAttribute("problem", problem);
    model.addAttribute(
        "heading", new Heading("/company", "Company and branding", "Sending by hand", null));
    return "compose/sending";
  }
}
