package org.postroom.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
        return Databases.embedded(Files.createTempDirectory("postroom-test"), clock);
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
      return Databases.postgres(freshPostgresUrl(), clock);
    }

    @Override
    public List<Database> openTogether(int count, @Nullable InstantSource clock) {
      String url = freshPostgresUrl();
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

  /**
   * A new empty PostgreSQL database on the server that this JVM shares; for whole processes too.
   */
  public static String freshPostgresUrl() {
    String name = "t" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
    try (var connection = Server.INSTANCE.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    return "postgresql://postgres:postgres@127.0.0.1:" + Server.INSTANCE.getPort() + "/" + name;
  }

  private static final class Server {
    static final EmbeddedPostgres INSTANCE = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setServerConfig("max_connections", "300").start();
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }
}
