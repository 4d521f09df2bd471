package org.postroom.diagnosis.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.accounts.Account;
import org.postroom.accounts.AccountJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the form of an account says, as the body the API would get: its fields are named like the
 * pointers of that body.
 */
final class CheckForm {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> ABOUT =
      Set.of("kind", "name", "email", "display_name", "reply_to");
  private static final Set<String> SWITCHES = Set.of("smtp/auth", "google/testing");
  private static final Set<String> SECRETS =
      Set.of(
          "smtp/password", "exchange/password", "microsoft/client_secret", "google/client_secret");

  private CheckForm() {}

  /** The same form with what a fix changes. */
  static Map<String, String> fixed(Map<String, String> form) {
    Map<String, String> all = new LinkedHashMap<>(form);
    String fix = form.get("fix");
    if (fix == null || fix.isBlank() || fix.length() > 2000) return all;
    JsonNode change = read(fix);
    if (change == null || !change.isObject()) return all;
    change.properties().forEach(field -> all.put(field.getKey(), field.getValue().asString("")));
    return all;
  }

  static boolean typedSecret(Map<String, String> form) {
    return SECRETS.stream().anyMatch(name -> !form.getOrDefault(name, "").isEmpty());
  }

  /** An account that nobody has saved: as if it were switched on. */
  static ObjectNode fresh(Map<String, String> form, Caller caller) {
    ObjectNode body = body(form).put("active", true);
    boolean own = !caller.may(Right.MANAGE_ACCOUNTS) || "me".equals(form.get("belongs"));
    return own ? body.put("owner", caller.id()) : body;
  }

  /** What changes about a saved one. */
  static ObjectNode changes(Account account, Map<String, String> form) {
    Map<String, String> all = new LinkedHashMap<>(form);
    all.put("kind", account.kind().word());
    ObjectNode body = body(all);
    body.remove("kind");
    body.remove("active");
    return body;
  }

  private static ObjectNode body(Map<String, String> form) {
    ObjectNode body = JSON.createObjectNode();
    String kind = form.getOrDefault("kind", "");
    form.forEach((name, text) -> {
      boolean inside = name.startsWith(kind + "/") || name.startsWith("limits/");
      boolean known = ABOUT.contains(name) || inside;
      if (known && !SWITCHES.contains(name)) put(body, name, text);
    });
    for (String name : SWITCHES)
      if (name.startsWith(kind + "/")) inside(body, name).put(last(name), on(form.get(name)));
    return body;
  }

  private static boolean on(@Nullable String text) {
    return "on".equals(text) || "true".equals(text);
  }

  private static void put(ObjectNode body, String name, String typed) {
    if (name.split("/").length > 2) return;
    if (SECRETS.contains(name)) {
      if (!typed.isEmpty()) inside(body, name).put(last(name), typed);
      return;
    }
    String text = typed.strip();
    boolean number = name.equals("smtp/port") || name.startsWith("limits/");
    if (text.isEmpty() && number) return;
    if (text.isEmpty()) inside(body, name).putNull(last(name));
    else if (number && text.matches("\\d{1,15}"))
      inside(body, name).set(last(name), JsonNodeFactory.instance.numberNode(Long.parseLong(text)));
    else inside(body, name).put(last(name), text);
  }

  private static ObjectNode inside(ObjectNode body, String name) {
    int slash = name.indexOf('/');
    return slash < 0 ? body : body.withObjectProperty(name.substring(0, slash));
  }

  private static String last(String name) {
    return name.substring(name.indexOf('/') + 1);
  }

  /** What the form of a saved account shows; never its secret. */
  static Map<String, String> of(Account account) {
    Map<String, String> form = new LinkedHashMap<>();
    flatten("", JSON.valueToTree(AccountJson.write(account)), form);
    return form;
  }

  private static void flatten(String path, JsonNode node, Map<String, String> form) {
    node.properties()
        .forEach(field -> {
          String name = path + field.getKey();
          JsonNode value = field.getValue();
          if (value.isObject()) flatten(name + "/", value, form);
          else if (value.isBoolean()) {
            if (value.booleanValue()) form.put(name, "on");
          } else if (!value.isNull()) form.put(name, value.asString(""));
        });
  }

  private static @Nullable JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (tools.jackson.core.JacksonException notJson) {
      return null;
    }
  }
}
