package org.postroom.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.db.Settings;
import org.postroom.db.Sql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who we are. As the setting says; without it, what cannot come along when the database is copied:
 * a file beside the embedded database, or what PostgreSQL itself calls this database of this
 * cluster. So several nodes on one PostgreSQL have one id without saying so, a server that takes
 * over from a dead one keeps it (both are one cluster), and a dump read in elsewhere has another.
 */
final class EnvironmentId {
  static final String FILE = "environment-id";
  private static final Logger LOG = LoggerFactory.getLogger(EnvironmentId.class);

  private EnvironmentId() {}

  static String of(Settings settings, Database database) {
    Optional<String> given = settings.get(Settings.Name.POSTROOM_ENVIRONMENT_ID);
    if (given.isPresent()) return checked(given.get());
    Optional<Path> folder = database.folder();
    return folder.isPresent() ? inFolder(folder.get()) : ofCluster(database);
  }

  private static String checked(String given) {
    if (given.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) return given;
    throw new IllegalStateException(
        "POSTROOM_ENVIRONMENT_ID must be 1 to 100 letters, digits, dots, hyphens or underscores.");
  }

  private static String inFolder(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      if (!Files.exists(file)) write(file);
      String id = Files.readString(file).strip();
      if (!id.isEmpty()) return checked(id);
      throw new IllegalStateException(file + " is empty. Delete it to get a new one.");
    } catch (IOException failure) {
      throw new IllegalStateException(
          "The file " + file + " cannot be used: " + failure.getMessage(), failure);
    }
  }

  private static void write(Path file) throws IOException {
    Path made = file.resolveSibling(FILE + "." + UUID.randomUUID());
    Files.writeString(made, Ids.next("env") + "\n", StandardOpenOption.CREATE_NEW);
    try {
      // Whole or not at all, and never over one that is there.
      Files.createLink(file, made);
    } catch (FileAlreadyExistsException anotherWasFaster) {
      LOG.debug("Made at the same time", anotherWasFaster);
    } catch (UnsupportedOperationException | IOException noLinksHere) {
      Files.move(made, file);
    } finally {
      Files.deleteIfExists(made);
    }
  }

  /**
   * Where PostgreSQL does not tell: the database's own number, which a dump does not keep either.
   */
  private static String ofCluster(Database database) {
    String own =
        database.read(sql ->
            number(sql, "SELECT oid::text FROM pg_database WHERE datname = current_database()"));
    String cluster;
    try {
      cluster =
          database.read(
              sql -> number(sql, "SELECT system_identifier::text FROM pg_control_system()"));
    } catch (RuntimeException notAllowed) {
      LOG.info(
          "PostgreSQL does not tell its cluster's identifier to this user; set"
              + " POSTROOM_ENVIRONMENT_ID so that copies are recognised: {}",
          notAllowed.toString());
      cluster = "";
    }
    String both = "postgresql " + cluster + "/" + own;
    return "pg-" + UUID.nameUUIDFromBytes(both.getBytes(StandardCharsets.UTF_8));
  }

  private static String number(Sql sql, String query) {
    return sql.sql(query).query(String.class).single();
  }
}
