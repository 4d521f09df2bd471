package org.postroom.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.callbacks.DeliveryRows.Due;
import org.postroom.callbacks.DeliveryRows.Taken;
import org.postroom.callbacks.WebhookDelivery.State;
import org.postroom.db.Database;
import org.postroom.environment.Environment;
import org.postroom.environment.Standing;
import org.postroom.happenings.Happening;
import org.postroom.notices.WebhookNotices;
import org.postroom.testkit.HookReceiver;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;

/** Days with a receiver that does not work, nodes that die, and copies that must stay silent. */
@ParameterizedClass
@EnumSource
class DeadEndpointTests {
  @Parameter TestDatabase kind;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T12:00:00Z"));
  private Database database;
  private HookReceiver erp;

  @BeforeEach
  void open() {
    database = kind.open(clock);
    erp = HookReceiver.start();
  }

  @AfterEach
  void close() {
    erp.close();
    database.close();
  }

  @Test
  void fiveDaysOfFailuresSwitchItOffAndAdministratorsHearOnce() {
    try (ScriptedSmtpServer relay = ScriptedSmtpServer.start(SmtpOffer.plain());
        RunningPostroom postroom = RunningPostroom.start(database)) {
      postroom.post(
          "/api/v1/accounts",
          """
          {"kind": "smtp", "name": "Relay", "email": "relay@acme.example",
           "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": false}}\
          """
              .formatted(relay.port()));
      erp.usually(503);
      String endpoint = endpoint(postroom, erp.url("/dead"));
      String first = test(postroom, endpoint);
      List<Duration> pauses = new ArrayList<>();
      for (int tries = 1; tries <= 10; tries++) {
        int done = tries;
        JsonNode delivery =
            eventually(
                () -> delivery(postroom, endpoint, first),
                it -> it.get("attempts").asInt() == done && !it.get("under_way").booleanValue());
        if (tries == 10) {
          assertThat(delivery.get("state").asString()).isEqualTo("failed");
          break;
        }
        Duration pause =
            Duration.between(clock.instant(), Instant.parse(delivery.get("due_at").asString()));
        pauses.add(pause);
        clock.advance(pause);
      }
      assertThat(pauses).hasSize(9).isSorted();
      assertThat(erp.calls()).hasSize(10);
      assertThat(state(postroom, endpoint)).isEqualTo("failing");
      clock.advance(Duration.ofDays(2));
      test(postroom, endpoint);
      eventually(() -> state(postroom, endpoint), "switched_off"::equals);
      JsonNode off = json(postroom.get("/api/v1/webhook_endpoints/" + endpoint));
      assertThat(off.get("off_reason").asString()).contains("five days").contains("503");

      WebhookNotices notices = postroom.bean(WebhookNotices.class);
      notices.tell();
      notices.tell();
      List<JsonNode> told = new ArrayList<>();
      json(postroom.get("/api/v1/messages")).get("data").forEach(told::add);
      told.removeIf(message -> !message.at("/origin/kind").asString().equals("notice"));
      assertThat(told).hasSize(1);
      assertThat(told.getFirst().get("subject").asString())
          .isEqualTo("A webhook was switched off: " + erp.url("/dead"));
      assertThat(told.getFirst().at("/recipients/0/address").asString())
          .isEqualTo(RunningPostroom.ADMIN);
      clock.advance(Duration.ofDays(3));
      assertThat(erp.calls()).as("nobody calls any more").hasSize(11);
    }
  }

  @Test
  void aCopyCallsNobodyUntilItIsTheOriginal() {
    try (RunningPostroom postroom = RunningPostroom.start(database)) {
      String endpoint = endpoint(postroom, erp.url("/real"));
      database.run(Environment::restored);
      String message =
          json(postroom.post(
                  "/api/v1/messages",
                  """
                  {"subject": "x", "text": "x", "to": ["a@b.example"], "send_at": "2099-01-01T00:00:00Z"}\
                  """))
              .get("id")
              .asString();
      assertThat(postroom.post("/api/v1/webhook_endpoints/" + endpoint + "/test", "").statusCode())
          .isEqualTo(409);
      Environment environment = postroom.bean(Environment.class);
      environment.become(Standing.TEST_COPY);
      // Work goes by in a second or so; it is looked at when the copy is the original, too.
      assertThat(erp.calls()).isEmpty();
      database.run(
          sql -> sql.sql("UPDATE installation_environment SET id = 'env_elsewhere'").update());
      environment.become(Standing.ORIGINAL);
      eventually(erp::calls, calls -> !calls.isEmpty());
      assertThat(erp.calls())
          .allMatch(call -> call.body().at("/data/message/id").asString().equals(message));
    }
  }

