package org.postroom.rules;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.http.JsonFields;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A rule as the API speaks of it. */
public final class RuleJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private RuleJson() {}

  /** Reads a new rule; throws a 422 problem with everything that is wrong. Off unless it says. */
  public static Rule read(@Nullable JsonNode body) {
    JsonFields fields = JsonFields.of(body);
    Rule rule = read(fields);
    fields.check();
    return rule;
  }

  /** Reads a rule that stands inside another body; the caller checks the fields. */
  public static Rule read(JsonFields fields) {
    fields.ignore("id", "position", "sentence", "version", "updated_at");
    String name = fields.required("name", 100);
    boolean enabled = fields.flag("enabled", false);
    Condition condition = ConditionJson.read(fields.object("condition"));
    Effects effects = EffectsJson.read(fields.object("effects"));
    if (effects.equals(Effects.NONE) && !fields.isWrong(fields.at("effects")))
      fields.error(
          fields.at("effects"), "required", "A rule changes something: give it an effect.");
    return Rule.of(name, enabled, condition, effects);
  }

  /** The rule with what the patch says; condition and effects are replaced as a whole. */
  public static Rule merge(Rule rule, @Nullable JsonNode patch) {
    if (patch == null || !patch.isObject()) return read(patch);
    ObjectNode whole = JSON.valueToTree(write(rule, null));
    patch.properties().forEach(field -> whole.set(field.getKey(), field.getValue()));
    return read(whole);
  }

  /**
   * The reply; what it says can be sent back as it is.
   *
   * @param sentence the rule in words, null to leave it out
   */
  public static Map<String, Object> write(Rule rule, @Nullable String sentence) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", rule.id());
    json.put("name", rule.name());
    json.put("enabled", rule.enabled());
    json.put("position", rule.position());
    json.put("condition", ConditionJson.write(rule.condition()));
    json.put("effects", EffectsJson.write(rule.effects()));
    if (sentence != null) json.put("sentence", sentence);
    json.put("version", rule.version());
    json.put("updated_at", rule.updatedAt().toString());
    return json;
  }

  /** What is stored in one column: condition and effects. */
  static String content(Rule rule) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("condition", ConditionJson.write(rule.condition()));
    json.put("effects", EffectsJson.write(rule.effects()));
    return JSON.writeValueAsString(json);
  }

  /** From its row. What was taken once is kept, also where the checks have become stricter. */
  static Rule stored(
      String id,
      String name,
      boolean enabled,
      int position,
      String content,
      long version,
      Instant updatedAt) {
    JsonFields fields = JsonFields.of(JSON.readTree(content));
    return new Rule(
        id,
        name,
        enabled,
        position,
        ConditionJson.read(fields.object("condition")),
        EffectsJson.read(fields.object("effects")),
        version,
        updatedAt);
  }

  /** For the audit trail. */
  static String told(Rule rule) {
    Map<String, Object> json = write(rule, null);
    json.keySet().removeAll(java.util.Set.of("id", "position", "version", "updated_at"));
    return JSON.writeValueAsString(json);
  }
}
