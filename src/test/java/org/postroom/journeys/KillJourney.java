package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.within;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.testkit.Launch;
import org.postroom.testkit.PostroomProcess;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;

/**
 * The product is killed at random moments under load, again and again; in the end every message is
 * accounted for. {@code bench/kills} runs it longer; its settings are the system properties {@code
 * kills.rounds}, {@code kills.seed} and {@code kills.database}.
 */
@ParameterizedClass
@EnumSource
class KillJourney {
  private static final int ROUNDS = Integer.getInteger("kills.rounds", 6);
  private static final long SEED = Long.getLong("kills.seed", System.nanoTime());

  @Parameter TestDatabase database;
  private ScriptedSmtpServer server;
  private PostroomProcess postroom;

  @BeforeEach
  void start() {
    String only = System.getProperty("kills.database", database.name());
    Assumptions.assumeTrue(database.name().equalsIgnoreCase(only), "Skipped: not asked for.");
    server = ScriptedSmtpServer.start(SmtpOffer.plain());
    server.thinksFor(Duration.ofMillis(3));
    Map<String, String> settings = new HashMap<>(Map.of("POSTROOM_NODE", "one"));
    if (database == TestDatabase.POSTGRESQL)
      settings.put("POSTROOM_DATABASE_URL", TestDatabase.freshPostgresUrl());
    postroom = PostroomProcess.start(settings, Launch.quick());
    prepare();
  }

  @AfterEach
  void stop() {
    if (postroom != null) postroom.close();
    if (server != null) server.close();
  }

  @Test
  void nothingIsLostAndNothingIsSentTwice() throws InterruptedException {
    System.out.printf("%d kills on %s, seed %d%n", ROUNDS, database, SEED);
    var load = new ErpLoad(postroom, () -> server.received().size());
    load.begin();
    var random = new Random(SEED);
    for (int round = 1; round <= ROUNDS; round++) {
      if (round % 5 == 0) killWhileStarting(random);
      else killUnderLoad(random);
      postroom.restart();
    }
    load.end();
    awaitRest();

    Ledger ledger =
        Ledger.of(
            Stream.concat(load.texts().stream(), load.events().stream()).toList(),
            postroom,
            server);
    System.out.printf("%srequests sent again              %6d%n", ledger, load.repeated());
    assertThat(load.complaints()).isEmpty();
    assertThat(load.texts()).isNotEmpty();
    assertThat(load.events()).isNotEmpty();
    assertThat(ledger.states().keySet()).isSubsetOf("sent", "unclear");
    assertThat(ledger.missing()).as("acknowledged, no message").isEmpty();
    assertThat(ledger.doubled()).as("several messages for one request").isEmpty();
    assertThat(ledger.rows())
        .as("nothing that was never acknowledged")
        .hasSameSizeAs(ledger.acknowledged());
    assertThat(ledger.lost()).as("sent, never arrived").isEmpty();
    assertThat(ledger.repeated()).as("arrived more than once").isEmpty();
    assertThat(ledger.silent()).isEmpty();
    assertThat(ledger.unknown()).isEmpty();
    // Two connections: no more than two messages are in the unclear window at a time.
    assertThat(ledger.states().getOrDefault("unclear", 0L)).isLessThanOrEqualTo(2L * ROUNDS);
    assertThat(server.violations()).isEmpty();
  }

  /** Somewhere in the flow: after a random number of further mails, and a random moment more. */
  private void killUnderLoad(Random random) {
    int more = server.contents() + 1 + random.nextInt(60);
    within(Duration.ofMinutes(2), server::contents, n -> n >= more);
    LockSupport.parkNanos(random.nextInt(15_000_000));
    postroom.kill();
  }

  /** The next life may die before it is ready: taking up what was left must bear that too. */
  private void killWhileStarting(Random random) {
    postroom.launchAgain();
    int logged = server.connections();
    long longest = System.nanoTime() + 500_000_000L + random.nextInt(2_500) * 1_000_000L;
    while (System.nanoTime() < longest && server.connections() == logged)
      LockSupport.parkNanos(1_000_000);
    postroom.kill();
  }

  /** Until nothing is on its way any more. */
  private void awaitRest() {
    within(Duration.ofMinutes(2), () -> waiting("queued,sending,delayed"), n -> n == 0);
  }

  private int waiting(String states) {
    int waiting = 0;
    for (String state : states.split(",")) {
      JsonNode page =
          RunningPostroom.json(
              postroom.send(postroom.request("/api/v1/messages?limit=1&state=" + state).GET()));
      waiting += page.get("data").size();
    }
    return waiting + openEvents();
  }

  private int openEvents() {
    JsonNode page =
        RunningPostroom.json(postroom.send(postroom.request("/api/v1/events?limit=200").GET()));
    int open = 0;
    for (JsonNode event : page.get("data"))
      if (event.get("state").stringValue().equals("accepted")) open++;
    return open;
  }

  private void prepare() {
    made(
        201,
        "POST",
        "/api/v1/accounts",
        """
        {"kind": "smtp", "name": "Invoices", "email": "invoices@acme.example", "default": true, "active": true,
         "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": false}}
        """
            .formatted(server.port()));
    made(
        201,
        "PUT",
        "/api/v1/partners/contoso",
        """
        {"type": "customer", "name": "Contoso Bakery", "language": "en", "currency": "EUR", "emails": {"main": ["ap@contoso.example"]}}
        """);
    made(200, "PATCH", "/api/v1/automations/invoice_issued", "{\"enabled\": true}");
  }

  private void made(int status, String verb, String path, String json) {
    HttpResponse<String> answer =
        postroom.send(
            postroom
                .request(path)
                .header("Content-Type", "application/json")
                .method(verb, BodyPublishers.ofString(json)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
  }
}
