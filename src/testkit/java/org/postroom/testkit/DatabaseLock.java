package org.postroom.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Somebody else holds the database of a {@link PostroomProcess}: nothing can be written. */
public final class DatabaseLock implements AutoCloseable {
  private final PostroomProcess postroom;
  private final @Nullable String postgres;
  private final Connection connection;

  private DatabaseLock(PostroomProcess postroom, @Nullable String postgres, Connection connection) {
    this.postroom = postroom;
    this.postgres = postgres;
    this.connection = connection;
  }

  /**
   * @param postgres the URL of its PostgreSQL, or null where it uses the embedded database
   */
  public static DatabaseLock on(PostroomProcess postroom, @Nullable String postgres) {
    try {
      Connection connection = connect(postroom, postgres);
      if (postgres == null) {
        execute(connection, "BEGIN IMMEDIATE");
      } else {
        connection.setAutoCommit(false);
        execute(connection, "LOCK TABLE messages, accounts IN SHARE MODE");
      }
      return new DatabaseLock(postroom, postgres, connection);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** How many rows there are, counted from outside: {@code table WHERE condition}. */
  public static long count(PostroomProcess postroom, @Nullable String postgres, String rows) {
    try (Connection connection = connect(postroom, postgres)) {
      return number(connection, "SELECT count(*) FROM " + rows);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Returns when the process has begun to write and cannot go on. */
  public void awaitSomebodyWaiting() {
    Eventually.eventually(this::somebodyWaits, waits -> waits);
  }

  @Override
  public void close() {
    try {
      execute(connection, "ROLLBACK");
      connection.close();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private boolean somebodyWaits() {
    if (postgres == null) return writerWaits();
    try (Connection second = connect(postroom, postgres)) {
      return number(
              second,
              "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
          > 0;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** SQLite waits inside its own code, which only the thread's stack shows. */
  private boolean writerWaits() {
    String jstack = Path.of(System.getProperty("java.home"), "bin", "jstack").toString();
    try {
      Process process = new ProcessBuilder(jstack, Long.toString(postroom.pid())).start();
      String threads = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int writer = threads.indexOf("\"sqlite-writer\"");
      if (writer < 0) return false;
      String stack = threads.substring(writer, threads.indexOf("\n\n", writer));
      return stack.contains("org.sqlite.core.");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Connection connect(PostroomProcess postroom, @Nullable String postgres)
      throws SQLException {
    if (postgres == null)
      return DriverManager.getConnection("jdbc:sqlite:" + postroom.home().resolve("postroom.db"));
    URI url = URI.create(postgres);
    String[] user = url.getUserInfo().split(":", 2);
    return DriverManager.getConnection(
        "jdbc:postgresql://"
            + url.getAuthority().substring(url.getUserInfo().length() + 1)
            + url.getPath(),
        user[0],
        user[1]);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
