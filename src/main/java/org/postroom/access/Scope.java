package org.postroom.access;

import static org.postroom.access.Right.*;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.postroom.http.Nearest;
import org.postroom.http.Problem;

/** What an API key was made for. Each stands for one or more rights. */
public enum Scope {
  MESSAGES_SEND("messages:send", "Send messages", SEND, SEND_FROM_OTHERS),
  MESSAGES_READ("messages:read", "See all messages", SEE_ALL_MAIL),
  MESSAGES_MANAGE("messages:manage", "Retry and cancel messages", CHANGE_OTHERS_MAIL),
  DOCUMENTS_WRITE("documents:write", "Hand in documents and partners", WRITE_DOCUMENTS),
  EVENTS_WRITE("events:write", "Report business events", WRITE_EVENTS),
  PAYMENTS_WRITE("payments:write", "Make payment links", MANAGE_PAYMENTS),
  ACCOUNTS_MANAGE("accounts:manage", "Manage email accounts", MANAGE_ACCOUNTS),
  TEMPLATES_WRITE("templates:write", "Change templates", MANAGE_TEMPLATES),
  AUTOMATIONS_MANAGE("automations:manage", "Manage automatic emails", MANAGE_AUTOMATIONS),
  PEOPLE_MANAGE("people:manage", "Manage people, read the audit trail", MANAGE_PEOPLE),
  KEYS_MANAGE("keys:manage", "Manage API keys", MANAGE_KEYS),
  WEBHOOKS_MANAGE("webhooks:manage", "Manage webhooks", MANAGE_WEBHOOKS);

  private final String code;
  private final String words;
  private final Set<Right> rights;

  Scope(String code, String words, Right... rights) {
    this.code = code;
    this.words = words;
    this.rights = Set.of(rights);
  }

  /** As programs write it. */
  public String code() {
    return code;
  }

  /** As people read it. */
  public String words() {
    return words;
  }

  public Set<Right> rights() {
    return rights;
  }

  public static List<String> codes() {
    return Arrays.stream(values()).map(Scope::code).toList();
  }

  /** The scope of that code; 422 with the nearest one where there is none. */
  public static Scope of(String code, String pointer) {
    for (Scope scope : values()) if (scope.code.equals(code)) return scope;
    String hint = Nearest.to(code, codes()).map(near -> " Did you mean " + near + "?").orElse("");
    throw Problem.invalid(
        pointer,
        "unknown_scope",
        "This scope does not exist. There are: " + String.join(", ", codes()) + "." + hint);
  }

  static Set<Right> rights(Collection<Scope> scopes) {
    Set<Right> rights = EnumSet.noneOf(Right.class);
    scopes.forEach(scope -> rights.addAll(scope.rights));
    return rights;
  }
}
