package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.within;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;

/**
 * Random deaths and pauses of three nodes in real time, leases and all; run by {@code
 * bench/nodes-journey}. The system properties are {@code nodes.minutes} and {@code nodes.seed}.
 */
class NodesSoak {
  private static final int CONNECTIONS = 6;
  private static final long MINUTES = Long.getLong("nodes.minutes", 0);
  private static final long SEED = Long.getLong("nodes.seed", System.nanoTime());
  private final Random random = new Random(SEED);
  private int kills;
  private int pauses;

  @Test
  void nothingIsLostOrDoubledWhileNodesDieAndFreeze() throws InterruptedException {
    Assumptions.assumeTrue(MINUTES > 0, "Skipped: run by bench/nodes-journey.");
    System.out.printf("%d minutes of three nodes, seed %d%n", MINUTES, SEED);
    try (var nodes = new Nodes("one", "two", "three");
        var server = ScriptedSmtpServer.start(SmtpOffer.plain())) {
      server.thinksFor(Duration.ofMillis(20));
      nodes.account(nodes.node("one"), server, CONNECTIONS, 0);
      NodesJourney.prepare(nodes);
      var load = new ErpLoad(nodes.node("one"), () -> server.received().size());
      load.begin();
      long end = System.nanoTime() + Duration.ofMinutes(MINUTES).toNanos();
      while (System.nanoTime() < end) disturb(nodes);
      load.end();
      within(Duration.ofMinutes(3), () -> NodesJourney.waiting(nodes), n -> n == 0);
      judge(
          Ledger.of(
              Stream.concat(load.texts().stream(), load.events().stream()).toList(),
              nodes.node("one"),
              server));
      assertThat(load.complaints()).isEmpty();
      assertThat(server.violations()).isEmpty();
    }
  }

  /** The load goes on at node one, which is left alone half of the time. */
  private void disturb(Nodes nodes) {
    String name = nodes.names().get(random.nextInt(3));
    rest(Duration.ofMillis(500 + random.nextInt(5000)));
    if (random.nextInt(3) > 0) {
      kills++;
      nodes.node(name).kill();
      rest(Duration.ofMillis(random.nextInt(3000)));
      nodes.node(name).restart();
    } else {
      pauses++;
      nodes.signal(name, "STOP");
      rest(Duration.ofSeconds(1 + random.nextInt(90)));
      nodes.signal(name, "CONT");
    }
  }

  private void judge(Ledger ledger) {
    System.out.printf("%skills / pauses                  %6d / %d%n", ledger, kills, pauses);
    assertThat(ledger.missing()).isEmpty();
    assertThat(ledger.doubled()).isEmpty();
    assertThat(ledger.lost()).isEmpty();
    assertThat(ledger.repeated()).isEmpty();
    assertThat(ledger.silent()).isEmpty();
    assertThat(ledger.states().keySet()).isSubsetOf("sent", "unclear");
    assertThat(ledger.states().getOrDefault("unclear", 0L))
        .isLessThanOrEqualTo((long) CONNECTIONS * (kills + pauses));
  }

  private static void rest(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) LockSupport.parkNanos(end - System.nanoTime());
  }
}
