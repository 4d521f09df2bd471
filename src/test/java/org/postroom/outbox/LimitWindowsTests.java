package org.postroom.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.db.Database;
import org.postroom.testkit.TestClock;
import org.postroom.testkit.TestDatabase;
import org.postroom.transport.Outcome;
import org.postroom.transport.Reply;

/**
 * Limits against a naive model of the server: a list of the moments at which it got something.
 * Nodes take, hand over, die and start again at random; the database's clock is set back, passes
 * into summer time and over a leap day. In no window may the server have got more than allowed.
 */
@ParameterizedClass
@EnumSource
class LimitWindowsTests {
  private static final AccountKey ACCOUNT = new AccountKey("co_1", "acc_1");
  private static final Duration LEASE = Duration.ofSeconds(45);
  private static final Outcome ACCEPTED = new Outcome.Accepted(Reply.of(250, "2.0.0 queued"));
  private static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");

  @Parameter TestDatabase kind;
  private List<Database> databases = List.of();

  @AfterEach
  void close() {
    databases.forEach(Database::close);
  }

  @Test
  void noWindowHoldsMoreMessagesThanAllowedIntoSummerTime() {
    run(Instant.parse("2027-03-28T00:30:00Z"), new Allowance(0, 7, 40, false, ZONE), 11, 350);
  }

  @Test
  void noWindowHoldsMoreRecipientsThanAllowedOverALeapDay() {
    run(Instant.parse("2028-02-28T20:00:00Z"), new Allowance(4, 5, 40, true, ZONE), 12, 350);
  }

  @Test
  void anEvenPaceUsesTheWholeLimit() {
    TestClock clock = open(1, Instant.parse("2026-10-25T00:30:00Z"));
    var outbox = new Outbox(databases.getFirst(), event -> {});
    var claims = new Claims(databases.getFirst(), event -> {});
    var turns = new Turns(databases.getFirst());
    for (int i = 0; i < 200; i++) outbox.accept(OutboxDrafts.of(ACCOUNT, true, 1));
    var allowance = new Allowance(2, 30, 0, false, ZONE);
    Instant end = clock.instant().plus(Duration.ofMinutes(5));
    int sent = 0;
    while (clock.instant().isBefore(end)) {
      Turns.Turn turn = turns.take(new Turns.Ask(ACCOUNT, 8, 0, false, allowance, "n1", LEASE));
      clock.advance(Duration.ofMillis(30));
      turn.claims().forEach(claim -> claims.settle(claim, ACCEPTED));
      sent += turn.claims().size();
      Instant next = turn.runsFrom();
      if (next != null && next.isAfter(clock.instant())) clock.set(next);
    }
    assertThat(sent).isBetween(147, 153);
  }

