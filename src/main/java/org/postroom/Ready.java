package org.postroom;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.postroom.db.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says once where to open Postroom, as soon as it answers. */
@Component
class Ready {
  private static final Logger LOG = LoggerFactory.getLogger(Postroom.class);
  private final Settings settings;

  Ready(Settings settings) {
    this.settings = settings;
  }

  @EventListener
  void announce(ApplicationReadyEvent event) {
    if (!(event.getApplicationContext() instanceof WebServerApplicationContext web)) return;
    LOG.info(
        "Postroom is ready: http://localhost:{} (data in {}, started in {} s)",
        web.getWebServer().getPort(),
        settings.home(),
        secondsSinceStart());
  }

  /** Since the JVM began, not only since the application did: it is what a person waits for. */
  private static String secondsSinceStart() {
    long millis = ManagementFactory.getRuntimeMXBean().getUptime();
    return String.format(Locale.ROOT, "%.1f", millis / 1000.0);
  }
}
