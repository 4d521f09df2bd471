package org.postroom.domains;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records as the API speaks of them. */
public final class DomainJson {
  private DomainJson() {}

  public static Map<String, Object> write(String domain, List<RecordCheck> checks) {
    return Map.of("domain", domain, "checks", checks.stream().map(DomainJson::write).toList());
  }

  private static Map<String, @Nullable Object> write(RecordCheck check) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("rule", check.rule().code());
    json.put("verdict", check.verdict().word());
    json.put("sentence", check.sentence());
    json.put("found", check.found());
    json.put("add", check.add() == null ? null : write(check.add()));
    return json;
  }

  private static Map<String, Object> write(RecordCheck.DnsRecord record) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", record.name());
    json.put("type", record.type());
    json.put("value", record.value());
    return json;
  }
}
