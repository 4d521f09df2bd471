package org.postroom.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Database;
import org.postroom.db.Databases;

/**
 * The databases every suite runs on. Use as {@code @ParameterizedClass @EnumSource} and open a
 * fresh one per test.
 */
public enum TestDatabase {
  SQLITE {
    @Override
    public Database open(@Nullable InstantSource clock) {
      try {
        Path folder = Files.createTempDirectory("postroom-test");
        putEmbedded(folder);
        return Databases.embedded(folder, clock);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    @Override
    public List<Database> openTogether(int count, @Nullable InstantSource clock) {
      return Collections.nCopies(count, open(clock));
    }
  },
  POSTGRESQL {
    @Override
    public Database open(@Nullable InstantSource clock) {
      return Databases.postgres(migratedPostgresUrl(), clock);
    }

    @Override
    public List<Database> openTogether(int count, @Nullable InstantSource clock) {
      String url = migratedPostgresUrl();
      return Stream.generate(() -> Databases.postgres(url, clock)).limit(count).toList();
    }
  };

  private static final AtomicInteger COUNT = new AtomicInteger();

  /** A fresh, migrated, empty database. The clock replaces the database's own; null keeps that. */
  public abstract Database open(@Nullable InstantSource clock);

  /**
   * One fresh database as several nodes see it: with connections of their own on PostgreSQL, and
   * one object for all on SQLite, which belongs to one process.
   */
  public abstract List<Database> openTogether(int count, @Nullable InstantSource clock);

  /** Puts an embedded database with all tables and no rows into a folder that has none. */
  static void putEmbedded(Path folder) {
    try {
      Files.copy(EmbeddedTemplate.FILE, folder.resolve("postroom.db"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * A new PostgreSQL database without a table on the server that this JVM shares; for whole
   * processes too.
   */
  public static String freshPostgresUrl() {
    return Server.create("");
  }

  /** The same with all tables, which takes a tenth of the time that making them does. */
  public static String migratedPostgresUrl() {
    return Server.create(" TEMPLATE " + PostgresTemplate.NAME);
  }

  private static final class EmbeddedTemplate {
    static final Path FILE = make();

    private static Path make() {
      try {
        Path folder = Files.createTempDirectory("postroom-template");
        Databases.embedded(folder, null).close();
        return folder.resolve("postroom.db");
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  private static final class PostgresTemplate {
    static final String NAME = make();

    private static String make() {
      String url = freshPostgresUrl();
      Databases.postgres(url, null).close();
      return url.substring(url.lastIndexOf('/') + 1);
    }
  }

  private static final class Server {
    static final EmbeddedPostgres INSTANCE = start();

    static String create(String how) {
      String name = "t" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
      try (var connection = INSTANCE.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + name + how);
      } catch (SQLException failure) {
        throw new IllegalStateException(failure);
      }
      return "postgresql://postgres:postgres@127.0.0.1:" + INSTANCE.getPort() + "/" + name;
    }

    private static EmbeddedPostgres start() {
      try {
        Path data = Files.createTempDirectory("postroom-postgres");
        EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setServerConfig("max_connections", "300")
                // With hundreds of databases it would look into another one several times a second.
                .setServerConfig("autovacuum", "off")
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, data)));
        return server;
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }

    /** Nobody waits until the files of hundreds of databases are gone. */
    private static void end(EmbeddedPostgres server, Path data) {
      try {
        server.close();
        new ProcessBuilder("rm", "-rf", data.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
