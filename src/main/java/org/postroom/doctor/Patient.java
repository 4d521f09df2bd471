package org.postroom.doctor;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.db.Settings;

/**
 * What is examined.
 *
 * @param environment all of it, to see names that are no settings
 * @param clock this machine's
 * @param database null where it cannot be opened
 * @param running whether Postroom answers on its port
 */
record Patient(
    Settings settings,
    Map<String, String> environment,
    InstantSource clock,
    @Nullable Database database,
    boolean running) {

  Instant now() {
    return clock.instant();
  }
}
