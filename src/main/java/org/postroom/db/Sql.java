package org.postroom.db;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Statements on the current transaction. Named parameters as in {@link JdbcClient}. */
public final class Sql {
  private final JdbcClient client;
  private final Dialect dialect;
  private final @Nullable InstantSource clock;

  /** A clock replaces the database's own in tests; null otherwise. */
  Sql(JdbcClient client, Dialect dialect, @Nullable InstantSource clock) {
    this.client = client;
    this.dialect = dialect;
    this.clock = clock;
  }

  /** A statement to bind and run. */
  public StatementSpec sql(String statement) {
    return client.sql(statement);
  }

  public Dialect dialect() {
    return dialect;
  }

  /** The database's clock, to the millisecond. */
  public Instant now() {
    if (clock != null) return Instant.ofEpochMilli(clock.instant().toEpochMilli());
    return Instant.ofEpochMilli(client.sql(dialect.now()).query(Long.class).single());
  }

  /** How both databases keep a yes or no: a number. */
  public static long bit(boolean value) {
    return value ? 1 : 0;
  }

  /** How both databases keep a moment: epoch milliseconds. */
  public static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  public static @Nullable Instant instant(@Nullable Long millis) {
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
