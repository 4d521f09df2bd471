package org.postroom.accounts.web;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
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
  private final Access access;

  AccountsPage(Accounts accounts, Routes routes, Access access) {
    this.accounts = accounts;
    this.routes = routes;
    this.access = access;
  }

  /** One account as the table shows it. */
  record Line(Account account, String provider, String usedFor, Health health) {}

  /**
   * Which account sends one kind of document.
   *
   * @param account id; empty for the default
   * @param broken what is wrong with the chosen one, null where nothing is
   */
  record Choice(String kind, String words, String account, @Nullable String broken) {}

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
    String company = caller.company();
    List<Account> all = accounts.list(company, true);
    ZoneId zone = access.company(company).timeZone();
    model.addAttribute(
        "lines",
        all.stream()
            .filter(account -> showOff || account.active())
            .map(account -> line(account, zone))
            .toList());
    model.addAttribute("off", all.stream().filter(account -> !account.active()).count());
    model.addAttribute("showOff", showOff);
    model.addAttribute("choices", choices(company, all));
    model.addAttribute("options", options(all));
    model.addAttribute("mayChange", caller.may(Right.MANAGE_ACCOUNTS));
    model.addAttribute("problem", problem);
    return "accounts/list";
  }

  private Line line(Account account, ZoneId zone) {
    org.postroom.accounts.Connection.Smtp smtp = account.smtp();
    String provider = smtp == null ? "Local mailbox" : "SMTP (" + smtp.host() + ")";
    return new Line(account, provider, usedFor(account), Health.of(account, zone, Instant.now()));
  }

  private String usedFor(Account account) {
    String kinds =
        routes.list(account.company()).stream()
            .filter(route -> account.id().equals(route.account()))
            .map(route -> plural(route.documentKind()))
            .collect(Collectors.joining(", "));
    if (account.isDefault())
      return kinds.isEmpty() ? "Everything else" : kinds + ", everything else";
    return kinds.isEmpty() ? "Nothing by itself" : kinds;
  }

  private List<Choice> choices(String company, List<Account> all) {
    Map<String, Route> byKind =
        routes.list(company).stream()
            .collect(Collectors.toMap(Route::documentKind, route -> route));
    Map<String, Account> byId = all.stream().collect(Collectors.toMap(Account::id, a -> a));
    List<Choice> choices = new ArrayList<>();
    for (String kind : RouteJson.documentKinds()) {
      Route route = byKind.get(kind);
      String account = route == null || route.account() == null ? "" : route.account();
      choices.add(new Choice(kind, plural(kind), account, broken(account, byId)));
    }
    return choices;
  }

  private static @Nullable String broken(String id, Map<String, Account> byId) {
    if (id.isEmpty()) return null;
    Account account = byId.get(id);
    if (account == null) return "This account does not exist any more. Choose another.";
    if (!account.active()) return "“" + account.name() + "” is switched off: these wait.";
    return account.usable() ? null : "“" + account.name() + "” cannot send: these wait.";
  }

  private static Map<String, String> options(List<Account> all) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("", "The default account");
    for (Account account : all) {
      if (account.ofCompany()) options.put(account.id(), account.name());
    }
    return options;
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
