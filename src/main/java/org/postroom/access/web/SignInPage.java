package org.postroom.access.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.WebAttributes;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The form; what it sends is judged by Spring Security with {@code Access.signIn}. */
@Controller
class SignInPage {

  @GetMapping("/sign-in")
  String form(
      HttpServletRequest request,
      @RequestParam(required = false) @Nullable String failed,
      @RequestParam(required = false) @Nullable String out,
      Model model) {
    if (failed != null) model.addAttribute("refused", reason(request.getSession(false)));
    model.addAttribute("out", out != null);
    return "access/sign-in";
  }

  private static String reason(@Nullable HttpSession session) {
    Object refused =
        session == null ? null : session.getAttribute(WebAttributes.AUTHENTICATION_EXCEPTION);
    String message = refused instanceof Exception failure ? failure.getMessage() : null;
    return message == null ? "Email address or password is not right." : message;
  }
}
