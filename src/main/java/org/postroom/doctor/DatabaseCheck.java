package org.postroom.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.CannotStart;
import org.postroom.db.Database;
import org.postroom.db.Databases;
import org.postroom.db.Dialect;
import org.postroom.db.Settings;
import org.postroom.db.Settings.Name;

/**
 * The database: does it answer, are its tables ours, does it keep what it says, what time is it?
 */
final class DatabaseCheck {
  private static final Duration CLOCKS_MAY_DIFFER = Duration.ofSeconds(30);

  private DatabaseCheck() {}

  /** The database, where it can be opened, and what was found on the way. */
  record Opened(@Nullable Database database, List<Found> found) implements AutoCloseable {
    @Override
    public void close() {
      if (database != null) database.close();
    }
  }

  /** Found out once: it reads every script. */
  private static final class Newest {
    static final String VERSION = Databases.newestVersion();
  }

  static Opened open(Settings settings) {
    boolean postgres = settings.get(Name.POSTROOM_DATABASE_URL).isPresent();
    if (!postgres && !java.nio.file.Files.exists(settings.home().resolve("postroom.db")))
      return new Opened(
          null,
          List.of(Found.ok("database", "There is no database yet; the first start makes it.")));
    Database database = null;
    try {
      database = Databases.existing(settings);
      database.ping();
      return new Opened(
          database,
          List.of(
              Found.ok(
                  "database", (postgres ? "PostgreSQL" : "The embedded database") + " answers.")));
    } catch (CannotStart refused) {
      return refused(String.valueOf(refused.getMessage()), refused.advice());
    } catch (RuntimeException failure) {
      if (database != null) database.close();
      return refused(
          "The database cannot be used: " + root(failure),
          postgres
              ? "See that the server of POSTROOM_DATABASE_URL runs, and that user and password are right."
              : "Restore the last backup if the file is damaged: postroom restore <file> --replace.");
    }
  }

  private static Opened refused(String what, String advice) {
    return new Opened(null, List.of(Found.problem("database.away", what, advice)));
  }

  static List<Found> look(Patient patient) {
    Database database = Objects.requireNonNull(patient.database());
    List<Found> found = new ArrayList<>();
    found.add(version(database));
    if (database.dialect() == Dialect.POSTGRESQL) {
      for (String warning : Databases.durabilityWarnings(database))
        found.add(
            Found.problem(
                "database.durability", warning, "Change postgresql.conf and restart the server."));
    }
    clock(patient.now(), database.now(), found);
    return found;
  }

  private static Found version(Database database) {
    String newest = Newest.VERSION;
    Optional<String> applied = database.read(DoctorRows::version);
    if (applied.isEmpty())
      return Found.problem(
          "database.version",
          "This database has none of Postroom's tables.",
          "Name the right database; an empty one is filled by the first start.");
    int order = Integer.compare(number(applied.get()), number(newest));
    if (order > 0)
      return Found.problem(
          "database.version",
          "Its tables are of version " + applied.get() + ", this program knows " + newest + ".",
          "Start the newer Postroom, or restore a backup taken before the update.");
    if (order < 0)
      return Found.warning(
          "database.version",
          "Its tables are of version "
              + applied.get()
              + "; the next start brings them to "
              + newest
              + ".",
          "Back up before: UPGRADING.md.");
    return Found.ok("database.version", "Its tables are up to date (version " + newest + ").");
  }

  private static void clock(Instant here, Instant there, List<Found> found) {
    Duration apart = Duration.between(here, there).abs();
    if (apart.compareTo(CLOCKS_MAY_DIFFER) > 0)
      found.add(
          Found.problem(
              "clock.off",
              "This machine's clock and the database's are "
                  + apart.toSeconds()
                  + " seconds apart: sign-ins at providers and times in mails will be wrong.",
              "Let both take their time from NTP."));
    else found.add(Found.ok("clock", "This machine and the database agree what time it is."));
  }

  private static int number(String version) {
    return Integer.parseInt(version.replaceAll("[^0-9].*", ""));
  }

  private static String root(Throwable failure) {
    Throwable at = failure;
    for (int depth = 0; at.getCause() != null && depth < 20; depth++) at = at.getCause();
    return String.valueOf(at.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
