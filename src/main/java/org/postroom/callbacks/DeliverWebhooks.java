package org.postroom.callbacks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postroom.callbacks.DeliveryRows.Due;
import org.postroom.callbacks.DeliveryRows.Taken;
import org.postroom.db.Database;
import org.postroom.environment.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Keeps telling endpoints what happened. Any number of nodes may do so: each delivery is in one
 * node's hand for as long as its lease, and due again where that node dies.
 */
@Component
class DeliverWebhooks implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(DeliverWebhooks.class);

  /** Longer than any call. */
  static final Duration LEASE = CallEndpoint.LIMIT.plusSeconds(25);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(300);
  private static final int AT_ONCE = 32;

  /** Of one endpoint; of one that fails, a single one finds out whether it is back. */
  private static final int OF_ONE = 6;

  private final Database database;
  private final Environment environment;
  private final Spread spread;
  private final CallEndpoint callEndpoint;
  private final Semaphore work = new Semaphore(0);
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final Map<String, Integer> calling = new ConcurrentHashMap<>();
  private @Nullable Thread thread;
  private volatile boolean running;

  DeliverWebhooks(
      Database database, Environment environment, Spread spread, CallEndpoint callEndpoint) {
    this.database = database;
    this.environment = environment;
    this.spread = spread;
    this.callEndpoint = callEndpoint;
  }

  @Override
  public void start() {
    running = true;
    thread = Thread.ofPlatform().daemon().name("webhooks").start(this::workForEver);
  }

  @Override
  public void stop() {
    running = false;
    Thread working = thread;
    if (working == null) return;
    working.interrupt();
    try {
      working.join(Duration.ofSeconds(5));
      // What is under way may end; what does not is due again when its lease ends.
      if (free.tryAcquire(AT_ONCE, 5, TimeUnit.SECONDS)) free.release(AT_ONCE);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void workForEver() {
    while (running && !Thread.currentThread().isInterrupted()) {
      try {
        if (!step()) work.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        work.drainPermits();
      } catch (InterruptedException stopping) {
        return;
      } catch (RuntimeException databaseAway) {
        if (!running) return;
        LOG.warn("Webhooks cannot be delivered right now: {}", databaseAway.toString());
        LOG.debug("Cause", databaseAway);
        pause();
      }
    }
  }

  /** False where there was nothing to do. A copy of another installation calls nobody. */
  private boolean step() {
    List<String> waiting = spread.waiting();
    List<Due> due = database.read(sql -> DeliveryRows.due(sql, sql.now()));
    if (waiting.isEmpty() && due.isEmpty()) return false;
    if (environment.foreign()) return false;
    boolean more = false;
    for (String company : waiting) more |= spread.some(company);
    int begun = 0;
    for (Due one : due) begun += begin(one);
    return more || begun > 0 || !waiting.isEmpty();
  }

  private int begin(Due due) {
    String key = due.company() + "/" + due.endpoint();
    int most = (due.failing() ? 1 : OF_ONE) - calling.getOrDefault(key, 0);
    int room = Math.min(most, free.availablePermits());
    if (room <= 0) return 0;
    List<Taken> taken =
        database.write(sql -> {
          Instant now = sql.now();
          return DeliveryRows.take(sql, due, room, now, now.plus(LEASE));
        });
    for (Taken each : taken) begin(key, each);
    return taken.size();
  }

  private void begin(String key, Taken taken) {
    free.acquireUninterruptibly();
    calling.merge(key, 1, Integer::sum);
    Thread.ofVirtual().name("webhook").start(() -> call(key, taken));
  }

  private void call(String key, Taken taken) {
    try {
      callEndpoint.call(taken);
    } catch (RuntimeException failure) {
      // The lease ends by itself; then it is tried again.
      LOG.warn("The webhook delivery {} could not be made: {}", taken.id(), failure.toString());
      LOG.debug("Cause", failure);
    } finally {
      calling.computeIfPresent(key, (k, n) -> n == 1 ? null : n - 1);
      free.release();
      work.release();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(Duration.ofSeconds(1));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
