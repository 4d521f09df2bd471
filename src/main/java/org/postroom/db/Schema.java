package org.postroom.db;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** The tables' version: what this program knows, what a database has, and the way between. */
final class Schema {
  private Schema() {}

  /** Brings the tables up to date. A database that a newer Postroom has changed is left alone. */
  static void migrate(DataSource source, Dialect dialect, String where) {
    Flyway flyway = configuration(source, dialect).load();
    refuseNewer(flyway, where);
    flyway.migrate();
  }

  /** To an earlier state, for rows that were taken then. */
  static void migrateTo(DataSource source, Dialect dialect, String version) {
    configuration(source, dialect).target(version).load().migrate();
  }

  /** Takes every table away. */
  static void clean(DataSource source, Dialect dialect) {
    configuration(source, dialect).cleanDisabled(false).load().clean();
  }

  /** The newest version this program knows. */
  static String newest() {
    // Looks at the scripts only; the database is an empty one in memory.
    var nowhere = new org.sqlite.SQLiteDataSource();
    nowhere.setUrl("jdbc:sqlite::memory:");
    return newest(configuration(nowhere, Dialect.SQLITE).load().info()).getVersion();
  }

  static String applied(Connection connection) throws SQLException {
    MigrationVersion last = MigrationVersion.EMPTY;
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT version FROM "
                    + Tables.HISTORY
                    + " WHERE version IS NOT NULL AND success"
                    + " = "
                    + (connection.getMetaData().getURL().startsWith("jdbc:sqlite")
                        ? "1"
                        : "true"))) {
      while (row.next()) {
        MigrationVersion version = MigrationVersion.fromVersion(row.getString(1));
        if (version.compareTo(last) > 0) last = version;
      }
    }
    return last.getVersion();
  }

  private static void refuseNewer(Flyway flyway, String where) {
    MigrationInfoService all = flyway.info();
    MigrationInfo current = all.current();
    MigrationVersion newest = newest(all);
    if (current == null || current.getVersion() == null) return;
    if (current.getVersion().compareTo(newest) <= 0) return;
    throw new CannotStart(
        where
            + " was changed by a newer Postroom (its tables are of version "
            + current.getVersion()
            + ", this program knows "
            + newest
            + "). Nothing was touched.",
        "Start that newer Postroom again, or restore a backup taken before the update.");
  }

  private static MigrationVersion newest(MigrationInfoService all) {
    return Arrays.stream(all.all())
        .filter(each -> !each.getState().name().startsWith("FUTURE"))
        .filter(each -> each.getVersion() != null)
        .map(MigrationInfo::getVersion)
        .max(MigrationVersion::compareTo)
        .orElse(MigrationVersion.EMPTY);
  }

  private static FluentConfiguration configuration(DataSource source, Dialect dialect) {
    return Flyway.configure()
        .dataSource(source)
        .locations("classpath:db/migration")
        .placeholders(dialect.migrationWords());
  }
}
