package org.postroom.access.web;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.NewPasswords;
import org.postroom.access.OtherSignIn;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The form; what it sends is judged by Spring Security with {@code Access.signIn}. */
@Controller
class SignInPage {
  private static final Map<String, String> REFUSALS =
      Map.of(
          "failed", "Email address or password is not right.",
          "openid_failed", "The provider's answer could not be used. Try again.",
          "openid_away", "The provider does not answer. Try again in a minute.",
          "openid_refused", "The provider did not let you in.",
          "openid_unknown",
              "The provider knows you, but nobody invited you here. Ask whoever manages people.",
          "locked", "Too many wrong tries. Signing in is possible again in a few minutes.");
  private static final Map<String, String> DONE =
      Map.of(
          "out", "You are signed out.",
          "changed", "Your new password counts from now on. Sign in with it.",
          "moved", "Your new address counts from now on. Sign in with it.");

  private final ObjectProvider<OtherSignIn> others;
  private final NewPasswords passwords;

  SignInPage(ObjectProvider<OtherSignIn> others, NewPasswords passwords) {
    this.others = others;
    this.passwords = passwords;
  }

  @GetMapping("/sign-in")
  String form(@RequestParam Map<String, String> query, Model model) {
    model.addAttribute("refused", among(REFUSALS, query));
    model.addAttribute("done", among(DONE, query));
    List<OtherSignIn> ways = others.orderedStream().toList();
    model.addAttribute("others", ways);
    model.addAttribute("passwords", passwords.used());
    return "access/sign-in";
  }

  private static @Nullable String among(Map<String, String> words, Map<String, String> query) {
    return query.keySet().stream()
        .filter(words::containsKey)
        .findFirst()
        .map(words::get)
        .orElse(null);
  }
}
