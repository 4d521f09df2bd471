package org.postroom.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.testkit.TestDatabase;

/** A commit waits for the disk, whatever the server's administrator set. */
class DurabilityTests {

  @Test
  void postgresqlWaitsForItsDiskAlsoWhereTheDatabaseSaysOff() throws SQLException {
    String url = TestDatabase.migratedPostgresUrl();
    String name = url.substring(url.lastIndexOf('/') + 1);
    try (Connection connection = DriverManager.getConnection(PostgresUrl.toJdbc(url))) {
      execute(connection, "ALTER DATABASE " + name + " SET synchronous_commit = off");
    }
    try (Database database = Databases.postgres(url, null)) {
      assertThat(setting(database, "synchronous_commit")).isEqualTo("on");
    }
  }

  @Test
  void whatWaitsForMoreThanOneDiskStaysAsItIs() throws SQLException {
    String url = TestDatabase.migratedPostgresUrl();
    String name = url.substring(url.lastIndexOf('/') + 1);
    try (Connection connection = DriverManager.getConnection(PostgresUrl.toJdbc(url))) {
      execute(connection, "ALTER DATABASE " + name + " SET synchronous_commit = remote_apply");
    }
    try (Database database = Databases.postgres(url, null)) {
      assertThat(setting(database, "synchronous_commit")).isEqualTo("remote_apply");
    }
  }

  /** The tests' own server is one of those: nobody needs its data after a power cut. */
  @Test
  void aServerThatNeverWaitsForItsDiskIsWarnedOf() throws SQLException {
    String url = PostgresUrl.toJdbc(TestDatabase.migratedPostgresUrl());
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("SHOW fsync")) {
      row.next();
      boolean off = row.getString(1).equals("off");
      assertThat(
              PostgresDurability.warnings(Databases.shownOn(connection)).stream()
                  .anyMatch(w -> w.contains("fsync off")))
          .isEqualTo(off);
    }
  }

  @Test
  void sqliteWritesAheadAndWaitsForTheDiskAtEachCommit(@TempDir Path folder) {
    try (Database database = Databases.embedded(folder, null)) {
      assertThat(
              database.<String>read(
                  sql -> sql.sql("PRAGMA journal_mode").query(String.class).single()))
          .isEqualTo("wal");
      // 2 is FULL: the log is flushed before the commit is told.
      assertThat(
              database.<Long>write(sql -> sql.sql("PRAGMA synchronous").query(Long.class).single()))
          .isEqualTo(2L);
    }
  }

  private static String setting(Database database, String name) {
    return database.write(sql -> sql.sql("SHOW " + name).query(String.class).single());
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
