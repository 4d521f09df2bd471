package org.postroom.access.web;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The form; what it sends is judged by Spring Security with {@code Access.signIn}. */
@Controller
class SignInPage {

  @GetMapping("/sign-in")
  String form(
      @RequestParam(required = false) @Nullable String failed,
      @RequestParam(required = false) @Nullable String locked,
      @RequestParam(required = false) @Nullable String out,
      Model model) {
    if (failed != null) model.addAttribute("refused", "Email address or password is not right.");
    if (locked != null)
      model.addAttribute(
          "refused", "Too many wrong tries. Signing in is possible again in a few minutes.");
    model.addAttribute("out", out != null);
    return "access/sign-in";
  }
}
