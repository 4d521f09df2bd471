package org.postroom.accounts.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.accounts.Fallbacks;
import org.postroom.http.Heading;
import org.postroom.http.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What happens while an account cannot send: its messages wait, or another one stands in. */
@Controller
class FallbacksPage {
  private final Accounts accounts;
  private final Fallbacks fallbacks;

  FallbacksPage(Accounts accounts, Fallbacks fallbacks) {
    this.accounts = accounts;
    this.fallbacks = fallbacks;
  }

  /**
   * @param options stand-ins it may have, the empty one first
   * @param chosen id, empty for none
   */
  record Line(Account account, Map<String, String> options, String chosen) {}

  @GetMapping("/accounts/fallbacks")
  String show(Caller caller, Model model) {
    caller.require(Right.MANAGE_ACCOUNTS);
    return page(caller, fallbacks.list(caller.company()), null, model);
  }

  @PostMapping("/accounts/fallbacks")
  String save(
      Caller caller, @RequestParam Map<String, String> form, Model model, RedirectAttributes next) {
    Map<String, String> chosen = new LinkedHashMap<>();
    for (Account account : accounts.list(caller.company(), true)) {
      String typed = form.getOrDefault(account.id(), "");
      if (!typed.isBlank()) chosen.put(account.id(), typed);
    }
    try {
      fallbacks.replace(caller, chosen);
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      return page(caller, chosen, problem, model);
    }
    next.addFlashAttribute("said", "Saved. New messages go by it from now on.");
    return "redirect:/accounts/fallbacks";
  }

  private String page(
      Caller caller, Map<String, String> chosen, @Nullable Problem problem, Model model) {
    List<Account> all = accounts.list(caller.company(), true);
    model.addAttribute(
        "heading", new Heading("/accounts", "Email accounts", "If an account cannot send", null));
    model.addAttribute("lines", all.stream().map(account -> line(account, all, chosen)).toList());
    model.addAttribute("problem", problem);
    return "accounts/fallbacks";
  }

  private static Line line(Account account, List<Account> all, Map<String, String> chosen) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("", "Its messages wait");
    for (Account other : all)
      if (other.ofCompany() && !other.id().equals(account.id()))
        options.put(other.id(), other.name() + " (" + other.email().spec() + ")");
    return new Line(account, options, chosen.getOrDefault(account.id(), ""));
  }
}