  @Test
  void nothingThatCountsOrWaitsReadsANodesOwnClock() throws Exception {
    for (String folder : List.of("outbox", "delivery"))
      try (var files = Files.walk(Path.of("src/main/java/org/postroom", folder))) {
        for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList())
          assertThat(Files.readString(file))
              .as(file.toString())
              .doesNotContain("Instant.now(", "currentTimeMillis", "Clock.system", ".now(ZoneId");
      }
  }

  private TestClock open(int nodes, Instant start) {
    var clock = new TestClock(start);
    databases = kind.openTogether(nodes, clock);
    return clock;
  }

  /** What one node has in hand. */
  private static final class InHand {
    final Claim claim;
    boolean marked;
    boolean counted;

    InHand(Claim claim) {
      this.claim = claim;
    }
  }

  private void run(Instant start, Allowance allowance, long seed, int steps) {
    TestClock clock = open(3, start);
    var random = new Random(seed);
    var server = new Server(allowance);
    Outbox outbox = new Outbox(databases.getFirst(), event -> {});
    List<List<InHand>> nodes = new ArrayList<>();
    for (int i = 0; i < 3; i++) nodes.add(new ArrayList<>());
    Duration real = Duration.ZERO;
    int waiting = 0;
    for (int step = 0; step < steps; step++) {
      while (waiting < 20) {
        int recipients = allowance.ofRecipients() ? 1 + random.nextInt(4) : 1;
        outbox.accept(OutboxDrafts.of(ACCOUNT, random.nextBoolean(), recipients));
        waiting++;
      }
      int at = random.nextInt(3);
      var claims = new Claims(databases.get(at), event -> {}); // nothing is remembered by a node
      List<InHand> inHand = nodes.get(at);
      int dice = random.nextInt(100);
      if (dice < 40) {
        var ask =
            new Turns.Ask(
                ACCOUNT, 1 + random.nextInt(6), inHand.size(), false, allowance, "n" + at, LEASE);
        List<Claim> taken = new Turns(databases.get(at)).take(ask).claims();
        taken.forEach(claim -> inHand.add(new InHand(claim)));
        waiting -= taken.size();
      } else if (dice < 80) {
        handOverSome(claims, inHand, server, real, random);
      } else if (dice < 84) {
        die(inHand, server, real, random);
      } else if (dice < 90) {
        int back = claims.recoverEnded();
        waiting += back;
      } else if (dice == 99 && random.nextInt(3) == 0 && kind == TestDatabase.SQLITE) {
        clock.advance(Duration.ofMinutes(-5)); // the machine's clock is set back
      }
      boolean empty = nodes.stream().allMatch(List::isEmpty);
      Duration passes =
          empty && dice == 98
              ? Duration.ofHours(1 + random.nextInt(9))
              : Duration.ofMillis(random.nextInt(6000));
      real = real.plus(passes);
      clock.advance(passes);
      for (int i = 0; i < 3; i++)
        new Claims(databases.get(i), event -> {})
            .renew(nodes.get(i).stream().map(one -> one.claim).toList(), LEASE);
    }
    assertThat(server.fullestMinute)
        .as("a minute was used up nearly")
        .isGreaterThanOrEqualTo(allowance.perMinute() * 3 / 4);
    assertThat(server.fullestDay)
        .as("a day was used up nearly")
        .isGreaterThanOrEqualTo(allowance.perDay() * 3 / 4);
  }

  private static void handOverSome(
      Claims claims, List<InHand> inHand, Server server, Duration real, Random random) {
    for (Iterator<InHand> all = inHand.iterator(); all.hasNext(); ) {
      InHand one = all.next();
      if (random.nextInt(3) == 0) continue;
      if (!one.marked) {
        one.marked = claims.markHandingOver(one.claim);
        if (!one.marked) all.remove();
      } else if (!one.counted) {
        server.gets(one.claim, real);
        one.counted = true;
      } else if (claims.settle(one.claim, ACCEPTED).isPresent()) all.remove();
    }
  }

  /** What was marked the server may have got; nobody ever settles it. */
  private static void die(List<InHand> inHand, Server server, Duration real, Random random) {
    for (InHand one : inHand)
      if (one.marked && !one.counted && random.nextBoolean()) server.gets(one.claim, real);
    inHand.clear();
  }

  /** Counts by real time, and looks at the window that ends with each message. */
  private static final class Server {
    private final Allowance allowance;
    private final List<Duration> moments = new ArrayList<>();
    private final List<Long> units = new ArrayList<>();
    private long fullestMinute;
    private long fullestDay;

    Server(Allowance allowance) {
      this.allowance = allowance;
    }

    void gets(Claim claim, Duration now) {
      moments.add(now);
      units.add(allowance.units(claim));
      long minute = 0;
      long day = 0;
      for (int i = 0; i < moments.size(); i++) {
        if (moments.get(i).compareTo(now.minusMinutes(1)) > 0) minute++;
        if (moments.get(i).compareTo(now.minusDays(1)) > 0) day += units.get(i);
      }
      fullestMinute = Math.max(fullestMinute, minute);
      fullestDay = Math.max(fullestDay, day);
      assertThat(minute).as("within a minute").isLessThanOrEqualTo(allowance.perMinute());
      assertThat(day).as("within a day").isLessThanOrEqualTo(allowance.perDay());
    }
  }
}
