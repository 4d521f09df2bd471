package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.Eventually.within;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Access;
import org.postroom.access.Audit;
import org.postroom.access.Caller;
import org.postroom.accounts.oauth.TokenAnswer;
import org.postroom.accounts.oauth.TokenEndpoint;
import org.postroom.console.RecurringWork;
import org.postroom.db.Database;
import org.postroom.db.Settings;
import org.postroom.environment.Environment;
import org.postroom.reminders.Reminders;
import org.postroom.statements.MonthlyStatements;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.ScriptedTokens;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;

/**
 * A database was copied and started elsewhere, with everything in it that wants to go: an event, a
 * reminder, a statement, a message, a sign-in that has to be renewed. All of them are looked at,
 * and nothing happens; once somebody has said that this is the original, all of it does.
 */
@ParameterizedClass
@EnumSource
class MutedCopyJourney {
  private static final String INVOICE =
      """
      {"currency": "EUR", "partner": "late", "issue_date": "%s", "due_date": "%s",
       "lines": [{"description": "Rye flour", "quantity": "1", "unit_price": "32.70", "amount": "32.70"}],
       "totals": {"net": "32.70", "gross": "32.70", "paid": "0.00", "due": "32.70"}}
      """;

  @Parameter TestDatabase kind;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-02T09:00:00Z"));

  /** How often each kind of thread has asked whether it may, and heard no. */
  private final Map<String, Integer> heardNo = new ConcurrentHashMap<>();

  private ScriptedSmtpServer smtp;
  private ScriptedTokens tokens;
  private RunningPostroom postroom;

  /** As the product's own, and notes who was kept from going on. */
  private final class Overheard extends Environment {
    Overheard(Settings settings, Database database, Audit audit) {
      super(settings, database, audit);
    }

    @Override
    public boolean muted() {
      boolean muted = super.muted();
      String who = Thread.currentThread().getName().replaceAll("-.*", "");
      if (muted) heardNo.merge(who, 1, Integer::sum);
      return muted;
    }
  }

  @BeforeEach
  void start() {
    smtp = ScriptedSmtpServer.start(SmtpOffer.plain());
    tokens = new ScriptedTokens();
    postroom =
        RunningPostroom.start(
            RunningPostroom.settings(kind),
            context -> {
              context.getBeanFactory().registerSingleton("clock", clock);
              ((GenericApplicationContext) context)
                  .registerBean(
                      "installationEnvironment",
                      Environment.class,
                      () ->
                          new Overheard(
                              context.getBean(Settings.class),
                              context.getBean(Database.class),
                              context.getBean(Audit.class)));
            });
    made(
        postroom.post(
            "/api/v1/accounts",
            """
            {"kind": "smtp", "name": "Office", "email": "office@acme.example", "default": true, "active": true,
             "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": false}}
            """
                .formatted(smtp.port())));
    made(
        postroom.put(
            "/api/v1/partners/late",
            "{\"type\": \"customer\", \"name\": \"Late Bakery\", \"emails\": {\"main\": [\"pay@late.example\"]}}"));
    made(
        postroom.put(
            "/api/v1/statements/schedule",
            "{\"day\": \"first_working\", \"hour\": 8, \"partners\": [\"late\"]}"));
    for (String automation :
        new String[] {"invoice_issued", "overdue_reminder", "monthly_statement"})
      made(patch(automation));
    eventually( // it was at work before it was copied
        () -> json(postroom.get("/api/v1/statements/schedule")).get("next_run"),
        run -> !run.isNull());
  }

  @AfterEach
  void stop() {
    postroom.close();
    tokens.close();
    smtp.close();
  }

