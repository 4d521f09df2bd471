package org.postroom.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.AccessForTests;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.access.Right;
import org.postroom.db.Database;
import org.postroom.http.Problem;
import org.postroom.testkit.Doors;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.json.JsonMapper;

@ParameterizedClass
@EnumSource
class RulesTests {
  /** 23:30 in Amsterdam, tomorrow already in Auckland. */
  private static final Instant NOW = Instant.parse("2026-11-21T22:30:00Z");

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String LARGE =
      """
      {"name": "Large invoices", "enabled": true,
       "condition": {"all": [
         {"field": "document.gross", "operator": "more_than", "value": "5000", "currency": "EUR"},
         {"field": "partner.name", "operator": "is", "value": "Contoso"}]},
       "effects": {"layout": "lay_1", "hold": "Check the customs code"}}\
      """;
  private static final String ALWAYS =
      """
      {"name": "Archive", "enabled": true,
       "effects": {"recipients": {"bcc": ["archive@acme.example"]}, "layout": "lay_2",
                   "delay": "PT2H30M", "attachments": [{"related": "packing_slip"}, {"files_of_record": true}]}}\
      """;

  @Parameter TestDatabase kind;
  private Database database;
  private Rules rules;
  private Caller admin;

  @BeforeEach
  void open() {
    database = kind.open(() -> NOW);
    String company = AccessForTests.company(database, "acme", ZoneId.of("Pacific/Auckland"));
    admin = Doors.caller(company, Right.MANAGE_AUTOMATIONS, Right.MANAGE_PEOPLE);
    rules = on(database);
  }

  private static Rules on(Database database) {
    return new Rules(
        database, new Audit(database), AccessForTests.on(database), List.of(RulesTests::choices));
  }

