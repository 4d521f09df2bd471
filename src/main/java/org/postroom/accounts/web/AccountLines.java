package org.postroom.accounts.web;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Person;
import org.postroom.accounts.Account;
import org.postroom.accounts.AccountUsage;
import org.postroom.accounts.AccountWarning;
import org.postroom.accounts.AccountWarnings;
import org.postroom.accounts.Connection;
import org.postroom.accounts.Route;
import org.postroom.accounts.Routes;
import org.springframework.stereotype.Component;

/** Accounts as the table shows them. */
@Component
class AccountLines {
  private final Access access;
  private final Routes routes;
  private final AccountUsage usage;
  private final AccountWarnings warnings;

  AccountLines(Access access, Routes routes, AccountUsage usage, AccountWarnings warnings) {
    this.access = access;
    this.routes = routes;
    this.usage = usage;
    this.warnings = warnings;
  }

  /**
   * @param owner the person whose it is; null for the company's
   * @param used null where it has no limit a day, so that there is no share to show
   */
  record Line(
      Account account,
      String provider,
      @Nullable String owner,
      String usedFor,
      Health health,
      @Nullable Long used,
      List<AccountWarning> warnings) {}

  List<Line> of(Caller caller, List<Account> accounts, boolean showOff) {
    ZoneId zone = access.company(caller.company()).timeZone();
    Map<String, String> people =
        access.people(caller.company()).stream()
            .collect(Collectors.toMap(Person::id, Person::name));
    List<Route> all = routes.list(caller.company());
    Instant now = Instant.now();
    return accounts.stream()
        .filter(account -> showOff || account.active())
        .map(account ->
            new Line(
                account,
                provider(account.connection()),
                account.ofCompany()
                    ? null
                    : people.getOrDefault(account.owner(), "Somebody who left"),
                usedFor(account, all),
                Health.of(account, zone, now),
                used(account),
                warnings.of(account, now)))
        .toList();
  }

  private @Nullable Long used(Account account) {
    if (account.limits().perDay() == 0 || !account.active()) return null;
    return usage.usage(account).lastDay();
  }

  static String provider(Connection connection) {
    return switch (connection) {
      case Connection.Local _ -> "Local mailbox";
      case Connection.Smtp smtp -> "SMTP (" + smtp.host() + ")";
      case Connection.Microsoft microsoft ->
          microsoft.route() == Connection.Microsoft.Route.GRAPH
              ? "Microsoft 365"
              : "Microsoft 365 (SMTP)";
      case Connection.Google google ->
          google.route() == Connection.Google.Route.GMAIL ? "Google" : "Google (SMTP)";
      case Connection.Exchange exchange -> "Exchange (" + exchange.uri().getHost() + ")";
    };
  }

  private static String usedFor(Account account, List<Route> routes) {
    if (!account.ofCompany()) return "What the person sends by hand";
    String kinds =
        routes.stream()
            .filter(route -> account.id().equals(route.account()))
            .map(route -> AccountsPage.plural(route.documentKind()))
            .collect(Collectors.joining(", "));
    if (account.isDefault())
      return kinds.isEmpty() ? "Everything else" : kinds + ", everything else";
    return kinds.isEmpty() ? "Nothing by itself" : kinds;
  }
}
