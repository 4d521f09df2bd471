package org.postroom.statements;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.postroom.db.Database;
import org.postroom.db.Node;
import org.postroom.environment.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Keeps planning and sending runs. Any number of nodes may do so: they share one run's customers.
 */
@Component
class RunWork implements SmartLifecycle {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(RunWork.class);
  private final Database database;
  private final Environment environment;
  private final PlanRun planRun;
  private final SendStatements sendStatements;
  private final Node node;
  private final Semaphore work = new Semaphore(0);
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean running;

  RunWork(
      Database database,
      Environment environment,
      PlanRun planRun,
      SendStatements sendStatements,
      Node node) {
    this.environment = environment;
    this.database = database;
    this.planRun = planRun;
    this.sendStatements = sendStatements;
    this.node = node;
  }

  @Override
  public void start() {
    running = true;
    database.run(sql -> RunRows.giveBack(sql, node));
    // Rendering is the work: as many threads as cores.
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++)
      threads.add(Thread.ofPlatform().daemon().name("statements-" + i).start(this::workForEver));
  }

  @Override
  public void stop() {
    running = false;
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      try {
        thread.join(Duration.ofSeconds(10));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    threads.clear();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @EventListener
  void onMoved(StatementRuns.RunMoved moved) {
    work.release(Runtime.getRuntime().availableProcessors());
  }

  private void workForEver() {
    while (running && !Thread.currentThread().isInterrupted()) {
      try {
        if (!step()) work.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException stopping) {
        return;
      } catch (RuntimeException databaseAway) {
        if (!running) return;
        LOG.warn("Statement runs cannot go on right now: {}", databaseAway.toString());
        LOG.debug("Cause", databaseAway);
        pause();
      }
    }
  }

  /** False where there was nothing to do. */
  private boolean step() {
    if (!database.read(RunRows::anyOpen) || environment.muted()) return false;
    Optional<StatementRun> toPlan = planRun.take(node);
    toPlan.ifPresent(planRun::plan);
    List<SendStatements.Taken> taken = sendStatements.take(node);
    taken.forEach(sendStatements::send);
    return toPlan.isPresent() || !taken.isEmpty();
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_AGAIN);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
