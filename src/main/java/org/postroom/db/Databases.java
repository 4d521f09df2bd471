package org.postroom.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
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
    try {
      Files.createDirectories(folder);
    } catch (IOException failure) {
      throw new IllegalStateException(
          "The data folder " + folder + " (POSTROOM_HOME) cannot be made: " + failure.getMessage(),
          failure);
    }
    var source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file);
    migrate(source, Dialect.SQLITE);
    return new SqliteDatabase(file, clock);
  }

  /** PostgreSQL by a JDBC or postgresql:// URL, with user and password in it or in the query. */
  public static Database postgres(String url, @Nullable InstantSource clock) {
    var config = new HikariConfig();
    config.setJdbcUrl(PostgresUrl.toJdbc(url));
    config.setMaximumPoolSize(16);
    config.setMinimumIdle(2);
    config.setConnectionTimeout(10_000);
    config.setPoolName("postgresql");
    config.setConnectionInitSql(PostgresDurability.AT_CONNECT);
    var pool = new HikariDataSource(config);
    warn(pool);
    migrate(pool, Dialect.POSTGRESQL);
    return new PostgresDatabase(pool, clock);
  }

  private static void warn(DataSource source) {
    try (Connection connection = source.getConnection()) {
      PostgresDurability.warnings(connection).forEach(LOG::warn);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void migrate(DataSource source, Dialect dialect) {
    Flyway.configure()
        .dataSource(source)
        .locations("classpath:db/migration")
        .placeholders(dialect.migrationWords())
        .load()
        .migrate();
  }
}
