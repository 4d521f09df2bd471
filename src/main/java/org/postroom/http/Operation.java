package org.postroom.http;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postroom.db.Database;
import org.postroom.db.DatabaseAway;
import org.postroom.db.Settings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** For whoever runs the installation: does it live, can it work, how is it doing? */
@RestController
class Operation {
  private static final MediaType PROMETHEUS =
      MediaType.parseMediaType("text/plain;version=0.0.4;charset=utf-8");
  private final Database database;
  private final PrometheusMeterRegistry metrics;
  private final ObjectProvider<ReadyDetail> details;

  Operation(
      Database database, PrometheusMeterRegistry metrics, ObjectProvider<ReadyDetail> details) {
    this.details = details;
    this.database = database;
    this.metrics = metrics;
  }

  /** The process answers. */
  @GetMapping("/healthz")
  Map<String, String> healthz() {
    return Map.of("status", "ok");
  }

  /** The database answers too; its tables were brought up to date before the port opened. */
  @GetMapping("/readyz")
  ResponseEntity<Map<String, String>> readyz() {
    try {
      database.ping();
      Map<String, String> ready = new LinkedHashMap<>(Map.of("status", "ok", "database", "ok"));
      details.forEach(detail -> ready.put(detail.name(), detail.value()));
      return ResponseEntity.ok(ready);
    } catch (DatabaseAway away) {
      return unavailable(away.reason().words());
    } catch (RuntimeException failure) {
      return unavailable(DatabaseAway.Reason.NO_ANSWER.words());
    }
  }

  private static ResponseEntity<Map<String, String>> unavailable(String why) {
    return ResponseEntity.status(503).body(Map.of("status", "unavailable", "database", why));
  }

  @GetMapping("/metrics")
  ResponseEntity<String> metrics() {
    return ResponseEntity.ok().contentType(PROMETHEUS).body(metrics.scrape());
  }

  @Configuration(proxyBeanMethods = false)
  static class Registry {
    @Bean
    PrometheusMeterRegistry meterRegistry(Settings settings) {
      var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      List.of(
              new JvmMemoryMetrics(),
              new JvmThreadMetrics(),
              new ClassLoaderMetrics(),
              new ProcessorMetrics(),
              new UptimeMetrics())
          .forEach(binder -> binder.bindTo(registry));
      about(registry, settings);
      return registry;
    }

    private static void about(MeterRegistry registry, Settings settings) {
      Gauge.builder("postroom.build", () -> 1)
          .description("1; its label says which version runs.")
          .tag("version", Version.ours())
          .register(registry);
      Gauge.builder("postroom.disk.free", settings.home(), home -> home.toFile().getUsableSpace())
          .description("Room left on the disk of the data folder.")
          .baseUnit("bytes")
          .register(registry);
    }

    @Bean
    JvmGcMetrics garbageCollection(MeterRegistry registry) {
      var metrics = new JvmGcMetrics(); // a bean, because it has to be closed
      metrics.bindTo(registry);
      return metrics;
    }
  }
}
