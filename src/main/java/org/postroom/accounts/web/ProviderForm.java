package org.postroom.accounts.web;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;
import org.postroom.accounts.Connection;
import tools.jackson.databind.node.ObjectNode;

/** The fields that accounts at Microsoft, at Google and on Exchange have and others have not. */
final class ProviderForm {
  private static final Map<String, String[]> TEXTS =
      Map.of(
          "microsoft",
          new String[] {
            "tenant", "client_id", "route", "flow", "cloud", "mailbox", "client_secret_expires"
          },
          "google",
          new String[] {"client_id", "route"},
          "exchange",
          new String[] {"uri", "domain", "username", "mailbox"});

  private ProviderForm() {}

  /** What the API would get. Empty fields take away, an empty secret keeps the stored one. */
  static void body(ObjectNode body, Map<String, String> form) {
    String kind = form.getOrDefault("kind", "");
    String[] texts = TEXTS.get(kind);
    if (texts == null) return;
    ObjectNode own = body.putObject(kind);
    for (String name : texts) text(own, name, form.get(kind + "/" + name));
    if (kind.equals("google")) own.put("testing", form.containsKey("google/testing"));
    String secret = secretOf(kind);
    String typed = form.get(kind + "/" + secret);
    if (typed != null && !typed.isEmpty()) own.put(secret, typed);
  }

  /** The password or client secret given for switching on again. */
  static void secret(ObjectNode patch, String kind, Map<String, String> form) {
    String secret = secretOf(kind);
    String typed = form.get(kind + "/" + secret);
    if (typed != null && !typed.isEmpty()) patch.putObject(kind).put(secret, typed);
  }

  static Map<String, String> of(Account account) {
    Map<String, String> form = new LinkedHashMap<>();
    switch (account.connection()) {
      case Connection.Microsoft microsoft -> of(microsoft, form);
      case Connection.Google google -> of(google, form);
      case Connection.Exchange exchange -> of(exchange, form);
      case Connection.Smtp _, Connection.Local _ -> {}
    }
    return form;
  }

  static void empty(Account.Kind kind, Map<String, String> form) {
    if (kind == Account.Kind.GOOGLE) form.put("google/route", "gmail");
    if (kind != Account.Kind.MICROSOFT) return;
    form.put("microsoft/tenant", "organizations");
    form.put("microsoft/route", "graph");
    form.put("microsoft/flow", "user");
    form.put("microsoft/cloud", "global");
  }

  private static void of(Connection.Microsoft microsoft, Map<String, String> form) {
    form.put("microsoft/tenant", microsoft.tenant());
    put(form, "microsoft/client_id", microsoft.clientId());
    form.put("microsoft/route", word(microsoft.route()));
    form.put("microsoft/flow", word(microsoft.flow()));
    form.put("microsoft/cloud", word(microsoft.cloud()));
    put(form, "microsoft/mailbox", microsoft.mailbox());
    put(form, "microsoft/client_secret_expires", microsoft.secretExpires());
  }

  private static void of(Connection.Google google, Map<String, String> form) {
    put(form, "google/client_id", google.clientId());
    form.put("google/route", word(google.route()));
    if (google.testing()) form.put("google/testing", "on");
  }

  private static void of(Connection.Exchange exchange, Map<String, String> form) {
    form.put("exchange/uri", exchange.uri().toString());
    put(form, "exchange/domain", exchange.domain());
    form.put("exchange/username", exchange.username());
    put(form, "exchange/mailbox", exchange.mailbox());
  }

  private static String secretOf(String kind) {
    return kind.equals("microsoft") || kind.equals("google") ? "client_secret" : "password";
  }

  private static void text(ObjectNode body, String name, @Nullable String typed) {
    if (typed == null) return;
    if (typed.isBlank()) body.putNull(name);
    else body.put(name, typed.strip());
  }

  private static void put(Map<String, String> form, String name, @Nullable Object value) {
    if (value != null) form.put(name, value.toString());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
