package org.postroom.accounts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.springframework.stereotype.Service;

/** What documents of each kind go out with. */
@Service
public class Routes implements AccountUse {
  private final Database database;
  private final AccountTrail trail;
  private final List<RouteCheck> checks;

  Routes(Database database, AccountTrail trail, List<RouteCheck> checks) {
    this.checks = List.copyOf(checks);
    this.database = database;
    this.trail = trail;
  }

  public Optional<Route> find(String company, String documentKind) {
    return database.read(sql -> RouteRows.find(sql, company, documentKind));
  }

  public List<Route> list(String company) {
    return database.read(sql -> RouteRows.list(sql, company));
  }

  /** Replaces all routes of the company; kinds that are not named go by the defaults again. */
  public List<Route> replace(Caller caller, List<Route> routes) {
    caller.require(Right.MANAGE_ACCOUNTS);
    String company = caller.company();
    refuse(
        routes.stream()
            .flatMap(
                route -> checks.stream().flatMap(check -> check.errors(company, route).stream()))
            .toList());
    return database.write(sql -> {
      AccountRows.lock(sql, company);
      requireAccounts(sql, company, routes);
      List<Route> before = RouteRows.list(sql, company);
      RouteRows.replace(sql, company, routes);
      List<Route> after = RouteRows.list(sql, company);
      trail.routes(caller, before, after);
      return after;
    });
  }

  @Override
  public Optional<String> use(String company, String accountId) {
    return list(company).stream()
        .filter(route -> accountId.equals(route.account()))
        .map(route -> "the document kind " + route.documentKind().replace('_', ' '))
        .findFirst();
  }

  private static void requireAccounts(Sql sql, String company, List<Route> routes) {
    List<FieldError> errors = new ArrayList<>();
    for (Route route : routes) {
      String id = route.account();
      if (id == null || AccountRows.find(sql, company, id).isPresent()) continue;
      String pointer = "/" + route.documentKind() + "/account";
      errors.add(new FieldError(pointer, "unknown_value", "There is no account “" + id + "”."));
    }
    refuse(errors);
  }

  private static void refuse(List<FieldError> errors) {
    if (!errors.isEmpty()) throw Problem.invalid(errors);
  }
}
