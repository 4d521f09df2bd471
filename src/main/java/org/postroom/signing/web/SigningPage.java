package org.postroom.signing.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.http.Chip;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.postroom.signing.Published;
import org.postroom.signing.SigningKey;
import org.postroom.signing.SigningKeys;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Signing for people: make keys, publish their records, switch them on and off. */
@Controller
class SigningPage {
  private final SigningKeys keys;

  SigningPage(SigningKeys keys) {
    this.keys = keys;
  }

  /** One record as people copy it. */
  record Txt(String name, String value, Chip chip) {}

  record Line(SigningKey key, Chip chip, List<Txt> records) {
    static Line of(SigningKey key) {
      List<Txt> records =
          key.entries().stream()
              .map(entry ->
                  new Txt(key.name(entry), entry.record().text(), entry.published().chip()))
              .toList();
      return new Line(key, chip(key), records);
    }

    private static Chip chip(SigningKey key) {
      return switch (key.state()) {
        case WAITING -> new Chip("wait", "clock", "Waits for its records");
        case RETIRED -> new Chip("off", "pause", "Switched off");
        case ACTIVE ->
            key.published() == Published.OK || key.published() == Published.UNKNOWN
                ? new Chip("ok", "tick", "Signing")
                : new Chip("fail", "cross", "Signing, but its records do not fit");
      };
    }
  }

  /** With a domain filled in for whoever comes from an account of it. */
  @GetMapping("/accounts/signing")
  String list(Caller caller, @RequestParam(defaultValue = "") String domain, Model model) {
    return page(caller, domain, null, null, model);
  }

  @PostMapping("/accounts/signing")
  String create(
      Caller caller,
      @RequestParam(defaultValue = "") String domain,
      Model model,
      RedirectAttributes next) {
    try {
      SigningKey key = keys.keep(caller, keys.make(caller, domain));
      next.addFlashAttribute(
          "said",
          "The keys for " + key.domain() + " are made. Now publish the two records shown below.");
    } catch (Problem problem) {
      if (problem.status() != 422 && problem.status() != 409) throw problem;
      return page(caller, domain, problem, null, model);
    }
    return "redirect:/accounts/signing";
  }

  /** Also for a key that signs: looks whether its records still stand. */
  @PostMapping("/accounts/signing/{id}/on")
  String activate(Caller caller, @PathVariable String id, Model model, RedirectAttributes next) {
    try {
      boolean before = keys.get(caller, id).active();
      SigningKey key = keys.activate(caller, id);
      next.addFlashAttribute(
          "said",
          before
              ? "Both records of " + key.domain() + " stand as they should."
              : "Mail from " + key.domain() + " is signed from now on.");
    } catch (Problem problem) {
      if (problem.status() != 409) throw problem;
      return page(caller, "", null, problem, model);
    }
    return "redirect:/accounts/signing";
  }

  @PostMapping("/accounts/signing/{id}/off")
  String deactivate(Caller caller, @PathVariable String id, RedirectAttributes next) {
    SigningKey key = keys.deactivate(caller, id);
    next.addFlashAttribute("said", "Mail from " + key.domain() + " is not signed any more.");
    return "redirect:/accounts/signing";
  }

  @GetMapping("/accounts/signing/{id}/delete")
  String askToDelete(Caller caller, @PathVariable String id, Model model) {
    return deletePage(keys.get(caller, id), null, model);
  }

  @PostMapping("/accounts/signing/{id}/delete")
  String delete(Caller caller, @PathVariable String id, Model model, RedirectAttributes next) {
    SigningKey key = keys.get(caller, id);
    try {
      keys.delete(caller, id);
    } catch (Problem problem) {
      if (problem.status() != 409) throw problem;
      return deletePage(key, problem, model);
    }
    next.addFlashAttribute("said", "The keys for " + key.domain() + " were deleted.");
    return "redirect:/accounts/signing";
  }

  private String page(
      Caller caller,
      String domain,
      @Nullable Problem problem,
      @Nullable Problem refused,
      Model model) {
    model.addAttribute("heading", new Heading("/accounts", "Email accounts", "Signing", null));
    model.addAttribute(
        "lines", keys.list(caller, 200, null).data().stream().map(Line::of).toList());
    model.addAttribute("domain", domain);
    model.addAttribute("problem", problem);
    model.addAttribute("refused", refused);
    return "signing/list";
  }

  private static String deletePage(SigningKey key, @Nullable Problem problem, Model model) {
    model.addAttribute(
        "heading", new Heading("/accounts/signing", "Signing", "Delete " + key.domain(), null));
    model.addAttribute("key", key);
    model.addAttribute("problem", problem);
    return "signing/delete";
  }
}
