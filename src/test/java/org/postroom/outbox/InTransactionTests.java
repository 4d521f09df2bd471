package org.postroom.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.db.Database;
import org.postroom.testkit.TestDatabase;

/**
 * A message is stored in the transaction of the business: it exists when that has been committed,
 * not a moment earlier, and never when it was rolled back.
 */
@ParameterizedClass
@EnumSource
class InTransactionTests {
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final int THREADS = 8;
  private static final int EACH = 25;

  @Parameter TestDatabase kind;
  private final Set<MessageSettled> told = ConcurrentHashMap.newKeySet();
  private List<Database> nodes;
  private Database business;
  private Outbox outbox;
  private Claims claims;

  @BeforeEach
  void open() {
    nodes = kind.openTogether(2, null);
    business = nodes.getFirst();
    outbox = new Outbox(business, event -> told.add((MessageSettled) event));
    claims = new Claims(nodes.getLast(), event -> {});
  }

  @AfterEach
  void close() {
    new HashSet<>(nodes).forEach(Database::close);
  }

  @Test
  void nobodySeesItBeforeTheCommit() throws Exception {
    var stored = new CountDownLatch(1);
    var commit = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> id =
          threads.submit(() ->
              business.write(sql -> {
                Message message = outbox.accept(DraftsForTests.to("a@x.example"));
                stored.countDown();
                await(commit);
                return message.id();
              }));
      await(stored);
      // The other node looks on a connection of its own, as its thread that looks for work does.
      assertThat(claims.waitingAccounts()).isEmpty();
      assertThat(told).as("nobody is woken for it").isEmpty();
      if (kind == TestDatabase.POSTGRESQL) assertThat(claim()).isEmpty();
      commit.countDown();
      String accepted = id.get();
      assertThat(claim()).extracting(Claim::message).containsExactly(accepted);
    }
  }

  @Test
  void whatWasRolledBackNeverExistedAndWhatWasCommittedAllDoes() throws Exception {
    Set<String> committed = ConcurrentHashMap.newKeySet();
    Set<String> undone = ConcurrentHashMap.newKeySet();
    Set<String> claimed = ConcurrentHashMap.newKeySet();
    var over = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> worker =
          threads.submit(() -> {
            boolean last;
            do {
              last = over.get();
              claim().forEach(claim -> assertThat(claimed.add(claim.message())).isTrue());
            } while (!last);
          });
      List<Future<?>> businesses = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        var random = new Random(i);
        businesses.add(threads.submit(() -> doBusiness(random, committed, undone)));
      }
      for (Future<?> done : businesses) done.get();
      over.set(true);
      worker.get();
    }
    assertThat(undone).isNotEmpty();
    assertThat(claimed).isEqualTo(committed).doesNotContainAnyElementsOf(undone);
    assertThat(told).extracting(MessageSettled::message).hasSameElementsAs(committed);
    assertThat(rows("messages")).isEqualTo(committed.size());
    assertThat(rows("message_contents")).isEqualTo(committed.size());
    assertThat(rows("message_recipients")).isEqualTo(committed.size());
  }

  /** One to three messages in one transaction with something else; a third of them fails. */
  private void doBusiness(Random random, Set<String> committed, Set<String> undone) {
    for (int i = 0; i < EACH; i++) {
      List<String> ids = new ArrayList<>();
      boolean fails = random.nextInt(3) == 0;
      int messages = 1 + random.nextInt(3);
      try {
        business.run(sql -> {
          ids.clear();
          for (int m = 0; m < messages; m++)
            ids.add(outbox.accept(DraftsForTests.to("a@x.example")).id());
          if (fails) throw new BusinessFailed();
        });
        committed.addAll(ids);
      } catch (BusinessFailed asPlanned) {
        undone.addAll(ids);
      }
    }
  }

  private List<Claim> claim() {
    return claims.claim(DraftsForTests.ACCOUNT, 50, 0, "n2", LEASE);
  }

  private long rows(String table) {
    return business.read(
        sql -> sql.sql("SELECT count(*) FROM " + table).query(Long.class).single());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static final class BusinessFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    BusinessFailed() {
      super("the order was not booked", null, false, false);
    }
  }
}
