package org.postroom.accounts.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.postroom.accounts.Account;
import org.postroom.accounts.Connection;
import org.postroom.accounts.SignIns;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** What the pages of an account show about signing in at its provider. */
@Component
class SignInModel {
  private final SignIns signIns;

  SignInModel(SignIns signIns) {
    this.signIns = signIns;
  }

  /** For the fields of a kind. */
  void fields(Account.Kind kind, HttpServletRequest request, Model model) {
    model.addAttribute("provider", ProviderWords.of(kind));
    model.addAttribute("has", signIns.hasClientFor(kind));
    model.addAttribute("redirect", signIns.redirect(Here.of(request)));
    model.addAttribute("routes", words("graph", "Microsoft Graph", "smtp", "SMTP with a token"));
    model.addAttribute("googleRoutes", words("gmail", "Gmail API", "smtp", "SMTP with a token"));
    model.addAttribute(
        "flows", words("user", "A person signs in", "app", "The app itself (no person)"));
    model.addAttribute(
        "clouds",
        words(
            "global",
            "Worldwide",
            "us_government",
            "US Government (GCC High)",
            "us_defense",
            "US Defense (DoD)",
            "china",
            "China (21Vianet)"));
  }

  /** And how the account stands. */
  void account(Account account, HttpServletRequest request, Model model) {
    fields(account.kind(), request, model);
    signIns.state(account).ifPresent(state -> model.addAttribute("signIn", state));
    boolean app =
        account.connection() instanceof Connection.Microsoft microsoft
            && microsoft.flow() == Connection.Microsoft.Flow.APP;
    model.addAttribute("app", app);
  }

  private static Map<String, String> words(String... pairs) {
    Map<String, String> words = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) words.put(pairs[i], pairs[i + 1]);
    return words;
  }
}
