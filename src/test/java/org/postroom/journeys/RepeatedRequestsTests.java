package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.db.Database;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;

/** The same request with the same key: at two nodes at once, a day later, a week later. */
class RepeatedRequestsTests {
  private static final String HELLO =
      "{\"subject\": \"Hello\", \"text\": \"Hi.\", \"to\": [\"a@contoso.example\"]}";

  @Test
  void ofManyRequestsAtTwoNodesAtOnceOneMakesTheMessage() throws Exception {
    Map<String, Object> settings =
        Map.of("POSTROOM_DATABASE_URL", TestDatabase.migratedPostgresUrl());
    try (var one = RunningPostroom.start(settings);
        var two = RunningPostroom.start(settings)) {
      for (int round = 0; round < 5; round++) {
        String key = "round-" + round;
        List<Callable<HttpResponse<String>>> requests = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
          RunningPostroom node = i % 2 == 0 ? one : two;
          requests.add(() -> post(node, key, HELLO));
        }
        List<HttpResponse<String>> replies = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
          for (var reply : threads.invokeAll(requests)) replies.add(reply.get());
        }
        assertThat(replies)
            .allSatisfy(reply -> assertThat(reply.statusCode()).as(reply.body()).isIn(202, 409));
        assertThat(replies).filteredOn(r -> r.statusCode() == 202 && !replayed(r)).hasSize(1);
        assertThat(messages(one)).isEqualTo(round + 1);
        assertThat(replayed(post(one, key, HELLO))).isTrue();
        assertThat(replayed(post(two, key, HELLO))).isTrue();
        assertThat(post(two, key, HELLO.replace("Hi.", "Ho.")).statusCode()).isEqualTo(422);
      }
    }
  }

  /** The README of the API promises seven days. */
  @ParameterizedTest
  @EnumSource
  void aDayLaterItIsTheSameMessageAndAfterAWeekANewOne(TestDatabase kind) {
    var clock = new TestClock(Instant.parse("2026-11-02T09:00:00Z"));
    try (Database database = kind.open(clock);
        var postroom = RunningPostroom.start(database)) {
      String first = json(post(postroom, "k", HELLO)).get("id").asString();
      for (Duration later : List.of(Duration.ofHours(24), Duration.ofDays(5).plusHours(23))) {
        clock.advance(later);
        HttpResponse<String> again = post(postroom, "k", HELLO);
        assertThat(replayed(again)).isTrue();
        assertThat(json(again).get("id").asString()).isEqualTo(first);
        assertThat(messages(postroom)).isEqualTo(1);
      }
      clock.advance(Duration.ofHours(2));
      HttpResponse<String> fresh = post(postroom, "k", HELLO);
      assertThat(fresh.statusCode()).isEqualTo(202);
      assertThat(replayed(fresh)).isFalse();
      assertThat(messages(postroom)).isEqualTo(2);
    }
  }

  private static long messages(RunningPostroom postroom) {
    return postroom
        .bean(Database.class)
        .read(sql -> sql.sql("SELECT count(*) FROM messages").query(Long.class).single());
  }

  private static boolean replayed(HttpResponse<String> reply) {
    return reply.headers().firstValue("Idempotent-Replayed").isPresent();
  }

  private static HttpResponse<String> post(RunningPostroom postroom, String key, String body) {
    return postroom.send(
        postroom
            .request("/api/v1/messages")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body)));
  }
}
