package org.postroom.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteDataSource;

/** Opens a database and brings its tables up to date. */
public final class Databases {
  private static final Logger LOG = LoggerFactory.getLogger(Databases.class);

  private Databases() {}

  /** The database that the settings name. */
  public static Database of(Settings settings) {
    return of(settings, null);
  }

  /** The database that the settings name as it is: nothing is made, nothing brought up to date. */
  public static Database existing(Settings settings) {
    var url = settings.get(Settings.Name.POSTROOM_DATABASE_URL);
    if (url.isPresent()) return new PostgresDatabase(pool(url.get()), null);
    Path file = settings.home().resolve("postroom.db");
    if (!Files.exists(file))
      throw new CannotStart(
          "There is no database in the data folder " + settings.home() + " (POSTROOM_HOME).",
          "Name the folder that Postroom runs with, or POSTROOM_DATABASE_URL.");
    return new SqliteDatabase(file, null);
  }

  /** The same with a clock of its own; null: the database's. */
  static Database of(Settings settings, @Nullable InstantSource clock) {
    return settings
        .get(Settings.Name.POSTROOM_DATABASE_URL)
        .map(url -> postgres(url, clock))
        .orElseGet(() -> embedded(settings.home(), clock));
  }

  /** The embedded database: one file in the data folder, made when absent. */
  public static Database embedded(Path folder, @Nullable InstantSource clock) {
    Path file = folder.resolve("postroom.db");
    DataFolder.check(folder, file);
    var source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file);
    try {
      Schema.migrate(source, Dialect.SQLITE, "The database " + file);
      SqliteStatistics.write(source);
      return new SqliteDatabase(file, clock);
    } catch (RuntimeException failure) {
      throw DataFolder.words(file, failure);
    }
  }

  /** PostgreSQL by a JDBC or postgresql:// URL, with user and password in it or in the query. */
  public static Database postgres(String url, @Nullable InstantSource clock) {
    HikariDataSource pool = pool(url);
    warn(pool);
    Schema.migrate(pool, Dialect.POSTGRESQL, "The PostgreSQL database");
    var database = new PostgresDatabase(pool, clock);
    refuseHalf(database);
    return database;
  }

  /** A restore that was interrupted leaves rows that are not all. */
  private static void refuseHalf(Database database) {
    boolean half =
        database.read(sql ->
            sql.sql("SELECT count(*) FROM installation WHERE name = 'restoring'")
                    .query(Long.class)
                    .single()
                > 0);
    if (!half) return;
    database.close();
    throw new CannotStart(
        "The PostgreSQL database was being filled from a backup and is not whole.",
        "Run the restore again: bin/postroom restore <file>.");
  }

  private static HikariDataSource pool(String url) {
    var config = new HikariConfig();
    config.setJdbcUrl(PostgresUrl.toJdbc(url));
    config.setMaximumPoolSize(16);
    config.setMinimumIdle(2);
    config.setConnectionTimeout(10_000);
    config.setPoolName("postgresql");
    config.setConnectionInitSql(PostgresDurability.AT_CONNECT);
    return new HikariDataSource(config);
  }

  private static void warn(DataSource source) {
    try (Connection connection = source.getConnection()) {
      PostgresDurability.warnings(shownOn(connection)).forEach(LOG::warn);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** The newest version of the tables that this program knows. */
  public static String newestVersion() {
    return Schema.newest();
  }

  /** One sentence for each setting of a PostgreSQL under which committed mail may be lost. */
  public static List<String> durabilityWarnings(Database database) {
    return database.read(sql ->
        PostgresDurability.warnings(
            setting -> sql.sql("SHOW " + setting).query(String.class).single()));
  }

  static Function<String, String> shownOn(Connection connection) {
    return setting -> shown(connection, setting);
  }

  private static String shown(Connection connection, String setting) {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW " + setting)) {
      return row.next() ? row.getString(1) : "";
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** The password that the settings' PostgreSQL address holds; empty where it holds none. */
  public static Optional<String> passwordOf(Settings settings) {
    return settings.get(Settings.Name.POSTROOM_DATABASE_URL).flatMap(PostgresUrl::password);
  }
}
