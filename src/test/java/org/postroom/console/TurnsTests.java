package org.postroom.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.console.Recurring.Work;
import org.postroom.console.TurnRows.Row;
import org.postroom.db.Database;
import org.postroom.db.Node;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class TurnsTests {
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

  @Parameter TestDatabase kind;

  private final TestClock clock = new TestClock(START);
  private final AtomicInteger runs = new AtomicInteger();
  private final Work work = new Work("work", Every.hour(), runs::incrementAndGet);
  private List<Database> databases = List.of();

  @AfterEach
  void close() {
    databases.forEach(Database::close);
  }

  @Test
  void eachPieceRunsOncePerIntervalHoweverManyNodesAndThreadsAsk() throws Exception {
    Work other = new Work("other", Every.minutes(30), () -> {});
    List<Turns> nodes = nodes(3, List.of(work, other));
    clock.advance(Duration.ofMinutes(2));
    for (int hour = 1; hour <= 4; hour++) {
      everybody(nodes);
      everybody(nodes);
      assertThat(runs).hasValue(hour);
      clock.advance(Duration.ofHours(1));
    }
  }

  @Test
  void nothingRunsDirectlyAfterAFirstStartAndNotAllAtOnceThen() {
    Work other = new Work("other", Every.hour(), () -> {});
    Turns node = nodes(1, List.of(work, other)).getFirst();
    assertThat(node.take()).isEmpty();
    clock.advance(Duration.ofMinutes(1));
    assertThat(node.take()).map(Turn::work).contains(work);
    assertThat(node.take()).isEmpty();
    clock.advance(Duration.ofSeconds(5));
    assertThat(node.take()).map(Turn::work).contains(other);
  }

  @Test
  void aDeadNodesPieceIsTakenUpWithinAMinute() {
    List<Turns> nodes = nodes(2, List.of(work));
    clock.advance(Duration.ofMinutes(2));
    assertThat(nodes.getFirst().take()).isPresent();
    assertThat(nodes.getLast().take()).as("it is in another's hands").isEmpty();
    clock.advance(Turns.LEASE);
    assertThat(Turns.LEASE).isLessThan(Duration.ofSeconds(50));
    assertThat(runAll(nodes.getLast())).isEqualTo(1);
    assertThat(row().node()).isEqualTo("node1");
  }

  @Test
  void whoeverStillWorksKeepsItsPieceHoweverLongItTakes() {
    List<Turns> nodes = nodes(2, List.of(work));
    clock.advance(Duration.ofMinutes(2));
    Turn turn = nodes.getFirst().take().orElseThrow();
    for (int i = 0; i < 20; i++) {
      clock.advance(Duration.ofSeconds(20));
      nodes.getFirst().renew();
      assertThat(nodes.getLast().take()).isEmpty();
    }
    assertThat(nodes.getFirst().run(turn)).isTrue();
    assertThat(row().endedAt()).isEqualTo(clock.instant());
  }

  @Test
  void aNodeThatWakesLateCannotSayThatAnothersTurnIsDone() {
    List<Turns> nodes = nodes(2, List.of(work));
    clock.advance(Duration.ofMinutes(2));
    Turn asleep = nodes.getFirst().take().orElseThrow();
    clock.advance(Duration.ofMinutes(5));
    Turn taken = nodes.getLast().take().orElseThrow();
    assertThat(nodes.getFirst().run(asleep)).as("not believed").isFalse();
    assertThat(row().endedAt()).isNull();
    assertThat(row().isHeld(clock.instant())).as("still the other's").isTrue();
    nodes.getFirst().renew();
    assertThat(nodes.getLast().run(taken)).isTrue();
    assertThat(row().node()).isEqualTo("node1");
  }

  @Test
  void aNodeThatStartsAgainTakesUpWhatItHeldAtOnce() {
    Turns before = nodes(1, List.of(work)).getFirst();
    clock.advance(Duration.ofMinutes(2));
    Turn dead = before.take().orElseThrow();
    Turns after = new Turns(databases.getFirst(), new Node("node0", false), List.of(work));
    after.begin();
    assertThat(runAll(after)).isEqualTo(1);
    assertThat(before.run(dead)).isFalse();
  }

  @Test
  void aNodeThatStopsGivesBackWhatItHeld() {
    List<Turns> nodes = nodes(2, List.of(work));
    clock.advance(Duration.ofMinutes(2));
    nodes.getFirst().take().orElseThrow();
    nodes.getFirst().giveBack();
    assertThat(runAll(nodes.getLast())).isEqualTo(1);
  }

  @Test
  void aServiceThatWasDownForDaysRunsOnceNotManyTimes() {
    Turns node = nodes(1, List.of(work)).getFirst();
    clock.advance(Duration.ofMinutes(1));
    runAll(node);
    clock.advance(Duration.ofDays(3));
    assertThat(runAll(node)).isEqualTo(1);
    assertThat(row().nextAt()).isEqualTo(START.plus(Duration.ofDays(3)).plusSeconds(3660));
  }

  @Test
  void aFailureIsToldAndTriedAgainWithGrowingPauses() {
    AtomicInteger tries = new AtomicInteger();
    Work broken =
        new Work(
            "work",
            Every.hour(),
            () -> {
              if (tries.incrementAndGet() < 4) throw new IllegalStateException("server away");
            });
    Turns node = nodes(1, List.of(broken)).getFirst();
    clock.advance(Duration.ofMinutes(1));
    for (int pause : new int[] {1, 2, 4}) {
      assertThat(runAll(node)).isEqualTo(1);
      assertThat(row().result()).isEqualTo("failed");
      assertThat(row().said()).contains("server away");
      assertThat(row().nextAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(pause)));
      clock.advance(Duration.ofMinutes(pause));
    }
    assertThat(row().failures()).isEqualTo(3);
    runAll(node);
    assertThat(row().result()).isEqualTo("done");
    assertThat(row().failures()).isZero();
    assertThat(row().said()).isNull();
  }

  @Test
  void whatIsDueSoonAnywayIsNotPutOffByAFailure() {
    Work broken =
        new Work(
            "work",
            Every.minutes(1),
            () -> {
              throw new IllegalStateException("no");
            });
    Turns node = nodes(1, List.of(broken)).getFirst();
    clock.advance(Duration.ofMinutes(1));
    for (int i = 0; i < 5; i++) {
      assertThat(runAll(node)).isEqualTo(1);
      clock.advance(Duration.ofMinutes(1));
    }
  }

  @Test
  void aClockThatWasYearsAheadDoesNotSilenceTheWorkForYears() {
    Turns node = nodes(1, List.of(work)).getFirst();
    clock.set(Instant.parse("2031-01-01T00:00:00Z"));
    runAll(node);
    Turn inHand = hold(node);
    clock.set(START.plus(Duration.ofMinutes(10)));
    assertThat(inHand).isNotNull();
    runAll(node);
    clock.advance(Duration.ofHours(1));
    assertThat(runAll(node)).isEqualTo(1);
  }

  @Test
  void aClockSetBackALittleDoesNotRunAnythingTwice() {
    Turns node = nodes(1, List.of(work)).getFirst();
    clock.advance(Duration.ofMinutes(1));
    assertThat(runAll(node)).isEqualTo(1);
    clock.advance(Duration.ofMinutes(-30));
    assertThat(runAll(node)).isZero();
    clock.advance(Duration.ofMinutes(31));
    assertThat(runAll(node)).isZero();
  }

  private Turn hold(Turns node) {
    clock.advance(Duration.ofHours(1));
    return node.take().orElseThrow();
  }

  private List<Turns> nodes(int count, List<Work> all) {
    databases = kind.openTogether(count, clock);
    List<Turns> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++)
      nodes.add(new Turns(databases.get(i), new Node("node" + i, false), all));
    nodes.forEach(Turns::begin);
    return nodes;
  }

  private static void everybody(List<Turns> nodes) throws Exception {
    try (var pool = Executors.newFixedThreadPool(6)) {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        Turns node = nodes.get(i % nodes.size());
        all.add(pool.submit(() -> runAll(node)));
      }
      for (Future<Integer> one : all) one.get();
    }
  }

  private static int runAll(Turns node) {
    int count = 0;
    while (true) {
      Optional<Turn> turn = node.take();
      if (turn.isEmpty()) return count;
      node.run(turn.get());
      count++;
    }
  }

  private Row row() {
    return databases.getFirst().read(TurnRows::all).get("work");
  }
}
