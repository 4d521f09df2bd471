package org.postroom.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.db.Database;
import org.postroom.db.Node;
import org.postroom.receivables.StatementScope;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;

/**
 * A run from the ERP's side, and what happens when nodes die in it. The node's own workers stand
 * still where each step is taken, or not taken, by hand.
 */
@ParameterizedClass
@EnumSource
class StatementRunTests {
  @Parameter TestDatabase kind;
  private RunningPostroom postroom;
  private Database database;
  private RunWork work;

  @BeforeEach
  void start() {
    Map<String, Object> settings = new HashMap<>(RunningPostroom.settings(kind));
    settings.put("POSTROOM_NODE", "one");
    postroom = RunningPostroom.start(settings);
    database = postroom.bean(Database.class);
    work = postroom.bean(RunWork.class);
  }

  @AfterEach
  void stop() {
    postroom.close();
  }

  @Test
  void aRunTellsWhoGetsNoneAndWhyBeforeItSendsTheOthersOneEach() {
    customers();
    String run =
        begin(
            "{\"date\": \"2026-11-21\", \"exclude\": [\"gone\"], \"min_amount\": \"5.00\", \"dry_run\": true}");
    JsonNode planned = eventually(() -> run(run), seen -> state(seen).equals("planned"));
    assertThat(planned.at("/counts/waiting").asInt()).isEqualTo(2);
    Map<String, String> why = new HashMap<>();
    planned
        .get("will_not_be_sent")
        .forEach(line -> why.put(line.get("partner").asString(), line.get("code").asString()));
    assertThat(why)
        .containsEntry("paid", "zero_balance")
        .containsEntry("tiny", "below_minimum")
        .containsEntry("mute", "no_address")
        .containsEntry("quiet", "switched_off")
        .containsEntry("gone", "excluded")
        .hasSize(5);
    assertThat(messages()).isEmpty();

    made(postroom.post("/api/v1/statements/runs/" + run + "/start", "{}"), 200);
    JsonNode done = eventually(() -> run(run), seen -> state(seen).equals("done"));
    assertThat(done.at("/counts/sent").asInt()).isEqualTo(2);
    assertThat(done.at("/counts/failed").asInt()).isZero();
    assertThat(messages()).hasSize(2);
    JsonNode message = messages().getFirst();
    assertThat(message.at("/document/kind").asString()).isEqualTo("statement");
    assertThat(message.at("/document/number").asString())
        .startsWith("STM-")
        .endsWith("-2026-11-21");
  }

  @Test
  void aRuleThatStopsAStatementIsNoFailure() {
    customers();
    made(
        postroom.post(
            "/api/v1/rules",
            """
            {"name": "Court case", "enabled": true,
             "condition": {"field": "document.kind", "operator": "is", "value": "statement"},
             "effects": {"do_not_send": "Our lawyer writes to them."}}\
            """),
        201);
    String run = begin("{\"date\": \"2026-11-21\"}");
    JsonNode done = eventually(() -> run(run), seen -> state(seen).equals("done"));
    assertThat(done.at("/counts/sent").asInt()).isZero();
    assertThat(done.at("/counts/failed").asInt()).isZero();
    assertThat(done.get("will_not_be_sent").toString())
        .contains("do_not_send", "Court case", "Our lawyer writes to them.");
    assertThat(messages()).isEmpty();
  }

