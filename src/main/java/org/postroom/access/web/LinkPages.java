package org.postroom.access.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Invitations;
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

/**
 * Where links lead that were mailed to people, and the page that asks for one. Nothing happens by
 * opening a link: mail programs and virus scanners open them too.
 */
@Controller
class LinkPages {
  private final Invitations invitations;
  private final NewPasswords passwords;
  private final OwnSignIn own;
  private final Sessions sessions;

  LinkPages(Invitations invitations, NewPasswords passwords, OwnSignIn own, Sessions sessions) {
    this.invitations = invitations;
    this.passwords = passwords;
    this.own = own;
    this.sessions = sessions;
  }

  @GetMapping("/invitation/{secret}")
  String invitation(@PathVariable String secret, Model model) {
    return invitation(secret, "", null, model);
  }

  @PostMapping("/invitation/{secret}")
  String accept(
      @PathVariable String secret,
      @RequestParam(defaultValue = "") String name,
      @RequestParam(defaultValue = "") String password,
      @RequestParam(defaultValue = "") String again,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    String email;
    try {
      requireSame(password, again);
      email = invitations.accept(secret, name, password);
    } catch (Problem problem) {
      if (problem.status() == 404) return over(model);
      if (problem.status() != 422) return invitation(secret, name, null, model);
      return invitation(secret, name, problem, model);
    }
    sessions.signIn(email, request, response);
    return "redirect:/";
  }

  /** For somebody who signed in; who has not is asked to, and comes back here. */
  @GetMapping("/invitation/{secret}/as-me")
  String asMe(Caller caller, @PathVariable String secret, Model model) {
    try {
      model.addAttribute("offer", invitations.offer(secret));
    } catch (Problem problem) {
      return over(model);
    }
    model.addAttribute("secret", secret);
    model.addAttribute("me", caller.email());
    return "access/invitation-as-me";
  }

  @PostMapping("/invitation/{secret}/as-me")
  String acceptAsMe(
      Caller caller,
      @PathVariable String secret,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    try {
      String company = invitations.acceptAs(caller, secret);
      sessions.switchTo(caller, company, request, response);
    } catch (Problem problem) {
      if (problem.status() == 404) return over(model);
      throw problem;
    }
    return "redirect:/";
  }

  @GetMapping("/forgot-password")
  String forgot(Model model) {
    return forgot("", null, false, model);
  }

  @PostMapping("/forgot-password")
  String askForLink(
      @RequestParam(defaultValue = "") String email, HttpServletRequest request, Model model) {
    try {
      passwords.ask(email, request.getRemoteAddr());
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      return forgot(email, problem, false, model);
    }
    return forgot(email, null, true, model);
  }

  @GetMapping("/new-password/{secret}")
  String newPassword(@PathVariable String secret, Model model) {
    return newPassword(secret, null, model);
  }

  @PostMapping("/new-password/{secret}")
  String setPassword(
      @PathVariable String secret,
      @RequestParam(defaultValue = "") String password,
      @RequestParam(defaultValue = "") String again,
      Model model) {
    try {
      requireSame(password, again);
      passwords.set(secret, password);
    } catch (Problem problem) {
      if (problem.status() == 404) return over(model);
      if (problem.status() != 422) throw problem;
      return newPassword(secret, problem, model);
    }
    return "redirect:/sign-in?changed";
  }

  @GetMapping("/new-address/{secret}")
  String newAddress(@PathVariable String secret, Model model) {
    try {
      model.addAttribute("email", own.addressOf(secret));
    } catch (Problem problem) {
      return over(model);
    }
    model.addAttribute("secret", secret);
    return "access/new-address";
  }

  @PostMapping("/new-address/{secret}")
  String confirmAddress(@PathVariable String secret, Model model) {
    try {
      own.confirmAddress(secret);
    } catch (Problem problem) {
      if (problem.status() == 404) return over(model);
      throw problem;
    }
    return "redirect:/sign-in?moved";
  }

  private String invitation(String secret, String name, @Nullable Problem problem, Model model) {
    try {
      model.addAttribute("offer", invitations.offer(secret));
    } catch (Problem gone) {
      return over(model);
    }
    model.addAttribute("secret", secret);
    model.addAttribute("name", name);
    model.addAttribute("problem", problem);
    model.addAttribute("passwords", passwords.used());
    return "access/invitation";
  }

  private String forgot(String email, @Nullable Problem problem, boolean asked, Model model) {
    model.addAttribute("email", email);
    model.addAttribute("problem", problem);
    model.addAttribute("asked", asked);
    model.addAttribute("passwords", passwords.used());
    return "access/forgot-password";
  }

  private String newPassword(String secret, @Nullable Problem problem, Model model) {
    try {
      model.addAttribute("email", passwords.addressOf(secret));
    } catch (Problem gone) {
      return over(model);
    }
    model.addAttribute("secret", secret);
    model.addAttribute("problem", problem);
    return "access/new-password";
  }

  private static void requireSame(String password, String again) {
    if (!password.equals(again))
      throw Problem.invalid("/again", "different", "The two passwords are not the same.");
  }

  private static String over(Model model) {
    model.addAttribute("over", true);
    return "access/link-over";
  }
}
