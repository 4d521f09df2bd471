package org.postroom.accounts.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Person;
import org.postroom.accounts.Account;
import org.postroom.accounts.Accounts;
import org.postroom.accounts.Route;
import org.postroom.accounts.RouteJson;
import org.postroom.accounts.Routes;
import org.postroom.accounts.SendFromRules;
import org.springframework.stereotype.Component;

/** Which account sends what, and in which order that is decided. */
@Component
class WhoSendsWhat {
  private final Accounts accounts;
  private final Routes routes;
  private final Access access;
  private final List<SendFromRules> rules;

  WhoSendsWhat(Accounts accounts, Routes routes, Access access, List<SendFromRules> rules) {
    this.accounts = accounts;
    this.routes = routes;
    this.access = access;
    this.rules = List.copyOf(rules);
  }

  /**
   * @param options id to name, for the table's choices
   * @param partners who chose one of their own
   * @param people who have one of their own, as far as the reader may know
   * @param standIns who sends while another cannot
   */
  record Shown(
      List<Choice> choices,
      Map<String, String> options,
      @Nullable String defaultName,
      List<Own> partners,
      List<Own> people,
      List<Own> standIns) {}

  /**
   * Which account sends one kind of document.
   *
   * @param account id; empty for the default
   * @param broken what is wrong with the chosen one, null where nothing is
   */
  record Choice(String kind, String words, String account, @Nullable String broken) {}

  /** Somebody's account: who, where it is changed, its name, and what is wrong with it. */
  record Own(String who, String path, String account, @Nullable String broken) {}

  Shown of(Caller caller, List<Account> seen) {
    String company = caller.company();
    Map<String, Account> byId =
        seen.stream().collect(Collectors.toMap(Account::id, account -> account));
    return new Shown(
        choices(company, byId),
        options(seen),
        seen.stream().filter(Account::isDefault).map(Account::name).findFirst().orElse(null),
        partners(company, byId),
        people(company, seen),
        standIns(seen, byId));
  }

  private List<Choice> choices(String company, Map<String, Account> byId) {
    Map<String, Route> byKind =
        routes.list(company).stream()
            .collect(Collectors.toMap(Route::documentKind, route -> route));
    List<Choice> choices = new ArrayList<>();
    for (String kind : RouteJson.documentKinds()) {
      Route route = byKind.get(kind);
      String account = route == null || route.account() == null ? "" : route.account();
      String broken = account.isEmpty() ? null : broken(byId.get(account), byId);
      choices.add(new Choice(kind, AccountsPage.plural(kind), account, broken));
    }
    return choices;
  }

  private static @Nullable String broken(@Nullable Account account, Map<String, Account> byId) {
    if (account == null) return "This account does not exist any more. Choose another.";
    if (account.usable()) return null;
    String what = account.active() ? "cannot send" : "is switched off";
    Account spare = account.fallback() == null ? null : byId.get(account.fallback());
    String then =
        spare != null && spare.usable() ? "“" + spare.name() + "” sends instead." : "these wait.";
    return "“%s” %s: %s".formatted(account.name(), what, then);
  }

  private static Map<String, String> options(List<Account> seen) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("", "The default account");
    for (Account account : seen) if (account.ofCompany()) options.put(account.id(), account.name());
    return options;
  }

  private List<Own> partners(String company, Map<String, Account> byId) {
    return rules.stream()
        .flatMap(source -> source.rules(company).stream())
        .map(rule -> {
          Account account = accounts.find(company, rule.account()).orElse(null);
          String name = account == null ? "an account that is gone" : account.name();
          return new Own(rule.who(), rule.path(), name, broken(account, byId));
        })
        .toList();
  }

  private List<Own> people(String company, List<Account> seen) {
    Map<String, String> names =
        access.people(company).stream().collect(Collectors.toMap(Person::id, Person::name));
    return seen.stream()
        .filter(account -> !account.ofCompany() && account.active())
        .map(account ->
            new Own(
                names.getOrDefault(account.owner(), "Somebody who left"),
                "/accounts/" + account.id(),
                account.name(),
                account.usable() ? null : "It cannot send: this person's mail waits."))
        .toList();
  }

  private static List<Own> standIns(List<Account> seen, Map<String, Account> byId) {
    return seen.stream()
        .filter(account -> account.fallback() != null)
        .map(account -> {
          Account spare = byId.get(String.valueOf(account.fallback()));
          return new Own(
              account.name(),
              "/accounts/" + account.id(),
              spare == null ? "an account that is gone" : spare.name(),
              null);
        })
        .toList();
  }
}