  @Test
  void aCustomerWithThreeCurrenciesGetsOneStatementWithThreeBalances() {
    partner("contoso", "[\"ap@contoso.example\"]", "{}");
    invoice("E1", "contoso", "EUR", "100.00");
    invoice("E2", "contoso", "EUR", "20.00");
    invoice("U1", "contoso", "USD", "900.50");
    invoice("J1", "contoso", "JPY", "5000");
    made(pay("invoice/U1", "BANK-1", "400.50", "2026-11-15"), 201);
    made(
        postroom.post(
            "/api/v1/partners/contoso/payments",
            "{\"reference\": \"ON-1\", \"amount\": \"30.00\", \"date\": \"2026-11-20\", \"currency\": \"EUR\"}"),
        201);
    JsonNode statement = json(postroom.get("/api/v1/partners/contoso/statement?as_of=2026-11-21"));
    assertThat(balances(statement))
        .isEqualTo(Map.of("EUR", "90.00", "USD", "500.00", "JPY", "5000"));
    JsonNode before = json(postroom.get("/api/v1/partners/contoso/statement?as_of=2026-11-14"));
    assertThat(balances(before)).isEqualTo(Map.of("EUR", "120.00", "USD", "900.50", "JPY", "5000"));

    HttpResponse<String> sent =
        postroom.post("/api/v1/partners/contoso/statement?as_of=2026-11-21", "");
    made(sent, 202);
    JsonNode kept = json(postroom.get("/api/v1/documents/statement/STM-contoso-2026-11-21"));
    assertThat(balances(kept.get("ledger"))).hasSize(3);
    assertThat(kept.get("currency").asString()).isEqualTo("JPY");
    String id = json(sent).get("id").asString();
    JsonNode local =
        eventually(
            () -> json(postroom.get("/api/v1/messages/" + id)),
            message -> message.get("state").asString().equals("sent"));
    assertThat(local.at("/recipients/0/address").asString()).isEqualTo("ap@contoso.example");
    String mail = postroom.get("/api/v1/messages/" + id + "/content").body();
    assertThat(mail).contains("application/pdf").contains("STM-contoso-2026-11-21");
  }

  @Test
  void aNodeThatDiesLeavesItsCustomersToItsNextLifeAndEachGetsOne() {
    work.stop();
    for (int i = 0; i < 5; i++) owing("c" + i);
    StatementRun run = planned();
    SendStatements sending = postroom.bean(SendStatements.class);
    var taken = sending.take(new Node("one", false)).getFirst();
    assertThat(taken.partners()).hasSize(5);
    assertThat(sending.take(new Node("two", false))).as("nobody else takes them").isEmpty();
    assertThatThrownBy(() ->
            database.run(sql -> {
              sending.send(taken);
              throw new IllegalStateException("died before the commit");
            }))
        .hasMessage("died before the commit");
    assertThat(messages()).isEmpty();
    work.start();
    eventually(() -> run(run.id()), seen -> state(seen).equals("done"));
    assertThat(messages()).hasSize(5);
    sending.send(taken);
    assertThat(messages()).as("who held them before sends nothing again").hasSize(5);
  }

  @Test
  void aStoppedRunMakesNothingMoreAndGoesOnWhenStartedAgain() {
    work.stop();
    for (int i = 0; i < 45; i++) owing("c" + i);
    StatementRun run = planned();
    SendStatements sending = postroom.bean(SendStatements.class);
    var node = new Node("one", false);
    sending.send(sending.take(node).getFirst());
    var held = sending.take(node).getFirst();
    made(postroom.post("/api/v1/statements/runs/" + run.id() + "/stop", "{}"), 200);
    sending.send(held);
    JsonNode stopped = run(run.id());
    assertThat(state(stopped)).isEqualTo("stopped");
    assertThat(stopped.at("/counts/sent").asInt()).isEqualTo(20);
    assertThat(stopped.at("/counts/waiting").asInt()).isEqualTo(25);
    work.start();
    made(postroom.post("/api/v1/statements/runs/" + run.id() + "/start", "{}"), 200);
    eventually(() -> run(run.id()), seen -> state(seen).equals("done"));
    assertThat(run(run.id()).at("/counts/sent").asInt()).isEqualTo(45);
  }

  @Test
  void aScheduleBeginsARunOfAKeyOnce() {
    StatementRuns runs = postroom.bean(StatementRuns.class);
    var request = RunRequest.all(StatementScope.openItems(java.time.LocalDate.of(2026, 11, 30)));
    String first = runs.begin(caller(), request, "monthly:2026-11").id();
    assertThat(runs.begin(caller(), request, "monthly:2026-11").id()).isEqualTo(first);
    assertThat(runs.begin(caller(), request, "monthly:2026-12").id()).isNotEqualTo(first);
  }

