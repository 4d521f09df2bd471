package org.postroom;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.PrintStream;
import java.time.Instant;
import org.postroom.db.Database;
import org.postroom.db.Databases;
import org.postroom.db.Settings;
import org.postroom.secrets.KeyRotation;
import org.postroom.secrets.SealedColumns;
import org.slf4j.LoggerFactory;

/**
 * {@code postroom rotate-keys}: works on the key file and the database themselves, whether Postroom
 * runs or not. SQLite lets both write, one after the other.
 */
final class RotateKeys {
  private RotateKeys() {}

  /** The exit code: 0 where all is done, 1 where somebody must do something first. */
  static int run(boolean forgetOld, Settings settings, PrintStream out) {
    var log = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = log.getLevel();
    log.setLevel(Level.WARN); // no framework sets up the log of a command
    try (Database database = Databases.of(settings)) {
      var rotation = new KeyRotation(settings, database, SealedColumns.everywhere());
      KeyRotation.Told told = forgetOld ? rotation.forgetOld(Instant.now()) : rotation.rotate();
      told.lines().forEach(out::println);
      return told.done() ? 0 : 1;
    } finally {
      log.setLevel(before);
    }
  }
}