  @Test
  void eachDeliveryIsInOneHandAtATimeAndDueAgainWhereThatHandDies() throws Exception {
    var due = new Due("co_1", "whk_1", false);
    for (int i = 0; i < 60; i++) {
      var happening =
          new Happening(
              "co_1", "hap_" + i, clock.instant(), "message.sent", "msg_1", Map.of(), "{}");
      database.run(sql -> DeliveryRows.insert(sql, happening, "whk_1", sql.now()));
    }
    Instant until = clock.instant().plus(DeliverWebhooks.LEASE);
    Callable<List<Taken>> node =
        () -> {
          List<Taken> all = new ArrayList<>();
          for (List<Taken> some = take(due, until); !some.isEmpty(); some = take(due, until))
            all.addAll(some);
          return all;
        };
    List<Taken> taken = new ArrayList<>();
    try (var nodes = Executors.newFixedThreadPool(4)) {
      for (var each : nodes.invokeAll(List.of(node, node, node, node))) taken.addAll(each.get());
    }
    Set<String> ids = new HashSet<>();
    assertThat(taken).hasSize(60).allMatch(each -> ids.add(each.id()));
    clock.advance(DeliverWebhooks.LEASE.minusSeconds(1));
    assertThat(take(due, until)).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    List<Taken> again = take(due, clock.instant().plus(DeliverWebhooks.LEASE));
    assertThat(again).hasSize(5);
    Taken late =
        taken.stream().filter(each -> each.id().equals(again.getFirst().id())).findFirst().get();
    assertThat(settle(late)).as("whoever came too late says nothing").isEmpty();
    assertThat(settle(again.getFirst())).hasValue(1);
    assertThat(settle(again.getFirst())).isEmpty();
  }

  private List<Taken> take(Due due, Instant until) {
    return database.write(sql -> DeliveryRows.take(sql, due, 5, sql.now(), until));
  }

  private Optional<Integer> settle(Taken taken) {
    return database.write(
        sql -> DeliveryRows.settle(sql, taken, State.DELIVERED, null, null, sql.now()));
  }

  @Test
  void whatIsOldIsForgotten() {
    try (RunningPostroom postroom = RunningPostroom.start(database)) {
      String endpoint = endpoint(postroom, erp.url("/old"));
      String delivery = test(postroom, endpoint);
      eventually(
          () -> delivery(postroom, endpoint, delivery).get("state").asString(),
          "delivered"::equals);
      WebhookDeliveries deliveries = postroom.bean(WebhookDeliveries.class);
      // Ids bear the machine's time, not the test's.
      clock.set(Instant.now().plus(Duration.ofDays(29)));
      deliveries.forgetOld();
      assertThat(rows("happenings", "webhook_deliveries", "webhook_attempts")).isEqualTo(3);
      clock.advance(Duration.ofDays(2));
      deliveries.forgetOld();
      assertThat(rows("happenings", "webhook_deliveries", "webhook_attempts")).isZero();
    }
  }

  private long rows(String... tables) {
    long all = 0;
    for (String table : tables)
      all +=
          database.<Long>read(
              sql -> sql.sql("SELECT count(*) FROM " + table).query(Long.class).single());
    return all;
  }

  private static String endpoint(RunningPostroom postroom, String url) {
    return json(postroom.post("/api/v1/webhook_endpoints", "{\"url\": \"" + url + "\"}"))
        .get("id")
        .asString();
  }

  private static String test(RunningPostroom postroom, String endpoint) {
    return json(postroom.post("/api/v1/webhook_endpoints/" + endpoint + "/test", ""))
        .get("id")
        .asString();
  }

  private static String state(RunningPostroom postroom, String endpoint) {
    return json(postroom.get("/api/v1/webhook_endpoints/" + endpoint)).get("state").asString();
  }

  private static JsonNode delivery(RunningPostroom postroom, String endpoint, String id) {
    return json(postroom.get("/api/v1/webhook_endpoints/" + endpoint + "/deliveries/" + id));
  }
}
