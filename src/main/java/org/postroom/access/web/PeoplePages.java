package org.postroom.access.web;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Invitations;
import org.postroom.access.People;
import org.postroom.access.Right;
import org.postroom.access.Role;
import org.postroom.http.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Who works in the company, who is invited, and what each role may. */
@Controller
class PeoplePages {
  private final People people;
  private final Invitations invitations;

  PeoplePages(People people, Invitations invitations) {
    this.people = people;
    this.invitations = invitations;
  }

  /** What was typed into the invitation. */
  record Form(String email, String role) {}

  @GetMapping("/people")
  String list(Caller caller, Model model) {
    return page(caller, new Form("", Role.SALES.name()), null, model);
  }

  /** Where no mail goes out the link is in this one reply; nothing keeps it. */
  @PostMapping("/people/invitations")
  String invite(
      Caller caller,
      @RequestParam(defaultValue = "") String email,
      @RequestParam(defaultValue = "") String role,
      Model model,
      RedirectAttributes next) {
    var form = new Form(email, role);
    try {
      return made(caller, invitations.invite(caller, email, role(role), here()), model, next);
    } catch (Problem problem) {
      if (problem.status() != 422 && problem.status() != 409) throw problem;
      return page(caller, form, beside(problem), model);
    }
  }

  @PostMapping("/people/invitations/{id}/again")
  String again(Caller caller, @PathVariable String id, Model model, RedirectAttributes next) {
    return made(caller, invitations.again(caller, id, here()), model, next);
  }

  @PostMapping("/people/invitations/{id}/withdraw")
  String withdraw(Caller caller, @PathVariable String id, RedirectAttributes next) {
    invitations.withdraw(caller, id);
    next.addFlashAttribute(
        "said", "The invitation was withdrawn. Its link does not work any more.");
    return "redirect:/people";
  }

  static Map<String, String> roles() {
    Map<String, String> roles = new LinkedHashMap<>();
    for (Role role : Role.values()) roles.put(role.name(), role.words());
    return roles;
  }

  static Role role(String name) {
    return Arrays.stream(Role.values())
        .filter(role -> role.name().equals(name))
        .findFirst()
        .orElseThrow(() -> Problem.invalid("/role", "unknown", "Choose a role."));
  }

  private String made(Caller caller, Invitations.Made made, Model model, RedirectAttributes next) {
    if (made.link() == null) {
      next.addFlashAttribute("said", "An invitation is on its way to " + made.open().email() + ".");
      return "redirect:/people";
    }
    model.addAttribute("made", made);
    return list(caller, model);
  }

  private String page(Caller caller, Form form, @Nullable Problem problem, Model model) {
    model.addAttribute("people", people.list(caller));
    model.addAttribute("open", invitations.list(caller));
    model.addAttribute("form", form);
    model.addAttribute("problem", problem);
    model.addAttribute("roles", roles());
    model.addAttribute("allRoles", Role.values());
    model.addAttribute("rights", Right.values());
    Map<Right, String> words = new EnumMap<>(Right.class);
    for (Right right : Right.values()) words.put(right, Role.words(right));
    model.addAttribute("words", words);
    return "access/people";
  }

  /** Somebody who is there already is told beside the address that was typed. */
  private static Problem beside(Problem problem) {
    return problem.status() == 422
        ? problem
        : Problem.invalid("/email", problem.code(), problem.detail());
  }

  private static String here() {
    return ServletUriComponentsBuilder.fromCurrentContextPath().toUriString();
  }
}
