package org.postroom.accounts.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.postroom.accounts.Account;
import org.postroom.accounts.SignIns;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * What the fields of Microsoft and Google offer, for every page under {@code /accounts} that shows
 * them, whoever answers it.
 */
@ControllerAdvice
class ProviderChoices {
  private static final Map<String, String> ROUTES =
      words("graph", "Microsoft Graph", "smtp", "SMTP with a token");
  private static final Map<String, String> GOOGLE_ROUTES =
      words("gmail", "Gmail API", "smtp", "SMTP with a token");
  private static final Map<String, String> FLOWS =
      words("user", "A person signs in", "app", "The app itself (no person)");
  private static final Map<String, String> CLOUDS =
      words(
          "global",
          "Worldwide",
          "us_government",
          "US Government (GCC High)",
          "us_defense",
          "US Defense (DoD)",
          "china",
          "China (21Vianet)");

  private final SignIns signIns;

  ProviderChoices(SignIns signIns) {
    this.signIns = signIns;
  }

  @ModelAttribute
  void choices(HttpServletRequest request, Model model) {
    if (!request.getRequestURI().startsWith("/accounts")) return;
    model.addAttribute("routes", ROUTES);
    model.addAttribute("googleRoutes", GOOGLE_ROUTES);
    model.addAttribute("flows", FLOWS);
    model.addAttribute("clouds", CLOUDS);
    model.addAttribute("redirect", signIns.redirect(Here.of(request)));
    model.addAttribute(
        "clients",
        Map.of(
            "microsoft", signIns.hasClientFor(Account.Kind.MICROSOFT),
            "google", signIns.hasClientFor(Account.Kind.GOOGLE)));
  }

  private static Map<String, String> words(String... pairs) {
    Map<String, String> words = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) words.put(pairs[i], pairs[i + 1]);
    return words;
  }
}
