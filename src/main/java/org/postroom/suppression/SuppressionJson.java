package org.postroom.suppression;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A blocked address as the API and the audit trail write it. */
public final class SuppressionJson {
  private SuppressionJson() {}

  public static Map<String, @Nullable Object> write(Suppression suppression) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", suppression.id());
    json.put("address", suppression.address());
    json.put("cause", suppression.cause().word());
    json.put("since", suppression.since().toString());
    json.put("blocked_by", suppression.byName());
    json.put("message", suppression.message());
    json.put("status", suppression.status());
    json.put("reply", suppression.reply());
    json.put("note", suppression.note());
    return json;
  }
}
