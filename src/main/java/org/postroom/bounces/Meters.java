package org.postroom.bounces;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** How much comes back, by kind; never from whom. See docs/metrics.md. */
@Component
class Meters {
  private final MeterRegistry registry;

  Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  void count(Returned.Kind kind, boolean matched) {
    Counter.builder("postroom_returned_mail")
        .description("Reports read about mail that had been sent.")
        .tag("kind", kind.name().toLowerCase(Locale.ROOT))
        .tag("matched", matched ? "yes" : "no")
        .register(registry)
        .increment();
  }
}
