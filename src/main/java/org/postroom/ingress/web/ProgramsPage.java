package org.postroom.ingress.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.ApiKey;
import org.postroom.access.ApiKeys;
import org.postroom.access.Caller;
import org.postroom.access.Scope;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.http.Problem;
import org.postroom.ingress.KeyRule;
import org.postroom.ingress.KeyRules;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What somebody types into a program that only speaks SMTP, and how its mail is treated. */
@Controller
class ProgramsPage {
  private final KeyRules rules;
  private final ApiKeys keys;
  private final Accounts accounts;

  ProgramsPage(KeyRules rules, ApiKeys keys, Accounts accounts) {
    this.rules = rules;
    this.keys = keys;
    this.accounts = accounts;
  }

  /** One key that may send, and its rule as the form shows it. */
  public record Program(ApiKey key, String account, long minutes) {
    static Program of(ApiKey key, Map<String, KeyRule> rules) {
      KeyRule rule = rules.getOrDefault(key.id(), KeyRule.USUAL);
      String account = rule.account();
      return new Program(key, account == null ? "" : account, rule.repeats().toMinutes());
    }
  }

  @GetMapping("/smtp-programs")
  String page(Caller caller, Model model) {
    Map<String, KeyRule> all = rules.all(caller);
    List<Account> senders = accounts.list(caller.company(), false);
    model.addAttribute("place", rules.place());
    model.addAttribute("senders", senders);
    model.addAttribute("companies", senders.stream().filter(Account::ofCompany).toList());
    model.addAttribute(
        "programs",
        keys.list(caller, 200, null).data().stream()
            .filter(key -> key.scopes().contains(Scope.MESSAGES_SEND))
            .map(key -> Program.of(key, all))
            .toList());
    return "ingress/programs";
  }

  @PostMapping("/smtp-programs/{key}")
  String keep(
      Caller caller,
      @PathVariable String key,
      @RequestParam(required = false) @Nullable String account,
      @RequestParam(defaultValue = "60") String minutes,
      RedirectAttributes next) {
    ApiKey known =
        keys.list(caller, 200, null).data().stream()
            .filter(each -> each.id().equals(key))
            .findFirst()
            .orElseThrow(() -> Problem.notFound("This key"));
    String chosen = account == null || account.isBlank() ? null : account;
    rules.set(caller, key, new KeyRule(chosen, repeats(minutes)));
    next.addFlashAttribute(
        "said", "Mail with the key “" + known.name() + "” is treated so from its next sign-in.");
    return "redirect:/smtp-programs";
  }

  private static Duration repeats(String minutes) {
    if (!minutes.strip().matches("\\d{1,5}"))
      throw Problem.invalid("/minutes", "not_a_number", "Write minutes as a number, such as 60.");
    return Duration.ofMinutes(Long.parseLong(minutes.strip()));
  }
}
