package org.postroom.accounts;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.http.JsonFields;
import org.postroom.http.Problem;
import org.postroom.mail.Address;
import org.postroom.transport.Login;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An account as the API speaks of it. The password goes in and never comes out. */
public final class AccountJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Map<String, Account.Kind> KINDS = words(Account.Kind.values());
  private static final Map<String, Login.Security> SECURITIES = words(Login.Security.values());
  private static final long MOST_BYTES = 1L << 30;

  private AccountJson() {}

  /** Reads a body; throws a 422 problem with everything that is wrong. */
  public static AccountDraft read(@Nullable JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    Account.Kind kind = fields.choice("kind", KINDS);
    if (kind != null) AccountChecks.requireAvailable(kind);
    else if (!fields.has("kind"))
      fields.error("/kind", "required", "“kind” is required: smtp or local.");
    AccountDraft draft = draft(kind == null ? Account.Kind.SMTP : kind, fields);
    if (kind != null) fields.errors(AccountChecks.errors(draft));
    fields.check();
    return draft;
  }

  /** The account with what the patch changes (RFC 7396: null takes away). */
  public static AccountDraft merge(Account account, @Nullable JsonNode patch) {
    if (patch == null || !patch.isObject()) return read(patch);
    ObjectNode whole = JSON.valueToTree(settable(account));
    JsonNode kind = patch.get("kind");
    if (kind != null && !kind.equals(whole.get("kind")))
      throw Problem.invalid("/kind", "fixed", "An account keeps its kind. Make a new account.");
    return read(merge(whole, patch));
  }

  private static ObjectNode merge(ObjectNode whole, JsonNode patch) {
    for (Map.Entry<String, JsonNode> field : patch.properties()) {
      JsonNode value = field.getValue();
      if (value.isObject() && whole.get(field.getKey()) instanceof ObjectNode inner)
        merge(inner, value);
      else whole.set(field.getKey(), value);
    }
    return whole;
  }

  private static AccountDraft draft(Account.Kind kind, JsonFields fields) {
    String name = fields.required("name", 100);
    fields.required("email", 1000);
    Address email = fields.has("email") ? fields.parsed("email", 1000, Address::of) : null;
    JsonFields smtp = fields.object("smtp");
    if (kind == Account.Kind.LOCAL && smtp == null) fields.ignore("local");
    Account.SmtpServer server = smtp == null ? null : smtp(smtp);
    String owner = fields.text("owner", 60);
    return new AccountDraft(
        kind,
        name,
        email == null ? Address.of("missing@invalid") : email,
        fields.text("display_name", 100),
        fields.parsed("reply_to", 1000, Address::parse),
        owner == null ? Account.COMPANY : owner,
        fields.flag("default", false),
        fields.flag("active", true),
        server,
        smtp == null ? null : password(smtp, server),
        limits(kind, fields.object("limits")));
  }

  private static Account.SmtpServer smtp(JsonFields fields) {
    String host = fields.required("host", 253);
    Login.Security chosen = fields.choice("security", SECURITIES);
    Login.Security security = chosen == null ? Login.Security.STARTTLS : chosen;
    return new Account.SmtpServer(
        host.toLowerCase(Locale.ROOT),
        (int) fields.whole("port", 1, 65535, usualPort(security)),
        security,
        fields.flag("auth", true),
        fields.text("username", 320));
  }

  private static int usualPort(Login.Security security) {
    return switch (security) {
      case STARTTLS -> 587;
      case TLS -> 465;
      case NONE -> 25;
    };
  }

  /** Google shows the 16 letters of an app password in four groups; the spaces are not part. */
  private static @Nullable String password(JsonFields fields, Account.@Nullable SmtpServer server) {
    String typed = fields.verbatim("password", 4096);
    if (typed == null || server == null || !isGoogle(server.host())) return typed;
    String letters = typed.replaceAll("[\\s\\u00a0]+", "");
    return letters.matches("[A-Za-z]{16}") ? letters : typed;
  }

  private static boolean isGoogle(String host) {
    return host.equals("smtp.gmail.com")
        || host.equals("smtp.googlemail.com")
        || host.equals("smtp-relay.gmail.com");
  }

  private static Account.Limits limits(Account.Kind kind, @Nullable JsonFields fields) {
    Account.Limits usual = Account.Limits.of(kind);
    if (fields == null) return usual;
    return new Account.Limits(
        (int) fields.whole("connections", 1, 50, usual.connections()),
        (int) fields.whole("per_minute", 0, 1_000_000, usual.perMinute()),
        (int) fields.whole("per_day", 0, 100_000_000, usual.perDay()),
        (int) fields.whole("recipients", 1, 10_000, usual.recipients()),
        fields.whole("message_bytes", 0, MOST_BYTES, usual.messageBytes()));
  }

  /** The reply. */
  public static Map<String, @Nullable Object> write(Account account) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", account.id());
    json.putAll(settable(account));
    json.put("has_secret", account.hasSecret());
    json.put("health", health(account.health()));
    json.put("version", account.version());
    json.put("created_at", account.createdAt().toString());
    return json;
  }

  private static Map<String, @Nullable Object> settable(Account account) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", account.kind().word());
    json.put("name", account.name());
    json.put("email", account.email().spec());
    json.put("display_name", account.displayName());
    json.put("reply_to", account.replyTo() == null ? null : account.replyTo().display());
    json.put("default", account.isDefault());
    json.put("active", account.active());
    json.put("owner", account.owner());
    if (account.smtp() != null) json.put("smtp", smtp(account.smtp()));
    json.put("limits", limits(account.limits()));
    return json;
  }

  static Map<String, @Nullable Object> smtp(Account.SmtpServer smtp) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("host", smtp.host());
    json.put("port", smtp.port());
    json.put("security", smtp.security().name().toLowerCase(Locale.ROOT));
    json.put("auth", smtp.auth());
    json.put("username", smtp.username());
    json.put("password", null);
    return json;
  }

  private static Map<String, Object> limits(Account.Limits limits) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("connections", limits.connections());
    json.put("per_minute", limits.perMinute());
    json.put("per_day", limits.perDay());
    json.put("recipients", limits.recipients());
    json.put("message_bytes", limits.messageBytes());
    return json;
  }

  private static Map<String, @Nullable Object> health(Account.Health health) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("state", health.state().word());
    json.put("since", text(health.since()));
    json.put("reason", health.reason());
    json.put("paused_until", text(health.pausedUntil()));
    json.put("last_success", text(health.lastSuccess()));
    json.put("last_failure", text(health.lastFailure()));
    return json;
  }

  private static @Nullable String text(java.time.@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }

  private static <E extends Enum<E>> Map<String, E> words(E[] values) {
    return Arrays.stream(values)
        .collect(
            Collectors.toUnmodifiableMap(
                value -> value.name().toLowerCase(Locale.ROOT), Function.identity()));
  }
}
