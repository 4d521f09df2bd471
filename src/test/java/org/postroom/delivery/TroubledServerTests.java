package org.postroom.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.SmtpScript.Verb;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;

/** Servers that are away, that come and go, and that ask to slow down; the clock is ours. */
class TroubledServerTests {
  private static final Duration COOL_DOWN = Duration.ofMinutes(15);
  private static final TestClock CLOCK = new TestClock(Instant.parse("2026-11-02T14:02:00Z"));
  private static RunningPostroom postroom;

  private final ScriptedSmtpServer server = ScriptedSmtpServer.start(SmtpOffer.plain());
  private final List<Instant> tries = new ArrayList<>();
  private final Instant start = CLOCK.instant();
  private String account;

  @BeforeAll
  static void start() {
    postroom = RunningPostroom.start(RunningPostroom.settings(TestDatabase.SQLITE), CLOCK);
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  @BeforeEach
  void connect() {
    var made =
        postroom.post(
            "/api/v1/accounts",
            """
            {"kind": "smtp", "name": "Invoices", "email": "i@acme.example", "limits": {"connections": 2, "per_minute": 30},
             "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": false}}
            """
                .formatted(server.port()));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    account = json(made).get("id").stringValue();
  }

  @AfterEach
  void disconnect() {
    server.close();
  }

  @Test
  void aDeadServerIsAskedFiveTimesInACoolDownAndFoundAgainWithinOne() {
    server.at(Verb.CONNECT).drop();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 6; i++) ids.add(send());
    Instant pause = paused(start);
    noteTries();
    while (CLOCK.instant().isBefore(start.plus(Duration.ofHours(2)))) {
      assertThat(pause).isBeforeOrEqualTo(CLOCK.instant().plus(COOL_DOWN));
      CLOCK.set(pause.plusMillis(1));
      pause = paused(CLOCK.instant());
      noteTries();
    }
    for (Instant from : tries)
      assertThat(
              tries.stream().filter(at -> !at.isBefore(from) && at.isBefore(from.plus(COOL_DOWN))))
          .as("tries in the quarter of an hour from %s", from)
          .hasSizeLessThanOrEqualTo(5);
    server.script().clear();
    Instant healed = CLOCK.instant();
    CLOCK.set(pause.plusMillis(1));
    ids.forEach(id -> eventually(() -> state(id), "sent"::equals));
    assertThat(CLOCK.instant()).isBeforeOrEqualTo(healed.plus(COOL_DOWN).plusSeconds(1));
    JsonNode attempts = json(postroom.get("/api/v1/messages/" + ids.getFirst()));
    assertThat(attempts.get("attempts").intValue()).as("charged to the message").isEqualTo(1);
  }

  @Test
  void aServerThatComesAndGoesIsAskedLessAndLessAndForgivenAfterAGoodWhile() {
    List<Duration> pauses = new ArrayList<>();
    for (int round = 0; round < 6; round++) {
      pauses.add(breaksOnce());
      server.script().clear();
      CLOCK.advance(pauses.getLast().plusMillis(1));
      eventually(() -> health().get("state").stringValue(), "working"::equals);
    }
    assertThat(pauses)
        .containsExactly(
            Duration.ofSeconds(15),
            Duration.ofMinutes(1),
            Duration.ofMinutes(4),
            COOL_DOWN,
            COOL_DOWN,
            COOL_DOWN);
    CLOCK.advance(Duration.ofMinutes(20));
    assertThat(breaksOnce()).isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void aServerThatAsksToSlowDownGetsHalfAndPeopleAreTold() {
    assertThat(pace().get("per_minute").intValue()).isEqualTo(30);
    server.at(Verb.MAIL).message(1).say("451 4.7.500 Server busy. Please try again later");
    String id = send();
    Instant pause = paused(start);
    JsonNode slowed = eventually(this::pace, pace -> !pace.get("slowed_at").isNull());
    assertThat(slowed.get("per_minute").intValue()).isBetween(7, 15);
    assertThat(slowed.get("slowed_because").stringValue()).contains("4.7.500");
    CLOCK.set(pause.plusMillis(1));
    eventually(() -> state(id), "sent"::equals);
    CLOCK.advance(Duration.ofHours(1));
    assertThat(pace().get("per_minute").intValue()).isBetween(13, 27);
    CLOCK.advance(Duration.ofHours(3));
    assertThat(pace().get("slowed_at").isNull()).isTrue();
    assertThat(pace().get("per_minute").intValue()).isEqualTo(30);
  }

  /** How long the account is left alone after one more failure. */
  private Duration breaksOnce() {
    server.dropConnections();
    server.at(Verb.CONNECT).drop();
    Instant before = CLOCK.instant();
    send();
    return Duration.between(before, paused(before));
  }

  private void noteTries() {
    while (tries.size() < server.connections()) tries.add(CLOCK.instant());
  }

  /** Until when it is paused, once it is so from now on. */
  private Instant paused(Instant now) {
    return Instant.parse(
        eventually(
                this::health,
                health ->
                    !health.get("paused_until").isNull()
                        && Instant.parse(health.get("paused_until").stringValue()).isAfter(now))
            .get("paused_until")
            .stringValue());
  }

  private JsonNode health() {
    return json(postroom.get("/api/v1/accounts/" + account)).get("health");
  }

  private JsonNode pace() {
    return json(postroom.get("/api/v1/accounts/" + account)).get("pace");
  }

  private String send() {
    var reply =
        postroom.post(
            "/api/v1/messages",
            "{\"account\": \"%s\", \"subject\": \"s\", \"text\": \"t\", \"to\": [\"a@x.example\"]}"
                .formatted(account));
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(202);
    return json(reply).get("id").stringValue();
  }

  private String state(String id) {
    return json(postroom.get("/api/v1/messages/" + id)).get("state").stringValue();
  }
}
