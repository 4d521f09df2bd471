package org.postroom.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.db.Database;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;

/** Several nodes share the connections of one account, on the database that nodes can share. */
class SharedConnectionsTests {
  private static final AccountKey ACCOUNT = new AccountKey("co_1", "acc_1");
  private static final Duration LEASE = Duration.ofSeconds(45);

  private final TestClock clock = new TestClock(Instant.parse("2026-11-02T09:00:00Z"));
  private List<Database> databases;

  @BeforeEach
  void open() {
    databases = TestDatabase.POSTGRESQL.openTogether(3, clock);
    var outbox = new Outbox(databases.getFirst(), event -> {});
    for (int i = 0; i < 50; i++) outbox.accept(OutboxDrafts.of(ACCOUNT, false, 1));
  }

  @AfterEach
  void close() {
    databases.forEach(Database::close);
  }

  @Test
  void theFirstHasAllUntilAnotherComesAndThenGivesUpItsShare() {
    assertThat(width(0, 4, 0)).isEqualTo(4);
    assertThat(width(1, 4, 0)).isZero();
    assertThat(width(0, 4, 4)).as("told to use two, four still open").isEqualTo(2);
    assertThat(width(1, 4, 0)).isZero();
    assertThat(width(0, 4, 2)).isEqualTo(2);
    assertThat(width(1, 4, 0)).isEqualTo(2);
    clock.advance(Duration.ofSeconds(46));
    assertThat(width(1, 4, 2)).as("the first is gone").isEqualTo(4);
  }

  @Test
  void fewConnectionsStayWhereTheyAre() {
    assertThat(width(0, 2, 0)).isEqualTo(2);
    assertThat(width(1, 2, 0)).isZero();
    assertThat(width(0, 2, 2)).isEqualTo(2);
    clock.advance(Duration.ofSeconds(46));
    assertThat(width(1, 2, 0)).as("the first is gone").isEqualTo(2);
  }

  @Test
  void aNodeThatStopsLeavesItsConnectionsAtOnceAndOneThatWorksKeepsThem() {
    assertThat(width(0, 2, 0)).isEqualTo(2);
    clock.advance(Duration.ofSeconds(40));
    new Turns(databases.getFirst()).renew(List.of(ACCOUNT), "n0", LEASE);
    clock.advance(Duration.ofSeconds(40));
    assertThat(width(1, 2, 0)).isZero();
    new Turns(databases.getFirst()).leave("n0");
    assertThat(width(1, 2, 0)).isEqualTo(2);
  }

  @Test
  void neverMoreOpenThanAllowedWhateverNodesDo() {
    var random = new Random(99);
    int[] granted = new int[3];
    int[] open = new int[3];
    Instant[] asked = new Instant[3];
    Arrays.fill(asked, Instant.EPOCH);
    boolean all = false;
    for (int step = 0; step < 600; step++) {
      int node = random.nextInt(3);
      switch (random.nextInt(3)) {
        case 0 -> {
          granted[node] = width(node, 5, open[node]);
          asked[node] = clock.instant();
        }
        case 1 -> {
          // A lane opens what it was granted, as long as its lease holds.
          if (clock.instant().isBefore(asked[node].plus(LEASE)))
            open[node] = Math.max(open[node], granted[node]);
        }
        default -> open[node] = random.nextInt(open[node] + 1);
      }
      // Whoever has connections asks or renews in time; whoever has none may be silent.
      for (int i = 0; i < 3; i++)
        if (open[i] > 0) {
          new Turns(databases.get(i)).renew(List.of(ACCOUNT), "n" + i, LEASE);
          asked[i] = clock.instant();
        }
      int together = Arrays.stream(open).sum();
      all |= together == 5;
      assertThat(together).as("step %d: %s", step, Arrays.toString(open)).isLessThanOrEqualTo(5);
      clock.advance(Duration.ofSeconds(random.nextInt(20)));
    }
    assertThat(all).as("all five were used at some time").isTrue();
  }

  @Test
  void aProbeIsOneForAllNodes() {
    assertThat(take(0, 4, 0, true).claims()).hasSize(1);
    assertThat(take(1, 4, 0, true).claims()).isEmpty();
    assertThat(take(0, 4, 1, true).claims()).isEmpty();
  }

  private int width(int node, int limit, int open) {
    return take(node, limit, open, false).width();
  }

  private Turns.Turn take(int node, int limit, int open, boolean probe) {
    var allowance = new Allowance(limit, 0, 0, false, ZoneOffset.UTC);
    return new Turns(databases.get(node))
        .take(new Turns.Ask(ACCOUNT, 1, open, probe, allowance, "n" + node, LEASE));
  }
}
