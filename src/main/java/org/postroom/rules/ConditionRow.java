package org.postroom.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postroom.rules.Condition.Over;
import org.springframework.util.MultiValueMap;

/**
 * One comparison as the page's fields hold it.
 *
 * @param field a path, {@code sum document.lines[].quantity} for lines, or the start of an own
 *     field's such as {@code document.fields.}
 * @param own the rest of an own field's path
 * @param value as typed: amounts with their currency, several with commas between
 */
public record ConditionRow(String field, String own, String operator, String value) {
  static final ConditionRow EMPTY = new ConditionRow("", "", "is", "");

  /** Where own fields begin, and how that is called. */
  static final Map<String, String> OWN = ownStarts();

  static ConditionRow of(Condition.Test test) {
    String value = String.join(", ", test.values());
    String shown = test.currency() == null ? value : value + " " + test.currency();
    String operator = test.operator().word();
    String key = key(test.field(), test.over());
    for (String start : OWN.keySet())
      if (key.startsWith(start))
        return new ConditionRow(start, key.substring(start.length()), operator, shown);
    return new ConditionRow(key, "", operator, shown);
  }

  static ConditionRow of(MultiValueMap<String, String> posted, String at) {
    return new ConditionRow(
        ConditionForm.one(posted, at + "field"),
        ConditionForm.one(posted, at + "own"),
        ConditionForm.one(posted, at + "operator"),
        ConditionForm.one(posted, at + "value"));
  }

  boolean isEmpty() {
    return field.isEmpty() && own.isEmpty() && value.isEmpty();
  }

  /** As the API takes it. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    int space = field.indexOf(' ');
    String path = (space < 0 ? field : field.substring(space + 1)) + own;
    json.put("field", path);
    if (space > 0) json.put("over", field.substring(0, space));
    json.put("operator", operator);
    Operator.Takes takes =
        Arrays.stream(Operator.values())
            .filter(each -> each.word().equals(operator))
            .findFirst()
            .map(Operator::takes)
            .orElse(Operator.Takes.ONE);
    if (takes == Operator.Takes.SEVERAL)
      json.put("value", several().stream().map(each -> word(path, each)).toList());
    else if (takes == Operator.Takes.ONE) value(json, path, space > 0 && field.startsWith("count"));
    return json;
  }

  /** "5,000.00 EUR": the number and its currency. */
  private void value(Map<String, Object> json, String path, boolean counted) {
    boolean amount =
        !counted && Field.of(path).filter(f -> f.type() == Field.Type.AMOUNT).isPresent();
    String[] parts = value.split("\\s+(?=[A-Za-z]{3}$)");
    if (amount && parts.length == 2)
      json.put("currency", parts[1].toUpperCase(java.util.Locale.ROOT));
    String typed = amount ? parts[0] : word(path, value);
    json.put(
        "value",
        typed.matches("-?[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]+)?") ? typed.replace(",", "") : typed);
  }

  /** Kinds and purposes also as people write them: "Sales order". */
  private static String word(String path, String value) {
    boolean named = path.equals("document.kind") || path.equals("purpose");
    return named
        ? value.toLowerCase(java.util.Locale.ROOT).strip().replaceAll("[ -]+", "_")
        : value;
  }

  private List<String> several() {
    return Arrays.stream(value.split("[,;\n]"))
        .map(String::strip)
        .filter(v -> !v.isEmpty())
        .toList();
  }

  /** The choice list of fields: key to words, by group. */
  static Map<String, Map<String, String>> fields() {
    Map<String, Map<String, String>> groups = new LinkedHashMap<>();
    Map<String, String> mail =
        groups.computeIfAbsent("Mail and document", g -> new LinkedHashMap<>());
    Map<String, String> partner = groups.computeIfAbsent("Partner", g -> new LinkedHashMap<>());
    Map<String, String> lines = groups.computeIfAbsent("Lines", g -> new LinkedHashMap<>());
    Map<String, String> own =
        groups.computeIfAbsent("Own fields (name them beside)", g -> new LinkedHashMap<>());
    for (Field field : Field.KNOWN) {
      if (field.ofLines()) lines(lines, field);
      else
        (field.path().startsWith("partner.") ? partner : mail)
            .put(field.path(), capital(field.words()));
    }
    own.putAll(OWN);
    return groups;
  }

  private static void lines(Map<String, String> lines, Field field) {
    if (field.type() == Field.Type.LINES) {
      lines.put(key(field.path(), Over.COUNT), "Number of lines");
      return;
    }
    List<Over> overs = new ArrayList<>(List.of(Over.ANY, Over.ALL));
    if (field.type() != Field.Type.TEXT) overs.add(Over.SUM);
    for (Over over : overs)
      lines.put(key(field.path(), over), capital(over.words()) + " " + field.words());
  }

  private static String key(String path, Condition.@org.jspecify.annotations.Nullable Over over) {
    if (!path.startsWith("document.lines[]")) return path;
    return (over == null ? Over.ANY : over).word() + " " + path;
  }

  private static Map<String, String> ownStarts() {
    Map<String, String> own = new LinkedHashMap<>();
    own.put("document.fields.", "The document’s own field");
    own.put("document.references.", "A reference of the document, such as order");
    own.put("partner.attributes.", "An attribute of the partner");
    for (Over over : Over.values())
      own.put(over.word() + " document.lines[].fields.", capital(over.words()) + " own field");
    return own;
  }

  private static String capital(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
