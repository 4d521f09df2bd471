package org.postroom.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.postroom.outbox.Claim;

/**
 * The messages of one account under way on this node: a few workers side by side, never more than
 * the account allows, fed from claims taken a handful at a time.
 */
final class Lane {
  /**
   * For how long a connection that is not used may stay open: longer than any transport keeps it.
   */
  private static final long OPEN_NANOS = Duration.ofSeconds(45).toNanos();

  /** How much is claimed ahead: what people send must not wait behind more than this. */
  private static final long AHEAD_NANOS = Duration.ofSeconds(1).toNanos();

  private final IntFunction<List<Claim>> claimMore;
  private final Function<Claim, Runnable> deliver;
  private final Deque<Claim> ready = new ArrayDeque<>();
  private final Set<Claim> underWay = new HashSet<>();
  private int workers;
  private int width;
  private boolean stopped;
  private long usualNanos;
  private final NavigableMap<Integer, Long> used = new TreeMap<>();
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile Instant byHandFrom = Instant.EPOCH;
  private volatile Instant runsFrom = Instant.EPOCH;

  /**
   * @param deliver hands one message over and gives what writes down what came of it; that is done
   *     while the next message is on its way already
   */
  Lane(IntFunction<List<Claim>> claimMore, Function<Claim, Runnable> deliver) {
    this.claimMore = claimMore;
    this.deliver = deliver;
  }

  /** Nothing of the account can be taken before these moments, as the database's clock goes. */
  void rest(@Nullable Instant byHand, @Nullable Instant runs) {
    byHandFrom = byHand == null ? Instant.EPOCH : byHand;
    runsFrom = runs == null ? byHandFrom : runs;
  }

  /** Something changed: looking may find more. */
  void wake() {
    rest(null, null);
  }

  /** When to look again for what is due; null where nothing keeps it back. */
  @Nullable Instant looksAgain(boolean byHand, boolean runs, Instant now) {
    if (byHand && !byHandFrom.isAfter(now)) return null;
    if (runs && !runsFrom.isAfter(now)) return null;
    if (byHand && runs) return byHandFrom.isBefore(runsFrom) ? byHandFrom : runsFrom;
    return byHand ? byHandFrom : runsFrom;
  }

  /** Looks on a thread of its own, one at a time: no account waits for another's. */
  void look(Runnable look) {
    if (!looking.compareAndSet(false, true)) return;
    Thread.ofVirtual()
        .name("delivery-look")
        .start(() -> {
          try {
            look.run();
          } finally {
            looking.set(false);
          }
        });
  }

  /** Connections that may still be open: those in use, and those used a moment ago. */
  synchronized int open() {
    long now = System.nanoTime();
    used.values().removeIf(last -> now - last > OPEN_NANOS);
    return used.isEmpty() ? workers : Math.max(workers, used.lastKey());
  }

  /** How many workers there may be from now on; those beyond end after what they have in hand. */
  synchronized void width(int width) {
    this.width = width;
  }

  /** Puts waiting messages to work, on at most so many workers and no more than were granted. */
  void fill(int most) {
    synchronized (this) {
      width = Math.min(Math.max(1, width), most);
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

  /** Whether it needs nobody to look after it: it asks for more by itself. */
  synchronized boolean full() {
    return width > 0 && workers >= width;
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
    long start = System.nanoTime();
    try {
      return deliver.apply(claim);
    } catch (RuntimeException | Error ourMistake) {
      forget(claim);
      throw ourMistake;
    } finally {
      handedOver(System.nanoTime() - start);
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

  private synchronized void handedOver(long nanos) {
    used.put(workers, System.nanoTime());
    usualNanos += (nanos - usualNanos) / 4;
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
    if (stopped || workers > width) return 0;
    return width * (int) Math.clamp(AHEAD_NANOS / Math.max(1, usualNanos), 1, 4);
  }

  private synchronized @Nullable Claim endIfNone(@Nullable Claim claim) {
    if (claim == null) workers--;
    return claim;
  }
}