  private static Map<String, String> choices(String company, RuleChoices.Of what) {
    return switch (what) {
      case LAYOUT -> new LinkedHashMap<>(Map.of("lay_1", "Commercial invoice", "lay_2", "Plain"));
      case ACCOUNT -> Map.of("acc_1", "Invoices");
      case DOCUMENT_KIND -> Map.of("packing_slip", "Packing slip", "invoice", "Invoice");
      default -> Map.of();
    };
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theFirstRuleThatMatchesDecidesEachAspect() {
    assertThat(decide("9000", "Contoso")).isEqualTo(Decisions.NONE);
    Rule large = rules.create(admin, read(LARGE));
    Rule archive = rules.create(admin, read(ALWAYS));
    assertThat(List.of(large.position(), archive.position())).containsExactly(1, 2);
    Decisions both = decide("5000.01", "Contoso");
    assertThat(both.layout())
        .isEqualTo(new Decisions.Decision<>("lay_1", large.id(), "Rule “Large invoices”"));
    assertThat(both.approval().value()).isEqualTo("Check the customs code");
    assertThat(both.recipients().rule()).isEqualTo(archive.id());
    assertThat(both.delay().value()).isEqualTo(java.time.Duration.ofMinutes(150));
    assertThat(both.attachments().value())
        .containsExactly(
            new Decisions.FurtherFile.Related("packing_slip"),
            new Decisions.FurtherFile.OfRecord());
    assertThat(both.account()).isNull();
    assertThat(decide("5000", "Contoso").layout().value()).isEqualTo("lay_2");
    rules.order(admin, List.of(archive.id(), large.id()));
    assertThat(decide("5000.01", "Contoso").layout().value()).isEqualTo("lay_2");
    rules.move(admin, large.id(), -1);
    assertThat(decide("5000.01", "Contoso").layout().value()).isEqualTo("lay_1");
  }

  @Test
  void anotherNodeSeesEachChangeAtOnce() {
    Rules other = on(database);
    Rule large = rules.create(admin, read(LARGE));
    assertThat(decide(other, "6000").layout().value()).isEqualTo("lay_1");
    rules.change(admin, large.id(), large.version(), rule -> rule.switched(false));
    assertThat(decide(other, "6000")).isEqualTo(Decisions.NONE);
    rules.change(admin, large.id(), null, rule -> rule.switched(true));
    assertThat(decide(other, "6000").layout().value()).isEqualTo("lay_1");
    rules.delete(admin, large.id(), null);
    assertThat(decide(other, "6000")).isEqualTo(Decisions.NONE);
  }

  @Test
  void companiesHaveTheirOwn() {
    rules.create(admin, read(ALWAYS));
    String second = AccessForTests.company(database, "second", ZoneId.of("UTC"));
    assertThat(rules.decide(second, Map.of())).isEqualTo(Decisions.NONE);
    assertThat(rules.list(second)).isEmpty();
    String id = rules.list(admin.company()).getFirst().id();
    Caller stranger = Doors.caller(second, Right.MANAGE_AUTOMATIONS);
    assertThat(problem(() -> rules.delete(stranger, id, null)).status()).isEqualTo(404);
    assertThat(problem(() -> rules.move(stranger, id, 1)).status()).isEqualTo(404);
  }

  @Test
  void todayIsTheCompanysDay() {
    String due =
        """
        {"name": "Due", "enabled": true, "effects": {"do_not_send": ""},
         "condition": {"field": "document.due_date", "operator": "is", "value": "today"}}\
        """;
    rules.create(admin, read(due));
    var facts = Map.<String, Object>of("document", Map.of("due_date", "2026-11-22"));
    assertThat(rules.decide(admin.company(), facts).doNotSend().value()).isEmpty();
  }

  @Test
  void aChangeOnAnOlderVersionIsRefusedAndOneThatChangesNothingIsNone() {
    Rule made = rules.create(admin, read(LARGE));
    Rule same =
        rules.change(admin, made.id(), 1L, rule -> RuleJson.merge(rule, JSON.readTree("{}")));
    assertThat(same).isEqualTo(made);
    Rule renamed =
        rules.change(
            admin, made.id(), 1L, rule -> RuleJson.merge(rule, JSON.readTree("{\"name\": \"X\"}")));
    assertThat(renamed.version()).isEqualTo(2);
    assertThat(renamed.condition()).isEqualTo(made.condition());
    assertThat(problem(() -> rules.delete(admin, made.id(), 1L)).status()).isEqualTo(412);
    assertThat(
            problem(() -> rules.change(admin, made.id(), 1L, rule -> rule.switched(false))).code())
        .isEqualTo("changed_meanwhile");
  }

  @Test
  void everyChangeIsInTheAuditTrail() {
    Rule made = rules.create(admin, read(LARGE));
    Rule second = rules.create(admin, read(ALWAYS));
    rules.change(admin, made.id(), null, rule -> rule.switched(false));
    rules.order(admin, List.of(second.id(), made.id()));
    rules.delete(admin, made.id(), null);
    List<Audit.Entry> trail = new Audit(database).list(admin, 5, null).data();
    assertThat(trail)
        .extracting(Audit.Entry::what)
        .containsExactly(
            "rule.deleted", "rules.ordered", "rule.changed", "rule.created", "rule.created");
    assertThat(trail.get(2).from()).contains("\"enabled\":true");
    assertThat(trail.get(2).to()).contains("\"enabled\":false");
  }

  @Test
  void whatIsWrongIsToldWhereItStands() {
    Problem wrong =
        problem(() ->
            read(
                """
                {"name": "x", "effects": {"delay": "P31D", "recipients": {"to": ["no address"]}},
                 "condition": {"all": [
                   {"field": "document.gros", "operator": "is", "value": "1"},
                   {"any": []},
                   {"not": {"field": "document.gross", "operator": "more_than", "value": "5"}},
                   {"field": "document.due_date", "operator": "before", "value": "soon"},
                   {"field": "document.number", "operator": "more_than", "value": "5"},
                   {"field": "document.lines[].sku", "over": "sum", "operator": "is", "value": 1},
                   {"field": "partner.ref", "operator": "is_one_of", "value": []},
                   {"field": "partner.ref", "operator": "is", "value": "x", "colour": 1}]}}
                """));
    assertThat(wrong.errors())
        .extracting(Problem.FieldError::pointer)
        .containsExactlyInAnyOrder(
            "/condition/all/0/field",
            "/condition/all/1/any",
            "/condition/all/2/not/currency",
            "/condition/all/3/value",
            "/condition/all/4/operator",
            "/condition/all/5/over",
            "/condition/all/6/value",
            "/condition/all/7/colour",
            "/effects/delay",
            "/effects/recipients/to/0");
    assertThat(wrong.errorAt("/condition/all/0/field")).contains("Did you mean “document.gross”?");
    assertThat(problem(() -> read("{\"name\": \"x\"}")).errorAt("/effects")).contains("effect");
    Problem unknown =
        problem(() ->
            rules.create(
                admin,
                read(
                    """
                    {"name": "x", "effects": {"layout": "lay_3", "account": "acc_2",
                      "attachments": [{"related": "packing_slips"}]},
                     "condition": {"any": [{"field": "document.kind", "operator": "is", "value": "invoices"}]}}
                    """)));
    assertThat(unknown.errors())
        .extracting(Problem.FieldError::pointer)
        .containsExactly(
            "/condition/any/0/value",
            "/effects/layout",
            "/effects/account",
            "/effects/attachments/0/related");
    assertThat(unknown.errorAt("/effects/attachments/0/related")).contains("“packing_slip”");
  }

  @Test
  void conditionsThatNestTooDeepAreRefused() {
    String deep = "{\"not\": ".repeat(9) + "{\"all\": []}" + "}".repeat(9);
    Problem wrong =
        problem(() ->
            read("{\"name\": \"x\", \"effects\": {\"hold\": \"\"}, \"condition\": " + deep + "}"));
    assertThat(wrong.errors()).extracting(Problem.FieldError::code).containsExactly("too_deep");
  }

  @Test
  void aTrialTellsWhatWouldChange() {
    Rule archive = rules.create(admin, read(ALWAYS));
    Trial behind = rules.trial(admin.company(), read(LARGE));
    assertThat(behind.matches(facts("1", "Contoso"))).isFalse();
    assertThat(behind.changes(facts("9000", "Contoso")))
        .containsExactly(new Trial.Change(Trial.Aspect.HOLD, null));
    Rule large = rules.create(admin, read(LARGE.replace("true", "false")));
    rules.order(admin, List.of(large.id(), archive.id()));
    Trial before = rules.trial(admin.company(), rules.get(admin.company(), large.id()));
    assertThat(before.changes(facts("9000", "Contoso")))
        .containsExactly(
            new Trial.Change(Trial.Aspect.LAYOUT, "Rule “Archive”"),
            new Trial.Change(Trial.Aspect.HOLD, null));
  }

  @Test
  void saysARuleInWords() {
    assertThat(rules.sentence(admin.company(), read(LARGE)))
        .isEqualTo(
            "If the gross amount is more than 5,000 EUR and the partner’s name is “Contoso”: layout"
                + " Commercial invoice, hold for approval (“Check the customs code”)");
    assertThat(rules.sentence(admin.company(), read(ALWAYS)))
        .isEqualTo(
            "Always: layout Plain, blind copy to archive@acme.example, attach the related packing"
                + " slip, attach all files of the record, wait 2 hours 30 minutes");
  }

  private Decisions decide(String gross, String partner) {
    return rules.decide(admin.company(), facts(gross, partner));
  }

  private Decisions decide(Rules asked, String gross) {
    return asked.decide(admin.company(), facts(gross, "Contoso"));
  }

  private static Map<String, Object> facts(String gross, String partner) {
    return Map.of(
        "document", Map.of("gross", gross, "currency", "EUR"), "partner", Map.of("name", partner));
  }

  private static Rule read(String json) {
    return RuleJson.read(JSON.readTree(json));
  }

  private static Problem problem(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(Problem.class, call);
  }
}
