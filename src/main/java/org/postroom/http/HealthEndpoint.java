package org.postroom.http;

import java.util.Map;
import org.postroom.db.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * For whoever watches the process. {@code /healthz}: it runs, restarting it would not help. {@code
 * /readyz}: it can take work, its database answers; 503 otherwise. Both tell no secrets and need no
 * key.
 */
@RestController
class HealthEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(HealthEndpoint.class);
  private final Database database;

  HealthEndpoint(Database database) {
    this.database = database;
  }

  @GetMapping("/healthz")
  Map<String, String> alive() {
    return Map.of("status", "up");
  }

  @GetMapping("/readyz")
  ResponseEntity<Map<String, String>> ready() {
    try {
      database.ping();
      return ResponseEntity.ok(Map.of("status", "ready"));
    } catch (RuntimeException failure) {
      LOG.warn("Not ready: the database does not answer.", failure);
      return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
          .body(Map.of("status", "not_ready", "reason", "The database does not answer."));
    }
  }
}
