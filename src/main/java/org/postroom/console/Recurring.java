package org.postroom.console;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postroom.compose.Downloads;
import org.postroom.compose.Undo;
import org.postroom.http.Idempotency;
import org.postroom.notices.AccountNotices;
import org.postroom.notices.WarningNotices;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * What runs by itself, all of it: one line each, calling one public verb. Every node does it; each
 * of these verbs may run twice at once. Sending and handling events have threads of their own: they
 * wait for work, not for a time.
 */
@Component
class Recurring implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Recurring.class);
  private static final Duration AFTER_START = Duration.ofMinutes(1);
  private final List<Work> all;
  private @Nullable ScheduledExecutorService clock;

  Recurring(Idempotency idempotency, AccountNotices notices, WarningNotices warnings, Undo undo,
      Downloads downloads) {
    this.all =
        List.of(
            new Work("old replies", Duration.ofHours(1), idempotency::forgetOld),
            new Work("notices about accounts", Duration.ofMinutes(1), notices::tell),
            new Work("warnings about accounts", Duration.ofHours(1), warnings::tell),
            new Work("files of drafts that were sent", Duration.ofHours(1), undo::forgetFiles),
            new Work("files of links that ended", Duration.ofHours(1), downloads::forgetEnded));
  }

  /** Something to be done again and again. */
  record Work(String name, Duration every, Runnable verb) {

    /** A failure is told and does not end the repetition. */
    void run() {
      try {
        verb.run();
      } catch (RuntimeException failure) {
        LOG.warn("Recurring work “{}” failed and is tried again later", name, failure);
      }
    }
  }

  /** For tests and for whoever wants to know. */
  List<Work> all() {
    return all;
  }

  @Override
  public void start() {
    var started =
        Executors.newSingleThreadScheduledExecutor(
            work -> Thread.ofPlatform().daemon().name("recurring").unstarted(work));
    for (Work work : all)
      started.scheduleWithFixedDelay(
          work::run, AFTER_START.toSeconds(), work.every().toSeconds(), TimeUnit.SECONDS);
    clock = started;
  }

  @Override
  public void stop() {
    if (clock != null) clock.shutdownNow();
    clock = null;
  }

  @Override
  public boolean isRunning() {
    return clock != null;
  }
}