  @Test
  void whatCannotBeAskedForIsRefusedFieldByField() {
    HttpResponse<String> wrong =
        postroom.post(
            "/api/v1/statements/runs",
            "{\"date\": \"2026-02-30\", \"kind\": \"all\", \"min_amount\": \"-1\", \"zero\": true}");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(json(wrong).get("errors")).hasSize(4);
    assertThat(postroom.get("/api/v1/partners/nobody/statement").statusCode()).isEqualTo(404);
    assertThat(postroom.get("/api/v1/statements/runs/run_00000000000000000000000000").statusCode())
        .isEqualTo(404);
  }

  private StatementRun planned() {
    StatementRuns runs = postroom.bean(StatementRuns.class);
    var scope = StatementScope.openItems(java.time.LocalDate.of(2026, 11, 21));
    StatementRun run = runs.begin(caller(), RunRequest.all(scope), null);
    PlanRun plan = postroom.bean(PlanRun.class);
    plan.plan(plan.take(new Node("one", false)).orElseThrow());
    assertThat(run(run.id()).get("state").asString()).isEqualTo("running");
    return run;
  }

  private Caller caller() {
    return Caller.postroom(postroom.bean(Access.class).companies().getFirst().id());
  }

  private void customers() {
    owing("contoso");
    owing("fabrikam");
    owing("gone");
    partner("paid", "[\"a@paid.example\"]", "{}");
    partner("mute", "[]", "{}");
    invoice("I-mute", "mute", "EUR", "10.00");
    partner("quiet", "[\"a@quiet.example\"]", "{\"statement\": false}");
    invoice("I-quiet", "quiet", "EUR", "10.00");
    partner("tiny", "[\"a@tiny.example\"]", "{}");
    invoice("I-tiny", "tiny", "EUR", "4.99");
    made(
        postroom.put(
            "/api/v1/partners/mill",
            "{\"type\": \"vendor\", \"name\": \"Mill\", \"emails\": {\"main\": [\"a@mill.example\"]}}"),
        201);
  }

  private void owing(String ref) {
    partner(ref, "[\"ap@" + ref + ".example\"]", "{}");
    invoice("I-" + ref, ref, "EUR", "32.70");
  }

  private void partner(String ref, String main, String notifications) {
    made(
        postroom.put(
            "/api/v1/partners/" + ref,
            "{\"type\": \"customer\", \"name\": \"%s\", \"emails\": {\"main\": %s}, \"notifications\": %s}"
                .formatted(ref, main, notifications)),
        201);
  }

  private void invoice(String number, String partner, String currency, String gross) {
    made(
        postroom.put(
            "/api/v1/documents/invoice/" + number,
            """
            {"partner": "%s", "issue_date": "2026-11-02", "due_date": "2026-11-10", "currency": "%s",
             "totals": {"gross": "%s", "paid": "0", "due": "%s"}}\
            """
                .formatted(partner, currency, gross, gross)),
        201);
  }

  private HttpResponse<String> pay(String document, String reference, String amount, String date) {
    return postroom.post(
        "/api/v1/documents/" + document + "/payments",
        "{\"reference\": \"%s\", \"amount\": \"%s\", \"date\": \"%s\"}"
            .formatted(reference, amount, date));
  }

  private static Map<String, String> balances(JsonNode ledger) {
    Map<String, String> balances = new HashMap<>();
    for (JsonNode group : ledger.get("groups"))
      balances.put(group.get("currency").asString(), group.get("balance").asString());
    return balances;
  }

  private String begin(String body) {
    HttpResponse<String> begun = postroom.post("/api/v1/statements/runs", body);
    made(begun, 202);
    return json(begun).get("id").asString();
  }

  private JsonNode run(String id) {
    return json(postroom.get("/api/v1/statements/runs/" + id));
  }

  private static String state(JsonNode run) {
    return run.get("state").asString();
  }

  private List<JsonNode> messages() {
    return json(postroom.get("/api/v1/messages?limit=200")).get("data").valueStream().toList();
  }

  private static void made(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
  }
}
