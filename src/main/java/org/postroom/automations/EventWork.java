package org.postroom.automations;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.postroom.db.Database;
import org.postroom.db.Node;
import org.postroom.environment.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps handling events that are kept and not handled. Any number of nodes may do so. */
@Component
class EventWork implements SmartLifecycle {
  private static final Duration LEASE = Duration.ofSeconds(45);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final Duration LOOK_BACK = Duration.ofMinutes(1);
  private static final int MOST = 8;
  private static final Logger LOG = LoggerFactory.getLogger(EventWork.class);

  private final Database database;
  private final Environment environment;
  private final HandleEvent handleEvent;
  private final Reopen reopen;
  private final MeterRegistry meters;
  private final Node node;
  private final ApplicationEventPublisher watchers;
  private final Semaphore work = new Semaphore(0);
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong lookedBack = new AtomicLong(System.nanoTime());
  private volatile boolean running;

  EventWork(
      Database database,
      Environment environment,
      HandleEvent handleEvent,
      Reopen reopen,
      Node node,
      MeterRegistry meters,
      ApplicationEventPublisher watchers) {
    this.watchers = watchers;
    this.environment = environment;
    this.database = database;
    this.node = node;
    this.handleEvent = handleEvent;
    this.reopen = reopen;
    this.meters = meters;
  }

  @Override
  public void start() {
    running = true;
    database.run(sql -> EventRows.giveBack(sql, node));
    // Rendering is the work: as many threads as cores.
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      threads.add(Thread.ofPlatform().daemon().name("events-" + i).start(this::handleForEver));
    }
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
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @EventListener
  void onTold(Automations.EventsTold told) {
    work.release();
  }

  private void handleForEver() {
    while (running && !Thread.currentThread().isInterrupted()) {
      try {
        List<BusinessEvent> taken = take();
        for (BusinessEvent event : taken) handle(event);
        lookBack();
        if (taken.isEmpty()) {
          work.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
      } catch (InterruptedException stopping) {
        return;
      } catch (RuntimeException databaseAway) {
        LOG.warn("Events cannot be handled right now: {}", databaseAway.toString());
        LOG.debug("Cause", databaseAway);
        pause();
      }
    }
  }

  /** One of the threads, once in a while. */
  private void lookBack() {
    long last = lookedBack.get();
    long now = System.nanoTime();
    if (now - last < LOOK_BACK.toNanos() || !lookedBack.compareAndSet(last, now)) return;
    int again = reopen.overlooked();
    if (again > 0)
      LOG.info("{} events are looked at again: what they are about is known now", again);
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_AGAIN);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** A copy keeps events and handles none, until somebody says what it is. */
  private List<BusinessEvent> take() {
    if (environment.muted()) return List.of();
    return database.write(sql -> {
      Instant now = sql.now();
      return EventRows.take(sql, MOST, node, now, now.plus(LEASE));
    });
  }

  private void handle(BusinessEvent event) {
    try {
      Instant began = Instant.now();
      count(event, handleEvent.handle(event));
      watchers.publishEvent(new EventHandled(event.company(), event.id(), began));
    } catch (HandleEvent.HandledElsewhere fine) {
      LOG.debug("Event {} was handled elsewhere", event.id());
    } catch (RuntimeException failure) {
      // The lease ends by itself; then it is tried again.
      LOG.error("Event {} could not be handled", event.id(), failure);
    }
  }

  /** See docs/metrics.md. */
  private void count(BusinessEvent event, BusinessEvent.State state) {
    Counter.builder("postroom.events")
        .description("Business events that were looked at.")
        .tag("type", event.type().word())
        .tag("state", state.word())
        .register(meters)
        .increment();
  }
}
