package org.postroom.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.postroom.outbox.Claim;

/**
 * The messages of one account under way on this node: a few workers side by side, never more than
 * the account allows, fed from claims taken a handful at a time.
 */
final class Lane {
  private final IntFunction<List<Claim>> claimMore;
  private final Consumer<Claim> deliver;
  private final Deque<Claim> ready = new ArrayDeque<>();
  private final Set<Claim> underWay = new HashSet<>();
  private int workers;
  private int width;
  private boolean stopped;

  Lane(IntFunction<List<Claim>> claimMore, Consumer<Claim> deliver) {
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
    return workers == 0;
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
    for (Claim claim = first; claim != null; claim = next()) {
      try {
        deliver.accept(claim);
      } finally {
        synchronized (this) {
          underWay.remove(claim);
        }
      }
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
