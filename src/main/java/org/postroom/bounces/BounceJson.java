package org.postroom.bounces;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report as the API tells it; fields may be added, never changed. */
public final class BounceJson {
  private BounceJson() {}

  public static Map<String, @Nullable Object> write(Bounce bounce) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", bounce.id());
    json.put("kind", word(bounce.kind()));
    json.put("address", bounce.address().isEmpty() ? null : bounce.address());
    json.put("reason", word(bounce.reason()));
    json.put("detail", bounce.reason().sentence());
    json.put("hard", bounce.hard());
    json.put("status", bounce.status());
    json.put("reply_code", bounce.replyCode());
    json.put("reply", bounce.diagnostic());
    json.put("message", bounce.message());
    json.put("matched_by", bounce.matchedBy());
    json.put("outcome", bounce.outcome().word());
    json.put("source", bounce.source().word());
    json.put("account", bounce.account());
    json.put("at", bounce.at());
    return json;
  }

  /** What was made of a mail that was handed in. */
  public static Map<String, @Nullable Object> write(Taken taken) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", word(taken.kind()));
    json.put("matched", taken.bounces().stream().anyMatch(Bounce::matched));
    json.put("bounces", taken.bounces().stream().map(BounceJson::write).toList());
    return json;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
