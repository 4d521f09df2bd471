package org.postroom.console;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.db.Node;
import org.postroom.environment.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Looks for recurring work every few seconds and does two pieces at once at most. */
@Component
class RecurringThreads implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(RecurringThreads.class);
  private static final int AT_ONCE = 2;
  private static final int LOOK_SECONDS = 5;
  private static final int RENEW_SECONDS = 8;
  private static final int STOP_SECONDS = 5;
  private final Turns turns;
  private final Environment environment;
  private final Semaphore free = new Semaphore(AT_ONCE);
  private @Nullable ScheduledExecutorService clock;
  private @Nullable ExecutorService workers;

  RecurringThreads(Database database, Node node, Recurring recurring, Environment environment) {
    this.environment = environment;
    this.turns = new Turns(database, node, recurring.all());
  }

  @Override
  public void start() {
    turns.begin();
    workers = Executors.newFixedThreadPool(AT_ONCE, named("recurring"));
    clock = Executors.newScheduledThreadPool(2, named("recurring-clock"));
    clock.scheduleWithFixedDelay(
        () -> calmly(this::look), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    clock.scheduleWithFixedDelay(
        () -> calmly(turns::renew), RENEW_SECONDS, RENEW_SECONDS, TimeUnit.SECONDS);
  }

  /** Now, without waiting for the clock. */
  void lookNow() {
    if (clock != null) clock.execute(() -> calmly(this::look));
  }

  /** In a copy that nobody has said anything about nothing runs by itself. */
  private void look() {
    if (environment.muted()) return;
    while (free.tryAcquire()) {
      Optional<Turn> turn = Optional.empty();
      try {
        turn = turns.take();
      } finally {
        if (turn.isEmpty()) free.release();
      }
      if (turn.isEmpty()) return;
      run(turn.get());
    }
  }

  private void run(Turn turn) {
    if (workers == null) return;
    workers.execute(() -> {
      try {
        calmly(() -> turns.run(turn));
      } finally {
        free.release();
      }
    });
  }

  private static void calmly(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException databaseAway) {
      LOG.warn("Recurring work cannot go on right now: {}", databaseAway.toString());
      LOG.debug("Cause", databaseAway);
    }
  }

  @Override
  public void stop() {
    if (clock == null || workers == null) return;
    clock.shutdownNow();
    workers.shutdown();
    try {
      if (!workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) workers.shutdownNow();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    calmly(turns::giveBack);
    clock = null;
  }

  @Override
  public boolean isRunning() {
    return clock != null;
  }

  private static java.util.concurrent.ThreadFactory named(String name) {
    return work -> Thread.ofPlatform().daemon().name(name).unstarted(work);
  }
}
