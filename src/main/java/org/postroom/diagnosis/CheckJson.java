package org.postroom.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.findings.Finding;
import org.postroom.findings.Fix;

/** A check as the API speaks of it. */
public final class CheckJson {
  private CheckJson() {}

  public static Map<String, @Nullable Object> write(Check check) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", check.id());
    json.put("result", check.passed() ? "ok" : "failed");
    json.put("stages", check.stages().stream().map(CheckJson::stage).toList());
    json.put("finding", check.finding() == null ? null : finding(check.finding()));
    json.put("advice", check.advice().stream().map(CheckJson::advice).toList());
    json.put("account", check.account());
    json.put("test_to", check.testTo());
    json.put("checked_at", check.at().toString());
    json.put("ms", check.took().toMillis());
    json.put("talk", check.talk());
    return json;
  }

  /** One line; what was not looked at has neither time nor evidence. */
  public static Map<String, @Nullable Object> stage(CheckStage stage) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("stage", stage.name());
    json.put("label", stage.label());
    json.put("result", stage.result().word());
    if (stage.took() != null) json.put("ms", stage.took().toMillis());
    if (stage.evidence() != null) json.put("evidence", stage.evidence());
    json.put("sentence", stage.sentence());
    return json;
  }

  private static Map<String, @Nullable Object> finding(Finding finding) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", finding.id());
    json.put("what", finding.what());
    json.put("steps", finding.steps());
    json.put("action", finding.action().name());
    List<Map<String, Object>> fixes = new ArrayList<>();
    for (Fix fix : finding.fixes()) fixes.add(Map.of("label", fix.label(), "change", fix.change()));
    json.put("fixes", fixes);
    return json;
  }

  private static Map<String, Object> advice(Advice advice) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("stage", advice.stage());
    json.put("what", advice.what());
    json.put("steps", advice.steps());
    return json;
  }
}
