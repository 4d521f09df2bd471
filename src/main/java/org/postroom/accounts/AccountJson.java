package org.postroom.accounts;

import static org.postroom.accounts.Connection.Google.Route.GMAIL;
import static org.postroom.accounts.Connection.Microsoft.Cloud.GLOBAL;
import static org.postroom.accounts.Connection.Microsoft.Flow.USER;
import static org.postroom.accounts.Connection.Microsoft.Route.GRAPH;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
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
  private static final Map<String, Boolean> PER_DAY_COUNTS =
      Map.of("messages", false, "recipients", true);
  private static final long MOST_BYTES = 1L << 30;

  private AccountJson() {}

  /** Reads a body; throws a 422 problem with everything that is wrong. */
  public static AccountDraft read(@Nullable JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    Account.Kind kind = fields.choice("kind", KINDS);
    if (kind == null && !fields.has("kind"))
      fields.error(
          "/kind", "required", "“kind” is required: smtp, microsoft, google, exchange or local.");
    AccountDraft draft = draft(kind == null ? likely(fields) : kind, fields);
    if (kind != null && complete(kind, fields)) fields.errors(AccountChecks.errors(draft));
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
    JsonFields own = fields.object(kind.word());
    Connection connection = connection(kind, own, fields);
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
        connection,
        own == null ? null : secret(own, connection),
        limits(usual(connection, email), fields.object("limits")),
        fields.text("fallback", 60));
  }

  /** Where nobody says which kind, the other fields are still read as what they look like. */
  private static Account.Kind likely(JsonFields fields) {
    return fields.has("smtp") ? Account.Kind.SMTP : Account.Kind.LOCAL;
  }

  /** Whether there is enough to look at: what is missing as a whole is told once. */
  private static boolean complete(Account.Kind kind, JsonFields fields) {
    boolean server = kind == Account.Kind.SMTP || kind == Account.Kind.EXCHANGE;
    return !server || fields.has(kind.word());
  }

  private static Connection connection(
      Account.Kind kind, @Nullable JsonFields own, JsonFields fields) {
    if (own == null && fields.has("kind") && !complete(kind, fields))
      fields.error(
          "/" + kind.word(),
          "required",
          "“" + kind.word() + "” is required: the server's settings.");
    JsonFields read =
        own == null ? JsonFields.of(JSON.createObjectNode()) : own; // errors of it are dropped
    return switch (kind) {
      case LOCAL -> new Connection.Local();
      case SMTP -> smtp(read);
      case MICROSOFT -> microsoft(read);
      case GOOGLE ->
          new Connection.Google(
              read.text("client_id", 300),
              or(read.choice("route", words(Connection.Google.Route.values())), GMAIL),
              read.flag("testing", false));
      case EXCHANGE -> exchange(read);
    };
  }

  private static Connection microsoft(JsonFields fields) {
    String tenant = fields.text("tenant", 253);
    return new Connection.Microsoft(
        tenant == null ? "organizations" : tenant,
        fields.text("client_id", 100),
        or(fields.choice("route", words(Connection.Microsoft.Route.values())), GRAPH),
        or(fields.choice("flow", words(Connection.Microsoft.Flow.values())), USER),
        or(fields.choice("cloud", words(Connection.Microsoft.Cloud.values())), GLOBAL),
        fields.text("mailbox", 320),
        fields.parsed("client_secret_expires", 10, AccountJson::date));
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException wrong) {
      throw new IllegalArgumentException("“" + text + "” is not a date such as 2027-03-31.", wrong);
    }
  }

  private static Connection exchange(JsonFields fields) {
    fields.required("uri", 500);
    URI uri = fields.has("uri") ? fields.parsed("uri", 500, AccountJson::uri) : null;
    String username = fields.required("username", 320);
    return new Connection.Exchange(
        uri == null ? URI.create("https://missing.invalid/EWS/Exchange.asmx") : uri,
        fields.text("domain", 253),
        username,
        fields.text("mailbox", 320));
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException wrong) {
      throw new IllegalArgumentException(
          "The address looks like https://mail.acme.com/EWS/Exchange.asmx.", wrong);
    }
  }

  private static <T> T or(@Nullable T chosen, T usual) {
    return chosen == null ? usual : chosen;
  }

  private static Connection.Smtp smtp(JsonFields fields) {
    String host = fields.required("host", 253);
    Login.Security chosen = fields.choice("security", SECURITIES);
    Login.Security security = chosen == null ? Login.Security.STARTTLS : chosen;
    return new Connection.Smtp(
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
  private static @Nullable String secret(JsonFields fields, Connection connection) {
    boolean oauth =
        connection instanceof Connection.Microsoft || connection instanceof Connection.Google;
    if (connection instanceof Connection.Local) return null;
    String typed = fields.verbatim(oauth ? "client_secret" : "password", 4096);
    boolean google = connection instanceof Connection.Smtp smtp && isGoogle(smtp.host());
    if (oauth && typed == null && fields.emptied("client_secret")) return "";
    if (typed == null || !google) return typed;
    String letters = typed.replaceAll("[\\s\\u00a0]+", "");
    return letters.matches("[A-Za-z]{16}") ? letters : typed;
  }

  private static boolean isGoogle(String host) {
    return host.equals("smtp.gmail.com")
        || host.equals("smtp.googlemail.com")
        || host.equals("smtp-relay.gmail.com");
  }

  private static Account.Limits usual(Connection connection, @Nullable Address email) {
    return email == null
        ? Account.Limits.of(connection.kind())
        : UsualLimits.of(connection, email).limits();
  }

  private static Account.Limits limits(Account.Limits usual, @Nullable JsonFields fields) {
    if (fields == null) return usual;
    return new Account.Limits(
        (int) fields.whole("connections", 1, 50, usual.connections()),
        (int) fields.whole("per_minute", 0, 1_000_000, usual.perMinute()),
        (int) fields.whole("per_day", 0, 100_000_000, usual.perDay()),
        (int) fields.whole("recipients", 1, 10_000, usual.recipients()),
        fields.whole("message_bytes", 0, MOST_BYTES, usual.messageBytes()),
        or(fields.choice("per_day_counts", PER_DAY_COUNTS), usual.ofRecipients()));
  }

  /** The reply, with how much of its limits is used. */
  public static Map<String, @Nullable Object> write(Account account, AccountUsage.Used used) {
    Map<String, @Nullable Object> json = write(account);
    json.put("usage", Map.of("last_minute", used.lastMinute(), "last_day", used.lastDay()));
    return json;
  }

  /** How it gets on right now; null where it cannot send. */
  public static @Nullable Map<String, @Nullable Object> write(
      AccountUsage.@Nullable Progress progress) {
    if (progress == null) return null;
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("per_minute", progress.perMinute() == 0 ? null : progress.perMinute());
    json.put("connections", progress.connections());
    json.put("to_go", progress.toGo());
    json.put("or_more", progress.orMore());
    json.put("done_about", progress.toGo() == 0 ? null : text(progress.doneAbout()));
    json.put("resumes_at", text(progress.resumes()));
    json.put("slowed_at", text(progress.slowedAt()));
    json.put("slowed_because", progress.slowedBecause());
    return json;
  }

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
    json.put("fallback", account.fallback());
    if (account.kind() != Account.Kind.LOCAL)
      json.put(account.kind().word(), connection(account.connection()));
    json.put("limits", limits(account.limits()));
    return json;
  }

  private static Map<String, @Nullable Object> connection(Connection connection) {
    return switch (connection) {
      case Connection.Local _ -> Map.of();
      case Connection.Smtp smtp -> smtp(smtp);
      case Connection.Microsoft microsoft -> microsoft(microsoft);
      case Connection.Google google -> google(google);
      case Connection.Exchange exchange -> exchange(exchange);
    };
  }

  private static Map<String, @Nullable Object> microsoft(Connection.Microsoft microsoft) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("tenant", microsoft.tenant());
    json.put("client_id", microsoft.clientId());
    json.put("client_secret", null);
    json.put("route", word(microsoft.route()));
    json.put("flow", word(microsoft.flow()));
    json.put("cloud", word(microsoft.cloud()));
    json.put("mailbox", microsoft.mailbox());
    json.put(
        "client_secret_expires",
        microsoft.secretExpires() == null ? null : microsoft.secretExpires().toString());
    return json;
  }

  private static Map<String, @Nullable Object> google(Connection.Google google) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("client_id", google.clientId());
    json.put("client_secret", null);
    json.put("route", word(google.route()));
    json.put("testing", google.testing());
    return json;
  }

  private static Map<String, @Nullable Object> exchange(Connection.Exchange exchange) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("uri", exchange.uri().toString());
    json.put("domain", exchange.domain());
    json.put("username", exchange.username());
    json.put("password", null);
    json.put("mailbox", exchange.mailbox());
    return json;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, @Nullable Object> smtp(Connection.Smtp smtp) {
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
    json.put("per_day_counts", limits.ofRecipients() ? "recipients" : "messages");
    json.put("recipients", limits.recipients());
    json.put("message_bytes", limits.messageBytes());
    return json;
  }

  private static Map<String, @Nullable Object> health(Account.Health health) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("state", health.state().word());
    json.put("since", text(health.since()));
    json.put("reason", health.reason());
    json.put("finding", health.finding());
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
