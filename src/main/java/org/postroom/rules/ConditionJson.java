package org.postroom.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.http.JsonFields;
import org.postroom.http.Nearest;
import org.postroom.rules.Condition.Over;
import tools.jackson.databind.JsonNode;

/**
 * Conditions as the API speaks of them: {@code {"all": […]}}, {@code {"any": […]}}, {@code {"not":
 * …}} or {@code {"field", "over", "operator", "value", "currency"}}.
 */
public final class ConditionJson {
  static final int DEEPEST = 6;
  static final int MOST = 100;
  private static final int LONGEST = 500;

  private static final Map<String, Operator> OPERATORS =
      Arrays.stream(Operator.values())
          .collect(Collectors.toUnmodifiableMap(Operator::word, Function.identity()));
  private static final Map<String, Over> OVERS =
      Arrays.stream(Over.values())
          .collect(Collectors.toUnmodifiableMap(Over::word, Function.identity()));
  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private int tests;

  /** Reads one; what is wrong is told to the fields. Without one it always holds. */
  public static Condition read(@Nullable JsonFields fields) {
    return fields == null ? Condition.ALWAYS : new ConditionJson().read(fields, 1);
  }

  private Condition read(JsonFields fields, int depth) {
    if (depth > DEEPEST) {
      fields.names().forEach(fields::raw);
      fields.error(
          fields.at("").replaceFirst("/$", ""),
          "too_deep",
          "Conditions nest at most " + DEEPEST + " levels.");
      return Condition.ALWAYS;
    }
    if (fields.has("all")) return new Condition.All(group(fields, "all", depth));
    if (fields.has("any")) return any(fields, depth);
    JsonFields not = fields.object("not");
    if (not != null) return new Condition.Not(read(not, depth + 1));
    return test(fields);
  }

  private Condition any(JsonFields fields, int depth) {
    List<Condition> any = group(fields, "any", depth);
    JsonNode given = fields.raw("any");
    if (given != null && given.isArray() && given.isEmpty())
      fields.error(fields.at("any"), "required", "“any” needs at least one condition.");
    return new Condition.Any(any);
  }

  private List<Condition> group(JsonFields fields, String name, int depth) {
    List<Condition> conditions = new ArrayList<>();
    for (JsonFields each : fields.objects(name, MOST)) conditions.add(read(each, depth + 1));
    return conditions;
  }

  private Condition test(JsonFields fields) {
    if (++tests == MOST + 1)
      fields.error(fields.at("field"), "too_many", "A rule has at most " + MOST + " comparisons.");
    String path = fields.required("field", 400);
    Over over = fields.choice("over", OVERS);
    Operator operator = fields.choice("operator", OPERATORS);
    if (!fields.has("operator"))
      fields.error(fields.at("operator"), "required", "“operator” is required.");
    List<String> values = values(fields, operator);
    String currency = fields.text("currency", 10);
    Operator known = operator == null ? Operator.IS : operator;
    var test = new Condition.Test(path, over, known, values, currency);
    if (!path.isEmpty() && operator != null) check(fields, test);
    return test;
  }

  private static void check(JsonFields fields, Condition.Test test) {
    Field field = Field.of(test.field()).orElse(null);
    if (field == null) {
      String hint = Nearest.hint(test.field(), Field.paths());
      fields.error(
          fields.at("field"), "unknown_field", "There is no field “" + test.field() + "”." + hint);
      return;
    }
    over(fields, field, test);
    if (!field.operators(test.over()).contains(test.operator())) {
      String able =
          field.operators(test.over()).stream()
              .map(Operator::word)
              .collect(Collectors.joining(", "));
      fields.error(
          fields.at("operator"),
          "does_not_fit",
          "“"
              + test.operator().word()
              + "” does not fit "
              + field.words()
              + "; these do: "
              + able
              + ".");
      return;
    }
    value(fields, field, test);
    currency(fields, field, test);
  }

  private static void over(JsonFields fields, Field field, Condition.Test test) {
    if (test.over() == null) {
      if (field.path().equals(Field.LINES))
        fields.error(fields.at("over"), "required", "Lines are counted: “over” must be “count”.");
      return;
    }
    if (!field.ofLines())
      fields.error(fields.at("over"), "does_not_fit", "“over” is for fields of lines only.");
    else if (test.over() == Over.SUM && !field.isNumeric(null))
      fields.error(fields.at("over"), "does_not_fit", "Only numbers have a sum.");
    else if (field.path().equals(Field.LINES) && test.over() != Over.COUNT)
      fields.error(fields.at("over"), "does_not_fit", "Lines themselves can only be counted.");
  }

