package org.postroom.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.http.JsonFields;
import org.postroom.rules.Condition.Over;
import tools.jackson.databind.json.JsonMapper;

class EvaluationTests {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-21");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Map<String, Object> FACTS =
      Map.of(
          "purpose", "invoice",
          "document",
              Map.of(
                  "kind",
                  "invoice",
                  "number",
                  "INV-007",
                  "currency",
                  "EUR",
                  "gross",
                  "5000.00",
                  "due_date",
                  "2026-11-30",
                  "fields",
                  Map.of(
                      "code",
                      "007",
                      "urgent",
                      true,
                      "tags",
                      List.of("a", "Fragile"),
                      "rate",
                      new BigDecimal("7.0"),
                      "a.b",
                      "dotted"),
                  "lines",
                  List.of(
                      Map.of("sku", "HAZ-1", "quantity", "2", "amount", "10.10"),
                      Map.of("sku", "FLR-9", "quantity", "3.5", "amount", "0.20"),
                      Map.of("description", "Freight"))),
          "partner",
              Map.of(
                  "ref", "contoso", "name", "Contoso Bakery", "attributes", Map.of("group", "A")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"field": "document.gross", "operator": "more_than", "value": "4999.999", "currency": "EUR"} | true
          {"field": "document.gross", "operator": "more_than", "value": "5000", "currency": "EUR"} | false
          {"field": "document.gross", "operator": "is", "value": 5000, "currency": "EUR"} | true
          {"field": "document.gross", "operator": "at_most", "value": "9999", "currency": "USD"} | false
          {"field": "document.gross", "operator": "is_not", "value": "1", "currency": "USD"} | false
          {"field": "document.net", "operator": "less_than", "value": "1", "currency": "EUR"} | false
          {"field": "partner.name", "operator": "is", "value": " contoso BAKERY"} | true
          {"field": "partner.name", "operator": "contains", "value": "bak"} | true
          {"field": "partner.ref", "operator": "is_one_of", "value": ["x", "Contoso"]} | true
          {"field": "partner.language", "operator": "is_not", "value": "de"} | true
          {"field": "partner.language", "operator": "is_empty"} | true
          {"field": "document.due_date", "operator": "within_next_days", "value": 9} | true
          {"field": "document.due_date", "operator": "within_next_days", "value": 8} | false
          {"field": "document.due_date", "operator": "after", "value": "today+8"} | true
          {"field": "document.due_date", "operator": "before", "value": "today"} | false
          {"field": "document.fields.code", "operator": "is", "value": "7"} | false
          {"field": "document.fields.rate", "operator": "is", "value": "7"} | true
          {"field": "document.fields.urgent", "operator": "is_true"} | true
          {"field": "document.fields.never", "operator": "is_false"} | true
          {"field": "document.fields.tags", "operator": "is", "value": "fragile"} | true
          {"field": "document.fields.a.b", "operator": "is", "value": "dotted"} | true
          {"field": "document.lines[].sku", "operator": "starts_with", "value": "haz"} | true
          {"field": "document.lines[].sku", "over": "all", "operator": "is_not_empty"} | false
          {"field": "document.lines[].quantity", "over": "sum", "operator": "is", "value": "5.5"} | true
          {"field": "document.lines[].amount", "over": "sum", "operator": "is", "value": "10.3", "currency": "EUR"} | true
          {"field": "document.lines[].sku", "over": "count", "operator": "is", "value": "2"} | true
          {"field": "document.lines[]", "over": "count", "operator": "at_least", "value": "3"} | true
          {"all": []} | true
          {"not": {"all": []}} | false
          {"any": [{"field": "purpose", "operator": "is", "value": "quote"}, {"all": [{"field": "purpose", "operator": "is", "value": "invoice"}]}]} | true
          """)
  void comparesAsDocumented(String condition, boolean holds) {
    assertThat(holds(read(condition), FACTS)).isEqualTo(holds);
    assertThat(new NaiveEvaluator(FACTS, TODAY).holds(read(condition)))
        .isEqualTo(!condition.contains("a.b") && holds);
  }

  @Test
  void withoutLinesNoStatementAboutEveryLineHolds() {
    Condition every =
        read(
            "{\"field\": \"document.lines[].sku\", \"over\": \"all\", \"operator\": \"is_empty\"}");
    assertThat(holds(every, Map.of("document", Map.of()))).isFalse();
    assertThat(holds(every, Map.of())).isFalse();
  }

  @Test
  void agreesWithTheNaiveEvaluatorOnAnyConditionAndFacts() {
    var random = new Random(5);
    int held = 0;
    for (int i = 0; i < 20_000; i++) {
      Map<String, Object> facts = facts(random);
      Condition condition = condition(random, 3);
      boolean naive = new NaiveEvaluator(facts, TODAY).holds(condition);
      assertThat(holds(condition, facts)).as("%s on %s", condition, facts).isEqualTo(naive);
      if (naive) held++;
    }
    assertThat(held).isBetween(4_000, 16_000);
  }

  @Test
  void whatIsWrittenIsReadAsTheSameCondition() {
    var random = new Random(6);
    for (int i = 0; i < 2_000; i++) {
      Condition condition = condition(random, 3);
      JsonFields fields = JsonFields.of(JSON.valueToTree(ConditionJson.write(condition)));
      assertThat(ConditionJson.read(fields)).isEqualTo(condition);
      fields.check();
    }
  }

  private static boolean holds(Condition condition, Map<String, Object> facts) {
    return Check.of(condition).holds(facts, () -> TODAY);
  }

  private static Condition read(String json) {
    JsonFields fields = JsonFields.of(JSON.readTree(json));
    Condition condition = ConditionJson.read(fields);
    fields.check();
    return condition;
  }

  private static final List<String> VALUES =
      List.of(
          "a",
          "A b",
          "7",
          "7.0",
          "10",
          "-3.5",
          "2026-11-21",
          "2026-11-25",
          "2026-10-01",
          "true",
          "false",
          "");

  private static Map<String, Object> facts(Random random) {
    Map<String, Object> document = new HashMap<>();
    maybe(random, document, "number", VALUES);
    maybe(random, document, "due_date", List.of("2026-11-21", "2026-11-25", "2026-10-01"));
    maybe(random, document, "gross", List.of("7", "7.00", "10", "-3.5"));
    maybe(random, document, "currency", List.of("EUR", "USD"));
    Map<String, Object> own = new HashMap<>();
    maybe(random, own, "x", VALUES);
    if (random.nextInt(4) == 0) own.put("x", List.of(one(random, VALUES), one(random, VALUES)));
    if (random.nextInt(4) == 0)
      own.put("x", new BigDecimal(one(random, List.of("7", "7.0", "10"))));
    if (random.nextInt(4) == 0) own.put("x", random.nextBoolean());
    document.put("fields", own);
    if (random.nextInt(4) > 0) {
      List<Object> lines = new ArrayList<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        Map<String, Object> line = new HashMap<>();
        maybe(random, line, "sku", VALUES);
        maybe(random, line, "quantity", List.of("7", "7.00", "10", "-3.5"));
        maybe(random, line, "amount", List.of("7", "7.00", "10", "-3.5"));
        lines.add(line);
      }
      document.put("lines", lines);
    }
    return Map.of("document", document);
  }

  private static void maybe(Random random, Map<String, Object> map, String name, List<String> of) {
    if (random.nextInt(4) > 0) map.put(name, one(random, of));
  }

  private static Condition condition(Random random, int depth) {
    int pick = random.nextInt(depth == 0 ? 3 : 6);
    return switch (pick) {
      case 3 -> new Condition.All(conditions(random, depth, 0));
      case 4 -> new Condition.Any(conditions(random, depth, 1));
      case 5 -> new Condition.Not(condition(random, depth - 1));
      default -> test(random);
    };
  }

  private static List<Condition> conditions(Random random, int depth, int least) {
    List<Condition> conditions = new ArrayList<>();
    for (int i = least + random.nextInt(3); i > 0; i--)
      conditions.add(condition(random, depth - 1));
    return conditions;
  }

  private static Condition test(Random random) {
    Field field =
        Field.of(
                one(
                    random,
                    List.of(
                        "document.number",
                        "document.due_date",
                        "document.gross",
                        "document.fields.x",
                        "document.lines[].sku",
                        "document.lines[].quantity",
                        "document.lines[].amount",
                        "document.lines[]")))
            .orElseThrow();
    Over over = over(random, field);
    Operator operator = one(random, field.operators(over));
    boolean number = field.isNumeric(over) || operator.comparesNumbers();
    boolean date = field.type() == Field.Type.DATE || operator.comparesDates();
    List<String> of = VALUES.stream().filter(value -> !value.isEmpty()).toList();
    if (date) of = List.of("today", "today+4", "today-51", "2026-11-25");
    if (number) of = List.of("7", "7.0", "10", "-3.50", "14", "0");
    if (operator.countsDays()) of = List.of("0", "4", "51", "3");
    List<String> values = new ArrayList<>();
    int count = operator.takes() == Operator.Takes.NOTHING ? 0 : 1;
    if (operator.takes() == Operator.Takes.SEVERAL) count += random.nextInt(2);
    for (int i = 0; i < count; i++) values.add(one(random, of));
    boolean amount = field.isAmount(over) && !operator.asksWhetherEmpty();
    return new Condition.Test(
        field.path(), over, operator, values, amount ? one(random, List.of("EUR", "USD")) : null);
  }

  private static Over over(Random random, Field field) {
    if (!field.ofLines()) return null;
    if (field.path().equals(Field.LINES)) return Over.COUNT;
    Over over = one(random, List.of(Over.values()));
    return over == Over.SUM && !field.isNumeric(null) ? Over.ALL : over;
  }

  private static <T> T one(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
