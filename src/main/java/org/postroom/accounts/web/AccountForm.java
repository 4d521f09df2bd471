package org.postroom.accounts.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a form about an account says, field by field. Fields are named like the pointers of the
 * API's body, so both doors read and refuse the same way.
 */
final class AccountForm {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Pattern PREFILLED =
      Pattern.compile("(email|name|display_name|(smtp|exchange|microsoft|google|limits)/[a-z_]+)");

  private AccountForm() {}

  /** The body the API would get. Empty fields say nothing, except that they take away. */
  static ObjectNode body(Map<String, String> form) {
    ObjectNode body = JSON.createObjectNode();
    for (String name : new String[] {"kind", "name", "email", "display_name", "reply_to"})
      text(body, name, form.get(name));
    if ("smtp".equals(form.get("kind"))) {
      ObjectNode smtp = body.putObject("smtp");
      for (String name : new String[] {"host", "security", "username"})
        text(smtp, name, form.get("smtp/" + name));
      number(smtp, "port", form.get("smtp/port"));
      smtp.put("auth", form.containsKey("smtp/auth"));
      String password = form.get("smtp/password");
      if (password != null && !password.isEmpty()) smtp.put("password", password);
    }
    ProviderForm.body(body, form);
    ObjectNode limits = body.putObject("limits");
    for (String name : new String[] {"connections", "per_minute", "per_day", "recipients"})
      number(limits, name, form.get("limits/" + name));
    text(limits, "per_day_counts", form.get("limits/per_day_counts"));
    return body;
  }

  /** A new account may become the default or start switched off. */
  static ObjectNode fresh(Map<String, String> form) {
    ObjectNode body = body(form);
    body.put("default", form.containsKey("default"));
    body.put("active", form.containsKey("active"));
    return body;
  }

  static Map<String, String> of(Account account) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("kind", account.kind().word());
    form.put("name", account.name());
    form.put("email", account.email().spec());
    put(form, "display_name", account.displayName());
    put(form, "reply_to", account.replyTo() == null ? null : account.replyTo().display());
    org.postroom.accounts.Connection.Smtp smtp = account.smtp();
    if (smtp != null) {
      form.put("smtp/host", smtp.host());
      form.put("smtp/port", String.valueOf(smtp.port()));
      form.put("smtp/security", smtp.security().name().toLowerCase(java.util.Locale.ROOT));
      if (smtp.auth()) form.put("smtp/auth", "on");
      put(form, "smtp/username", smtp.username());
    }
    form.putAll(ProviderForm.of(account));
    form.put("limits/connections", String.valueOf(account.limits().connections()));
    form.put("limits/per_minute", String.valueOf(account.limits().perMinute()));
    form.put("limits/per_day", String.valueOf(account.limits().perDay()));
    form.put("limits/per_day_counts", account.limits().ofRecipients() ? "recipients" : "messages");
    form.put("limits/recipients", String.valueOf(account.limits().recipients()));
    return form;
  }

  /** What a new one starts with; limits follow from the provider. */
  static Map<String, String> empty(Account.Kind kind) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("kind", kind.word());
    form.put("smtp/port", "587");
    form.put("smtp/security", "starttls");
    form.put("smtp/auth", "on");
    form.put("active", "on");
    ProviderForm.empty(kind, form);
    return form;
  }

  /**
   * What a new one starts with where a link knows some of it. Never a secret: addresses of pages
   * are kept and shown.
   */
  static Map<String, String> prefilled(Account.Kind kind, Map<String, String> known) {
    Map<String, String> form = empty(kind);
    known.forEach((name, value) -> {
      boolean secret = name.endsWith("password") || name.endsWith("secret");
      if (PREFILLED.matcher(name).matches() && !secret && value.length() <= 500)
        form.put(name, value);
    });
    if ("off".equals(form.get("smtp/auth"))) form.remove("smtp/auth");
    return form;
  }

  private static void text(ObjectNode body, String name, @Nullable String typed) {
    if (typed == null) return;
    if (typed.isBlank()) body.putNull(name);
    else body.put(name, typed.strip());
  }

  /** What is no number stays text, so that the API's own words refuse it. */
  private static void number(ObjectNode body, String name, @Nullable String typed) {
    if (typed == null || typed.isBlank()) return;
    String digits = typed.strip();
    body.set(
        name,
        digits.matches("\\d{1,15}")
            ? JsonNodeFactory.instance.numberNode(Long.parseLong(digits))
            : JsonNodeFactory.instance.stringNode(digits));
  }

  private static void put(Map<String, String> form, String name, @Nullable String value) {
    if (value != null) form.put(name, value);
  }
}
