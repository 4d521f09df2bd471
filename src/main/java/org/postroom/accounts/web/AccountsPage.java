package org.postroom.accounts.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.accounts.Route;
import org.postroom.accounts.RouteJson;
import org.postroom.accounts.Routes;
import org.postroom.http.Problem;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Email accounts: how each is, and which of them sends what. */
@Controller
class AccountsPage {
  private final Accounts accounts;
  private final Routes routes;
  private final AccountLines lines;
  private final WhoSendsWhat whoSendsWhat;

  AccountsPage(Accounts accounts, Routes routes, AccountLines lines, WhoSendsWhat whoSendsWhat) {
    this.accounts = accounts;
    this.routes = routes;
    this.lines = lines;
    this.whoSendsWhat = whoSendsWhat;
  }

  @GetMapping("/accounts")
  String list(
      Caller caller,
      @RequestParam(name = "off", defaultValue = "false") boolean showOff,
      Model model) {
    return page(caller, showOff, null, model);
  }

  @PostMapping("/accounts/routes")
  String saveRoutes(
      Caller caller, @RequestParam Map<String, String> form, Model model, RedirectAttributes next) {
    try {
      routes.replace(caller, chosen(caller.company(), form));
    } catch (Problem problem) {
      if (problem.status() != 422) throw problem;
      return page(caller, false, problem, model);
    }
    next.addFlashAttribute("said", "Saved. New messages go by it from now on.");
    return "redirect:/accounts";
  }

  private String page(Caller caller, boolean showOff, @Nullable Problem problem, Model model) {
    List<Account> seen = accounts.list(caller, true, 200, null).data();
    model.addAttribute("lines", lines.of(caller, seen, showOff));
    model.addAttribute("off", seen.stream().filter(account -> !account.active()).count());
    model.addAttribute("showOff", showOff);
    model.addAttribute("who", whoSendsWhat.of(caller, seen));
    model.addAttribute("mayChange", caller.may(Right.MANAGE_ACCOUNTS));
    model.addAttribute("mayConnect", caller.may(Right.MANAGE_ACCOUNTS) || caller.may(Right.SEND));
    model.addAttribute("problem", problem);
    return "accounts/list";
  }

  /** Templates and layouts of a kind stay as they are: this page is about accounts. */
  private List<Route> chosen(String company, Map<String, String> form) {
    Map<String, Route> before =
        routes.list(company).stream()
            .collect(Collectors.toMap(Route::documentKind, route -> route));
    List<Route> after = new ArrayList<>();
    for (String kind : RouteJson.documentKinds()) {
      Route old = before.get(kind);
      String typed = form.getOrDefault(kind + "/account", "");
      String account = typed.isBlank() ? null : typed;
      String template = old == null ? null : old.template();
      String layout = old == null ? null : old.layout();
      if (account != null || template != null || layout != null)
        after.add(new Route(kind, account, template, layout));
    }
    return after;
  }

  static String plural(String kind) {
    if (kind.equals("rma")) return "RMAs";
    String words = Character.toUpperCase(kind.charAt(0)) + kind.substring(1).replace('_', ' ');
    return words + "s";
  }
}
