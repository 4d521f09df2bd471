package org.postroom.accounts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.AccountRows.WithSecret;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.http.JsonFields;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which account sends in place of another that cannot. Without one named here, messages wait: never
 * silently another account or another From.
 */
@Service
public class Fallbacks implements AccountUse {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Database database;
  private final Audit audit;

  Fallbacks(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  /** Account to the one that stands in for it, both by id. */
  public Map<String, String> list(String company) {
    return database.read(sql -> FallbackRows.list(sql, company));
  }

  /** Replaces all; accounts not named have none. Throws a 422 problem with all that is wrong. */
  public Map<String, String> replace(Caller caller, Map<String, String> fallbacks) {
    caller.require(Right.MANAGE_ACCOUNTS);
    String company = caller.company();
    return database.write(sql -> {
      AccountRows.lock(sql, company);
      check(sql, company, fallbacks);
      Map<String, String> before = FallbackRows.list(sql, company);
      FallbackRows.replace(sql, company, fallbacks);
      audit.record(
          caller,
          "account_fallbacks.changed",
          company,
          JSON.writeValueAsString(before),
          JSON.writeValueAsString(fallbacks));
      return fallbacks;
    });
  }

  /** Reads {@code {"acc_a": "acc_b", "acc_c": null}}. */
  public static Map<String, String> read(JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    Map<String, String> read = new LinkedHashMap<>();
    for (String account : fields.names()) {
      String fallback = fields.text(account, 60);
      if (fallback != null) read.put(account, fallback);
    }
    fields.check();
    return read;
  }

  @Override
  public Optional<String> use(String company, String accountId) {
    return database.read(sql ->
        FallbackRows.list(sql, company).entrySet().stream()
            .filter(entry -> entry.getValue().equals(accountId))
            .findFirst()
            .flatMap(entry -> AccountRows.find(sql, company, entry.getKey()))
            .map(found -> "“" + found.account().name() + "”, which it stands in for"));
  }

  private static void check(Sql sql, String company, Map<String, String> fallbacks) {
    List<FieldError> errors = new ArrayList<>();
    fallbacks.forEach((account, fallback) -> {
      String wrong = wrong(sql, company, account, fallback);
      if (wrong != null) errors.add(new FieldError("/" + account, "unknown_value", wrong));
    });
    if (!errors.isEmpty()) throw Problem.invalid(errors);
  }

  private static @org.jspecify.annotations.Nullable String wrong(
      Sql sql, String company, String account, String fallback) {
    if (AccountRows.find(sql, company, account).isEmpty())
      return "There is no account “" + account + "”.";
    Optional<Account> found = AccountRows.find(sql, company, fallback).map(WithSecret::account);
    if (found.isEmpty()) return "There is no account “" + fallback + "”.";
    if (account.equals(fallback)) return "An account cannot stand in for itself.";
    if (!found.get().ofCompany())
      return "“"
          + found.get().name()
          + "” is somebody's own account; only the company's can stand in.";
    return null;
  }
}
