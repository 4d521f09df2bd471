package org.postroom.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of a test's own, with one database to which all may happen that happens to
 * databases.
 */
public final class PostgresServer implements AutoCloseable {
  private static final String NAME = "journey";
  private final EmbeddedPostgres server;
  private @Nullable Path small;

  private PostgresServer(EmbeddedPostgres server) {
    this.server = server;
  }

  public static PostgresServer start() {
    try {
      var postgres = new PostgresServer(EmbeddedPostgres.builder().start());
      postgres.execute("CREATE DATABASE " + NAME);
      return postgres;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public String url() {
    return "postgresql://postgres:postgres@127.0.0.1:" + server.getPort() + "/" + NAME;
  }

  /** All connections are cut and no new one is taken, as while another server takes over. */
  public void goAway() {
    execute("ALTER DATABASE " + NAME + " ALLOW_CONNECTIONS false");
    cutAll();
  }

  public void comeBack() {
    execute("ALTER DATABASE " + NAME + " ALLOW_CONNECTIONS true");
  }

  /**
   * One of its processes is killed, so that the server throws everybody out and recovers from its
   * log: what {@code pg_ctl restart -m immediate} does.
   */
  public void crash() {
    try (Connection victim = connect(NAME)) {
      String pid = one(victim, "SELECT pg_backend_pid()");
      if (new ProcessBuilder("kill", "-9", pid).start().waitFor() != 0)
        throw new IllegalStateException("The server's process " + pid + " cannot be killed.");
    } catch (IOException | SQLException failure) {
      throw new IllegalStateException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** It answers and takes nothing new, as a standby does. */
  public void readOnly(boolean on) {
    execute("ALTER SYSTEM SET default_transaction_read_only = " + (on ? "on" : "off"));
    execute("SELECT pg_reload_conf()");
  }

  /** Somebody locks a table; closing lets the others go on. */
  public AutoCloseable lock(String table) {
    try {
      Connection connection = connect(NAME);
      connection.setAutoCommit(false);
      connection.createStatement().execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
      return connection;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /**
   * Moves the database to a disk of so many megabytes; false where this machine lets nobody mount
   * one.
   */
  public boolean moveToDiskOf(int megabytes) {
    try {
      Path folder = Files.createTempDirectory("postroom-small-disk");
      if (!run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString()))
        return false;
      small = folder;
      Path data = Path.of(one("SHOW data_directory"));
      UserPrincipal owner = Files.getOwner(data);
      Files.setOwner(folder, owner);
      execute("CREATE TABLESPACE small LOCATION '" + folder + "'");
      goAway();
      execute("ALTER DATABASE " + NAME + " SET TABLESPACE small");
      comeBack();
      return true;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Until nothing more goes onto it. */
  public void fillDisk() {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(ballast())) {
      while (true) out.write(block);
    } catch (IOException full) {
      // Which is what was wanted.
    }
  }

  /** Room again. */
  public void clearDisk() {
    try {
      Files.delete(ballast());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Path ballast() {
    if (small == null) throw new IllegalStateException("It was not moved to a small disk.");
    return small.resolve("ballast");
  }

  @Override
  public void close() {
    try {
      server.close();
      if (small != null) run("umount", small.toString());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void cutAll() {
    execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + NAME + "'");
  }

  private void execute(String sql) {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private String one(String sql) {
    try (Connection connection = connect("postgres")) {
      return one(connection, sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private Connection connect(String database) throws SQLException {
    return server.getDatabase("postgres", database).getConnection();
  }

  private static boolean run(String... command) {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException none) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