  private static void value(JsonFields fields, Field field, Condition.Test test) {
    String wrong = null;
    boolean number = field.isNumeric(test.over()) || test.operator().comparesNumbers();
    boolean date = field.type() == Field.Type.DATE || test.operator().comparesDates();
    for (String value : test.values()) {
      if (test.operator().countsDays()) {
        if (!value.matches("[0-9]{1,4}")) wrong = "a number of days, 0 to 9999";
      } else if (number && Facts.number(value) == null) {
        wrong = "a number such as 1250.00";
      } else if (date && !number && Day.of(value).isEmpty()) {
        wrong = "a date such as 2026-12-24, or today, today+10, today-3";
      }
    }
    if (wrong != null) fields.error(fields.at("value"), "invalid", "This must be " + wrong + ".");
  }

  /** Amounts of different currencies are never compared: the rule says which one it means. */
  private static void currency(JsonFields fields, Field field, Condition.Test test) {
    String currency = test.currency();
    boolean amount = field.isAmount(test.over()) && !test.operator().asksWhetherEmpty();
    boolean fits = field.isAmount(test.over()) || field.type() == Field.Type.OWN;
    if (currency == null) {
      if (amount)
        fields.error(
            fields.at("currency"),
            "required",
            "An amount is compared in one currency: name it, such as EUR.");
    } else if (!fits) {
      fields.error(fields.at("currency"), "does_not_fit", "Only amounts have a currency.");
    } else if (!CURRENCIES.contains(currency)) {
      String hint = Nearest.hint(currency.toUpperCase(java.util.Locale.ROOT), CURRENCIES);
      fields.error(
          fields.at("currency"),
          "invalid",
          "“" + currency + "” is not an ISO 4217 currency code." + hint);
    }
  }

  private static List<String> values(JsonFields fields, @Nullable Operator operator) {
    JsonNode value = fields.raw("value");
    if (operator == null) return List.of();
    if (operator.takes() == Operator.Takes.NOTHING) {
      if (value != null)
        fields.error(
            fields.at("value"), "does_not_fit", "“" + operator.word() + "” takes no value.");
      return List.of();
    }
    List<String> values = new ArrayList<>();
    if (value != null && value.isArray() && operator.takes() == Operator.Takes.SEVERAL) {
      for (int i = 0; i < Math.min(value.size(), MOST); i++)
        add(values, fields, value.get(i), fields.at("value") + "/" + i);
      if (value.size() > MOST)
        fields.error(fields.at("value"), "too_many", "At most " + MOST + " values are taken.");
    } else if (value != null) {
      add(values, fields, value, fields.at("value"));
    }
    if (value == null || (values.isEmpty() && value.isArray()))
      fields.error(fields.at("value"), "required", "“value” is required.");
    return values;
  }

  private static void add(List<String> values, JsonFields fields, JsonNode value, String at) {
    if (!value.isString() && !value.isNumber() && !value.isBoolean()) {
      fields.error(at, "wrong_type", "This must be text or a number.");
      return;
    }
    String text = value.isString() ? value.stringValue().strip() : value.asString();
    if (text.isEmpty() || text.length() > LONGEST)
      fields.error(at, "invalid", "A value has 1 to " + LONGEST + " characters.");
    else if (text.codePoints()
        .anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE))
      fields.error(
          at, "control_characters", "Line breaks and control characters are not taken here.");
    else values.add(text);
  }

  public static Map<String, Object> write(Condition condition) {
    return switch (condition) {
      case Condition.All all -> Map.of("all", all.of().stream().map(ConditionJson::write).toList());
      case Condition.Any any -> Map.of("any", any.of().stream().map(ConditionJson::write).toList());
      case Condition.Not not -> Map.of("not", write(not.of()));
      case Condition.Test test -> write(test);
    };
  }

  private static Map<String, Object> write(Condition.Test test) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("field", test.field());
    Over over = test.over();
    if (over != null) json.put("over", over.word());
    json.put("operator", test.operator().word());
    switch (test.operator().takes()) {
      case NOTHING -> {}
      case ONE -> json.put("value", test.values().getFirst());
      case SEVERAL -> json.put("value", test.values());
    }
    if (test.currency() != null) json.put("currency", test.currency());
    return json;
  }
}
