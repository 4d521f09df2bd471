package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.db.Database;
import org.postroom.outbox.MessageSettled;
import org.postroom.outbox.MessageState;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestDatabase;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ApplicationEventMulticaster;

/**
 * A client that is not sure repeats its request with the same Idempotency-Key: one message, one
 * answer, also where the first answer was lost after the message had been stored.
 */
@ParameterizedClass
@EnumSource
class ExactlyOnceJourney {
  private static final String HELLO =
      "{\"subject\": \"Hello\", \"text\": \"Hi.\", \"to\": [\"a@contoso.example\"]}";

  @Parameter TestDatabase database;
  private RunningPostroom postroom;

  @BeforeEach
  void start() {
    postroom = RunningPostroom.start(database);
  }

  @AfterEach
  void stop() {
    postroom.close();
  }

  @Test
  void ofManyRequestsAtOnceOneMakesTheMessage() throws Exception {
    List<Callable<HttpResponse<String>>> requests = new ArrayList<>();
    for (int i = 0; i < 16; i++) requests.add(() -> post("/messages", "k", HELLO));
    List<HttpResponse<String>> replies = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var reply : threads.invokeAll(requests)) replies.add(reply.get());
    }
    assertThat(replies)
        .allSatisfy(reply -> assertThat(reply.statusCode()).as(reply.body()).isIn(202, 409));
    assertThat(replies)
        .filteredOn(reply -> reply.statusCode() == 202 && !replayed(reply))
        .hasSize(1);
    assertThat(messages()).isEqualTo(1);
    assertThat(replayed(post("/messages", "k", HELLO))).isTrue();
  }

  @Test
  void anAnswerLostAfterTheCommitIsGivenAgain() {
    AtomicBoolean broken = failAfterCommit();
    assertThat(post("/messages", "k", HELLO).statusCode()).isEqualTo(500);
    broken.set(false);
    assertThat(messages()).isEqualTo(1);
    HttpResponse<String> again = post("/messages", "k", HELLO);
    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(replayed(again)).isTrue();
    String id = json(again).get("id").asString();
    assertThat(again.headers().firstValue("Location")).contains("/api/v1/messages/" + id);
    assertThat(messages()).isEqualTo(1);

    broken.set(true);
    assertThat(post("/messages/" + id + "/resend", "r", "{}").statusCode()).isEqualTo(500);
    broken.set(false);
    HttpResponse<String> resent = post("/messages/" + id + "/resend", "r", "{}");
    assertThat(replayed(resent)).isTrue();
    assertThat(json(resent).get("resend_of").asString()).isEqualTo(id);
    assertThat(messages()).isEqualTo(2);
  }

  @Test
  void aBatchIsKeptWithItsAnswer() {
    String batch = "{\"messages\": [%s, {\"subject\": \"nobody\"}, %s]}".formatted(HELLO, HELLO);
    AtomicBoolean broken = failAfterCommit();
    assertThat(post("/messages/batch", "b", batch).statusCode()).isEqualTo(500);
    broken.set(false);
    assertThat(messages()).isEqualTo(2);
    HttpResponse<String> again = post("/messages/batch", "b", batch);
    assertThat(replayed(again)).isTrue();
    assertThat(json(again).get("data")).hasSize(3);
    assertThat(json(again).at("/data/1/status").asInt()).isEqualTo(422);
    assertThat(messages()).isEqualTo(2);
  }

  @Test
  void theKeptReplyOfANewKeyDoesNotHoldTheKey() {
    String wish = "{\"name\": \"ERP\", \"scopes\": [\"messages:read\"]}";
    HttpResponse<String> first = post("/api_keys", "a", wish);
    String key = json(first).get("key").asString();
    HttpResponse<String> again = post("/api_keys", "a", wish);
    assertThat(again.statusCode()).isEqualTo(201);
    assertThat(replayed(again)).isTrue();
    assertThat(json(again).get("id")).isEqualTo(json(first).get("id"));
    assertThat(json(again).get("key").isNull()).isTrue();
    List<byte[]> kept =
        postroom
            .bean(Database.class)
            .read(sql ->
                sql.sql("SELECT body FROM idempotency_keys WHERE body IS NOT NULL")
                    .query((row, n) -> row.getBytes(1))
                    .list());
    assertThat(kept).hasSize(1);
    assertThat(new String(kept.getFirst(), java.nio.charset.StandardCharsets.UTF_8))
        .doesNotContain(key);
  }

  @Test
  void whatWasDoneIsCountedByAccountAndNeverByRecipient() {
    String account = json(post("/messages", "m", HELLO)).get("account").asString();
    post("/messages", "n", HELLO.replace("{", "{\"send_at\": \"2099-01-01T00:00:00Z\", "));
    List<String> figures =
        List.of(
            "postroom_messages_settled_total{account=\"%s\",state=\"sent\"} 1.0",
            "postroom_messages_waiting{account=\"%s\",state=\"queued\"} 1.0",
            "postroom_delivery_seconds_count{account=\"%s\",outcome=\"accepted\"} 1");
    // One scrape may fall between two figures of the same try.
    String metrics =
        eventually(
            () -> postroom.get("/metrics").body(),
            text -> figures.stream().allMatch(each -> text.contains(each.formatted(account))));
    assertThat(metrics).doesNotContain("contoso");
  }

  /** Whoever listens to accepted messages fails, between the commit and the reply. */
  private AtomicBoolean failAfterCommit() {
    var broken = new AtomicBoolean(true);
    postroom
        .bean(ApplicationEventMulticaster.class)
        .addApplicationListener(
            ApplicationListener.forPayload((MessageSettled settled) -> {
              if (broken.get() && settled.state() == MessageState.QUEUED)
                throw new IllegalStateException("broken between commit and reply");
            }));
    return broken;
  }

  private long messages() {
    return postroom
        .bean(Database.class)
        .read(sql -> sql.sql("SELECT count(*) FROM messages").query(Long.class).single());
  }

  private static boolean replayed(HttpResponse<String> reply) {
    return reply.headers().firstValue("Idempotent-Replayed").isPresent();
  }

  private HttpResponse<String> post(String path, String key, String body) {
    return postroom.send(
        postroom
            .request("/api/v1" + path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body)));
  }
}
