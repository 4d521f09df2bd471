package org.postroom.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.util.Locale;
import org.postroom.access.Access;
import org.postroom.access.Company;
import org.postroom.outbox.MessageState;
import org.postroom.outbox.Outbox;
import org.postroom.transport.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** How much leaves and how much waits, by account; never to whom. See docs/metrics.md. */
@Component
class Meters {
  private static final Logger LOG = LoggerFactory.getLogger(Meters.class);
  private static final Duration[] STEPS = {
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1)
  };

  private final PrometheusMeterRegistry registry;
  private final Access access;
  private final Outbox outbox;

  Meters(PrometheusMeterRegistry registry, Access access, Outbox outbox) {
    this.registry = registry;
    this.access = access;
    this.outbox = outbox;
    Collector waiting = this::waiting;
    registry.getPrometheusRegistry().register(waiting);
  }

  /**
   * One try.
   *
   * @param took the talk with the server
   * @param state what the try made of its message
   */
  void tried(String account, Outcome outcome, Duration took, MessageState state) {
    Timer.builder("postroom.delivery")
        .description("Tries to hand a message over.")
        .tag("account", account)
        .tag("outcome", outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT))
        .serviceLevelObjectives(STEPS)
        .register(registry)
        .record(took);
    Counter.builder("postroom.messages.settled")
        .description("What tries made of their messages.")
        .tag("account", account)
        .tag("state", state.word())
        .register(registry)
        .increment();
  }

  /** Read when somebody looks. A database that is away must not take the other figures along. */
  private GaugeSnapshot waiting() {
    var gauge =
        GaugeSnapshot.builder()
            .name("postroom_messages_waiting")
            .help("Messages that have not left, by account and state.");
    try {
      for (Company company : access.companies())
        for (Outbox.Waiting waiting : outbox.waiting(company.id()))
          gauge.dataPoint(
              GaugeDataPointSnapshot.builder()
                  .labels(Labels.of("account", waiting.account(), "state", waiting.state().word()))
                  .value(waiting.messages())
                  .build());
    } catch (RuntimeException databaseAway) {
      LOG.warn("Waiting messages could not be counted: {}", databaseAway.toString());
    }
    return gauge.build();
  }
}
