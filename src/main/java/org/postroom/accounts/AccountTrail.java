package org.postroom.accounts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who changed which account or route, from what to what, in the audit trail. Accounts are told as
 * the API shows them, which has no secrets; how they are doing is not somebody's change.
 */
@Component
class AccountTrail {
  private static final Set<String> NOT_SOMEBODYS = Set.of("id", "health", "version", "created_at");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Audit audit;

  AccountTrail(Audit audit) {
    this.audit = audit;
  }

  void created(Caller caller, Account account) {
    audit.record(caller, "account.created", account.id(), null, text(told(account)));
  }

  /** Only what differs; that a secret was typed, and never which. */
  void changed(Caller caller, Account before, Account after, boolean secretTyped) {
    Map<String, @Nullable Object> from = told(before);
    Map<String, @Nullable Object> to = told(after);
    from.keySet().stream()
        .filter(key -> same(from, to, key))
        .toList()
        .forEach(key -> drop(from, to, key));
    if (secretTyped) to.put("secret", "typed anew");
    if (from.isEmpty() && to.isEmpty()) return;
    audit.record(caller, "account.changed", after.id(), text(from), text(to));
  }

  /** Another default than before: the former is changed as well. */
  void succeeded(Caller caller, Optional<Account> former, Account now) {
    former
        .filter(account -> now.isDefault() && !account.id().equals(now.id()))
        .ifPresent(account ->
            audit.record(
                caller,
                "account.changed",
                account.id(),
                text(Map.of("default", true)),
                text(Map.of("default", false))));
  }

  void deleted(Caller caller, Account account) {
    audit.record(caller, "account.deleted", account.id(), text(told(account)), null);
  }

  void routes(Caller caller, List<Route> before, List<Route> after) {
    if (before.equals(after)) return;
    audit.record(
        caller,
        "routes.changed",
        "routes",
        JSON.writeValueAsString(RouteJson.write(before)),
        JSON.writeValueAsString(RouteJson.write(after)));
  }

  private static Map<String, @Nullable Object> told(Account account) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>(AccountJson.write(account));
    json.keySet().removeAll(NOT_SOMEBODYS);
    return json;
  }

  private static boolean same(
      Map<String, @Nullable Object> from, Map<String, @Nullable Object> to, String key) {
    return java.util.Objects.equals(from.get(key), to.get(key));
  }

  private static void drop(
      Map<String, @Nullable Object> from, Map<String, @Nullable Object> to, String key) {
    from.remove(key);
    to.remove(key);
  }

  private static String text(Map<String, @Nullable Object> json) {
    return JSON.writeValueAsString(json);
  }
}
