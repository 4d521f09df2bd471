package org.postroom.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.db.Database;
import org.postroom.db.Node;
import org.postroom.http.Idempotency.Verdict;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.json.JsonMapper;

@ParameterizedClass
@EnumSource
class IdempotencyTests {
  @Parameter TestDatabase kind;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
  private Database database;
  private Idempotency idempotency;

  @BeforeEach
  void open() {
    database = kind.open(now::get);
    idempotency = new Idempotency(database, JsonMapper.builder().build(), new Node("n1", false));
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void ofManyAtOnceExactlyOneIsServed() throws Exception {
    List<Callable<Verdict>> requests = new ArrayList<>();
    for (int i = 0; i < 40; i++) requests.add(() -> idempotency.begin("co_1", "k", "hash"));
    List<Verdict> verdicts = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var verdict : threads.invokeAll(requests)) verdicts.add(verdict.get());
    }
    assertThat(verdicts).filteredOn(Verdict.Serve.class::isInstance).hasSize(1);
    assertThat(verdicts)
        .filteredOn(Verdict.Refuse.class::isInstance)
        .hasSize(39)
        .allSatisfy(v ->
            assertThat(((Verdict.Refuse) v).problem().code()).isEqualTo("idempotency_running"));
  }

  @Test
  void aKeptReplyIsGivenAgainForSevenDays() {
    idempotency.end(serve("hash"), reply(201, "{\"id\":\"x\"}"));
    advance(Duration.ofDays(7));
    var replay = (Verdict.Replay) idempotency.begin("co_1", "k", "hash");
    assertThat(replay.reply().status()).isEqualTo(201);
    assertThat(new String(replay.reply().body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"id\":\"x\"}");
    advance(Duration.ofMillis(1));
    assertThat(idempotency.begin("co_1", "k", "another")).isInstanceOf(Verdict.Serve.class);
  }

  @Test
  void anotherBodyIsRefusedWhileRunningAndAfterwards() {
    var claim = serve("hash");
    assertThat(refusal("other").status()).isEqualTo(422);
    idempotency.end(claim, reply(200, "{}"));
    assertThat(refusal("other").code()).isEqualTo("idempotency_mismatch");
  }

  @Test
  void aRefusedRequestMayBeCorrectedUnderTheSameKey() {
    idempotency.end(serve("hash"), reply(422, "{}"));
    assertThat(idempotency.begin("co_1", "k", "corrected")).isInstanceOf(Verdict.Serve.class);
  }

  @Test
  void companiesDoNotShareKeys() {
    serve("hash");
    assertThat(idempotency.begin("co_2", "k", "hash")).isInstanceOf(Verdict.Serve.class);
  }

  @Test
  void theKeyOfADeadProcessIsFreeAfterAMinuteAndItsLateReplyIsNotKept() {
    var dead = serve("hash");
    advance(Duration.ofSeconds(59));
    assertThat(refusal("hash").status()).isEqualTo(409);
    advance(Duration.ofSeconds(1));
    var second = serve("hash");
    idempotency.end(dead, reply(200, "late"));
    assertThat(refusal("hash").status()).isEqualTo(409);
    assertThatThrownBy(() -> database.run(sql -> dead.keep(sql, 202, null, "late")))
        .isInstanceOf(Problem.class);
    idempotency.end(second, reply(200, "second"));
    var replay = (Verdict.Replay) idempotency.begin("co_1", "k", "hash");
    assertThat(new String(replay.reply().body(), StandardCharsets.UTF_8)).isEqualTo("second");
  }

  @Test
  void aNodeThatStartsAgainFreesTheKeysThatItsNameHeld() {
    serve("hash");
    new Idempotency(database, JsonMapper.builder().build(), new Node("n", false)).giveBack();
    assertThat(refusal("hash").code()).as("another node's").isEqualTo("idempotency_running");
    idempotency.giveBack();
    assertThat(refusal("other").status()).as("the same key, another request").isEqualTo(422);
    serve("hash");
  }

  @Test
  void aReplyKeptWithTheWorkSurvivesACrashBeforeTheEnd() {
    var claim = serve("hash");
    database.run(sql -> claim.keep(sql, 202, "/api/v1/messages/msg_1", List.of("msg_1")));
    advance(Duration.ofMinutes(5));
    var replay = (Verdict.Replay) idempotency.begin("co_1", "k", "hash");
    assertThat(replay.reply().location()).isEqualTo("/api/v1/messages/msg_1");
    assertThat(new String(replay.reply().body(), StandardCharsets.UTF_8)).isEqualTo("[\"msg_1\"]");
  }

  @Test
  void workThatFailsAfterKeepingItsReplyKeepsNothing() {
    var claim = serve("hash");
    assertThatThrownBy(() ->
            database.run(sql -> {
              claim.keep(sql, 202, null, "never");
              throw new IllegalStateException("work failed");
            }))
        .hasMessage("work failed");
    idempotency.end(claim, reply(500, ""));
    assertThat(idempotency.begin("co_1", "k", "hash")).isInstanceOf(Verdict.Serve.class);
  }

  @Test
  void oldRepliesAreForgotten() {
    idempotency.end(serve("hash"), reply(200, "{}"));
    advance(Duration.ofDays(8));
    assertThat(idempotency.forgetOld()).isEqualTo(1);
    assertThat(idempotency.forgetOld()).isZero();
  }

  private Idempotency.Claim serve(String hash) {
    return ((Verdict.Serve) idempotency.begin("co_1", "k", hash)).claim();
  }

  private Problem refusal(String hash) {
    return ((Verdict.Refuse) idempotency.begin("co_1", "k", hash)).problem();
  }

  private static KeptReply reply(int status, String body) {
    return new KeptReply(status, "application/json", null, body.getBytes(StandardCharsets.UTF_8));
  }

  private void advance(Duration by) {
    now.updateAndGet(before -> before.plus(by));
  }
}
