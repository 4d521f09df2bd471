package org.postroom.environment;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.postroom.http.ReadyDetail;
import org.springframework.stereotype.Component;

/** What whoever watches the installation sees of its standing. See docs/metrics.md. */
@Component
class EnvironmentMetric implements ReadyDetail {
  private final Environment environment;

  EnvironmentMetric(Environment environment, MeterRegistry registry) {
    this.environment = environment;
    for (Standing standing : Standing.values())
      Gauge.builder("postroom.environment", () -> environment.standing() == standing ? 1 : 0)
          .description("1 for what this installation is to its database.")
          .tag("standing", standing.word())
          .register(registry);
  }

  @Override
  public String name() {
    return "environment";
  }

  @Override
  public String value() {
    return environment.standing().word();
  }
}
