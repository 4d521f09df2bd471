package org.postroom.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.postroom.outbox.Claim;

/**
 * The messages of one account under way on this node: a few workers side by side, never more than
 * the account allows, fed from claims taken a handful at a time.
 */
final class Lane {
  private final IntFunction<List<Claim>> claimMore;
  private final Function<Claim, Runnable> deliver;
  private final Deque<Claim> ready = new ArrayDeque<>();
  private final Set<Claim> underWay = new HashSet<>();
  private int workers;
  private int width;
  private boolean stopped;

  /**
   * @param deliver hands one message over and gives what writes down what came of it; that is done
   *     while the next message is on its way already
   */
  Lane(IntFunction<List<Claim>> claimMore, Function<Claim, Runnable> deliver) {
    this.claimMore = claimMore;
    this.deliver = deliver;
  }

  /** Puts waiting messages to work, on at most {@code width} workers. */
  void fill(int width) {
    synchronized (this) {
      this.width = width;
    }
    while (startWorker()) {
      // One more as long as there is work for it.
    }
  }

  /** Everything claimed here that is not settled: its leases must be kept alive. */
  synchronized List<Claim> held() {
    List<Claim> all = new ArrayList<>(ready);
    all.addAll(underWay);
    return all;
  }

  /** Gives up what was not begun; workers end after the message they have in hand. */
  synchronized List<Claim> stop() {
    stopped = true;
    List<Claim> unbegun = new ArrayList<>(ready);
    ready.clear();
    return unbegun;
  }

  /** Hands back what was not begun, because the account is in trouble. */
  synchronized List<Claim> drain() {
    List<Claim> unbegun = new ArrayList<>(ready);
    ready.clear();
    return unbegun;
  }

  synchronized boolean idle() {
    return workers == 0 && underWay.isEmpty();
  }

  private boolean startWorker() {
    synchronized (this) {
      if (stopped || workers >= width) return false;
      workers++;
    }
    Claim first = next();
    if (first == null) return false;
    Thread.ofVirtual().name("delivery").start(() -> work(first));
    return true;
  }

  private void work(Claim first) {
    Thread last = null;
    for (Claim claim = first; claim != null; claim = next()) {
      Runnable settle = handOver(claim);
      await(last);
      last = settleBeside(claim, settle);
    }
  }

  private Runnable handOver(Claim claim) {
    try {
      return deliver.apply(claim);
    } catch (RuntimeException | Error ourMistake) {
      forget(claim);
      throw ourMistake;
    }
  }

  private Thread settleBeside(Claim claim, Runnable settle) {
    return Thread.ofVirtual()
        .name("settle")
        .start(() -> {
          try {
            settle.run();
          } finally {
            forget(claim);
          }
        });
  }

  private synchronized void forget(Claim claim) {
    underWay.remove(claim);
  }

  /** No further ahead than one message: where the database is away, sending stops too. */
  private static void await(@Nullable Thread settling) {
    if (settling == null) return;
    try {
      settling.join();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next claim for a worker; null ends the worker, which is then counted out. */
  private @Nullable Claim next() {
    try {
      Claim claim = take(List.of());
      int most = room();
      return claim != null || most == 0 ? endIfNone(claim) : endIfNone(take(claimMore.apply(most)));
    } catch (RuntimeException databaseAway) {
      endIfNone(null);
      throw databaseAway;
    }
  }

  private synchronized @Nullable Claim take(List<Claim> more) {
    ready.addAll(more);
    if (workers > width || stopped) return null;
    Claim claim = ready.poll();
    if (claim != null) underWay.add(claim);
    return claim;
  }

  private synchronized int room() {
    return stopped || workers > width ? 0 : width * 4;
  }

  private synchronized @Nullable Claim endIfNone(@Nullable Claim claim) {
    if (claim == null) workers--;
    return claim;
  }
}
