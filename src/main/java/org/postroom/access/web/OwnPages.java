package org.postroom.access.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Letter;
import org.postroom.access.NewPasswords;
import org.postroom.access.OwnSignIn;
import org.postroom.access.Sessions;
import org.postroom.http.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One's own name, address, password and sign-ins; and the way to one's other companies. */
@Controller
class OwnPages {
  private final OwnSignIn own;
  private final Sessions sessions;
  private final NewPasswords passwords;
  private final Access access;

  OwnPages(OwnSignIn own, Sessions sessions, NewPasswords passwords, Access access) {
    this.own = own;
    this.sessions = sessions;
    this.passwords = passwords;
    this.access = access;
  }

  @GetMapping("/me")
  String show(Caller caller, HttpServletRequest request, Model model) {
    return page(caller, request, null, model);
  }

  @PostMapping("/me/name")
  String rename(
      Caller caller,
      @RequestParam(defaultValue = "") String name,
      HttpServletRequest request,
      Model model,
      RedirectAttributes next) {
    try {
      own.rename(caller, name);
    } catch (Problem problem) {
      return again(caller, request, problem, model);
    }
    return said(next, "Your name was changed, in all your companies.");
  }

  @PostMapping("/me/password")
  String changePassword(
      Caller caller,
      @RequestParam(defaultValue = "") String present,
      @RequestParam(defaultValue = "") String wanted,
      @RequestParam(defaultValue = "") String again,
      HttpServletRequest request,
      Model model,
      RedirectAttributes next) {
    try {
      if (!wanted.equals(again))
        throw Problem.invalid("/again", "different", "The two passwords are not the same.");
      own.changePassword(caller, present, wanted, request);
    } catch (Problem problem) {
      return again(caller, request, problem, model);
    }
    return said(next, "Your password was changed. Everywhere else you are signed out.");
  }

  @PostMapping("/me/address")
  String changeAddress(
      Caller caller,
      @RequestParam(defaultValue = "") String email,
      @RequestParam(name = "proof", defaultValue = "") String present,
      HttpServletRequest request,
      Model model,
      RedirectAttributes next) {
    try {
      Letter.Sent sent = own.changeAddress(caller, present, email, request);
      if (sent.message() == null)
        throw Problem.invalid("/email", "not_sent", "No mail went out. " + sent.why());
    } catch (Problem problem) {
      return again(caller, request, moved(problem), model);
    }
    return said(
        next, "A link is on its way to " + email.strip() + ". Until you open it, nothing changes.");
  }

  @PostMapping("/me/sessions/{id}/end")
  String end(Caller caller, @PathVariable String id, RedirectAttributes next) {
    sessions.end(caller, id);
    return said(next, "That sign-in was ended.");
  }

  @PostMapping("/me/sessions/end-others")
  String endOthers(Caller caller, HttpServletRequest request, RedirectAttributes next) {
    int ended = sessions.endOthers(caller, request);
    return said(next, ended == 0 ? "There was no other." : "You are signed in only here now.");
  }

  @PostMapping("/me/company")
  String switchTo(
      Caller caller,
      @RequestParam(defaultValue = "") String company,
      HttpServletRequest request,
      HttpServletResponse response) {
    sessions.switchTo(caller, company, request, response);
    return "redirect:/";
  }

  private String page(
      Caller caller, HttpServletRequest request, @Nullable Problem problem, Model model) {
    boolean hasPassword = own.hasPassword(caller);
    model.addAttribute("me", caller);
    model.addAttribute("sessions", SessionLine.of(sessions.own(caller, request)));
    model.addAttribute("hasPassword", hasPassword && passwords.used());
    model.addAttribute("passwords", passwords.used());
    model.addAttribute("problem", problem);
    model.addAttribute("mayAdd", access.mayAddCompany(caller));
    return "access/me";
  }

  private String again(Caller caller, HttpServletRequest request, Problem problem, Model model) {
    if (problem.status() == 403) throw problem;
    return page(caller, request, problem, model);
  }

  /** Two forms of one page ask for the present password. */
  private static Problem moved(Problem problem) {
    String wrong = problem.errorAt("/present");
    return wrong == null ? problem : Problem.invalid("/proof", "wrong", wrong);
  }

  private static String said(RedirectAttributes next, String words) {
    next.addFlashAttribute("said", words);
    return "redirect:/me";
  }
}
