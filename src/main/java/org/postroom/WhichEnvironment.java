package org.postroom;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Optional;
import org.postroom.access.Audit;
import org.postroom.db.Database;
import org.postroom.db.Databases;
import org.postroom.db.Settings;
import org.postroom.environment.Environment;
import org.postroom.environment.Standing;
import org.slf4j.LoggerFactory;

/** {@code postroom environment}: works on the database itself, whether Postroom runs or not. */
final class WhichEnvironment {
  private WhichEnvironment() {}

  /** The exit code: 0 where it is told or settled, 2 where the word is none. */
  static int run(String word, Settings settings, PrintStream out) {
    Optional<Standing> wanted =
        Arrays.stream(Standing.values()).filter(one -> one.word().equals(word)).findFirst();
    if (!word.isEmpty() && wanted.isEmpty()) {
      out.println("Say original, muted or test_copy, or nothing to see what it is.");
      return 2;
    }
    var log = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = log.getLevel();
    log.setLevel(Level.ERROR); // no framework sets up the log of a command
    try (Database database = Databases.of(settings)) {
      var environment = new Environment(settings, database, new Audit(database));
      wanted.ifPresent(environment::become);
      out.println("This environment: " + environment.id());
      out.println("The database belongs to: " + environment.owner());
      out.println("So this is: " + environment.standing().word());
      return 0;
    } finally {
      log.setLevel(before);
    }
  }
}
