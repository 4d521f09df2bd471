package org.postroom.domains;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.accounts.Account;

/** What was found, as the API speaks of it: {@code smtp} is what an account's body takes. */
public final class SuggestionJson {
  private SuggestionJson() {}

  public static Map<String, @Nullable Object> write(Discovered found) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("email", found.address().spec());
    json.put("suggestions", found.suggestions().stream().map(SuggestionJson::write).toList());
    json.put("not_asked", found.notAsked());
    return json;
  }

  private static Map<String, @Nullable Object> write(Suggestion suggestion) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", suggestion.kind().word());
    json.put("provider", suggestion.provider());
    json.put("source", suggestion.source().name().toLowerCase(Locale.ROOT));
    json.put("note", suggestion.note());
    json.put("smtp", smtp(suggestion.smtp()));
    json.put(
        "exchange",
        suggestion.exchange() == null ? null : Map.of("uri", suggestion.exchange().toString()));
    json.put("limits", limits(suggestion.limits()));
    return json;
  }

  private static @Nullable Map<String, Object> smtp(Suggestion.@Nullable Smtp smtp) {
    if (smtp == null) return null;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("host", smtp.host());
    json.put("port", smtp.port());
    json.put("security", smtp.security().name().toLowerCase(Locale.ROOT));
    json.put("auth", smtp.auth());
    json.put("username", smtp.username());
    return json;
  }

  private static @Nullable Map<String, Object> limits(Account.@Nullable Limits limits) {
    if (limits == null) return null;
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("connections", limits.connections());
    json.put("per_minute", limits.perMinute());
    json.put("per_day", limits.perDay());
    json.put("recipients", limits.recipients());
    json.put("message_bytes", limits.messageBytes());
    return json;
  }
}