  @Test
  void whatWantsToGoIsLookedAtAndStaysUntilSomebodyDecides() {
    postroom.bean(Database.class).run(Environment::restored);
    LocalDate due = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(8);
    made(postroom.put("/api/v1/documents/invoice/INV-1", INVOICE.formatted(due.minusDays(9), due)));
    String event = tellIssued();
    String message = send();
    clock.advance(Duration.ofDays(29)); // to the next month's first working day
    hurry("reminders");
    hurry("monthly statements");
    Map<String, Integer> before = new TreeMap<>(heardNo);
    within(
        Duration.ofSeconds(60),
        () -> new TreeMap<>(heardNo),
        now ->
            asked(before, now, "events")
                && asked(before, now, "recurring")
                && asked(before, now, "delivery"));

    assertThat(state("events", event)).isEqualTo("accepted");
    assertThat(state("messages", message)).isEqualTo("queued");
    assertThat(reminders()).isEmpty();
    assertThat(statements()).isEmpty();
    assertThat(smtp.connections()).as("nobody was even called").isZero();
    assertRenewsNothing();

    made(postroom.put("/api/v1/environment", "{\"standing\": \"original\"}"));
    eventually(() -> state("events", event), "handled"::equals);
    eventually(() -> state("messages", message), "sent"::equals);
    clock.advance(Duration.ofDays(2)); // reminders and statements wait a day after a restore
    LocalDate lately = due.plusDays(31);
    made(postroom.put("/api/v1/documents/invoice/INV-2", INVOICE.formatted(lately, lately)));
    // What is due of a month comes in turns; these two are not waited for.
    postroom.bean(Reminders.class).run();
    postroom.bean(MonthlyStatements.class).beginDue();
    eventually(this::reminders, all -> !all.isEmpty());
    eventually(this::statements, all -> !all.isEmpty());
  }

  /** A renewed sign-in may end the original's; a person's own new one does not. */
  private void assertRenewsNothing() {
    var endpoint = postroom.bean(TokenEndpoint.class);
    URI provider = URI.create(tokens.url());
    tokens.answer(200, "{\"access_token\": \"new\", \"token_type\": \"Bearer\"}");
    for (String grant : new String[] {"refresh_token", "client_credentials"})
      assertThat(endpoint.ask(provider, Map.of("grant_type", grant, "refresh_token", "old")))
          .isInstanceOf(TokenAnswer.Busy.class);
    assertThat(tokens.asked()).isEmpty();
    assertThat(endpoint.revoke(provider, "old")).isFalse();
    assertThat(tokens.revoked()).isEmpty();
    assertThat(endpoint.ask(provider, Map.of("grant_type", "authorization_code", "code", "c")))
        .isInstanceOf(TokenAnswer.Granted.class);
  }

  private static boolean asked(Map<String, Integer> before, Map<String, Integer> now, String who) {
    return now.getOrDefault(who, 0) >= before.getOrDefault(who, 0) + 2;
  }

  private void hurry(String work) {
    String company = postroom.bean(Access.class).companies().getFirst().id();
    postroom.bean(RecurringWork.class).runNow(Caller.postroom(company), work);
  }

  private JsonNode reminders() {
    return json(postroom.get("/api/v1/reminders/history")).get("data");
  }

  /** What became of each month that was due. */
  private JsonNode statements() {
    return json(postroom.get("/api/v1/statements/schedule")).get("months");
  }

  private String state(String what, String id) {
    return json(postroom.get("/api/v1/" + what + "/" + id)).get("state").asString();
  }

  private String tellIssued() {
    HttpResponse<String> told =
        postroom.send(
            postroom
                .request("/api/v1/events")
                .header("Content-Type", "application/cloudevents+json")
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"specversion": "1.0", "id": "1", "source": "/erp", "type": "invoice.issued",
                         "data": {"kind": "invoice", "number": "INV-1"}}
                        """)));
    assertThat(told.statusCode()).as(told.body()).isEqualTo(202);
    return json(told).get("id").asString();
  }

  private String send() {
    var sent =
        postroom.post(
            "/api/v1/messages",
            "{\"subject\": \"Hello\", \"text\": \"Hi\", \"to\": [\"a@x.example\"]}");
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
    return json(sent).get("id").asString();
  }

  private HttpResponse<String> patch(String automation) {
    return postroom.send(
        postroom
            .request("/api/v1/automations/" + automation)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString("{\"enabled\": true}")));
  }

  private static void made(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
  }
}
