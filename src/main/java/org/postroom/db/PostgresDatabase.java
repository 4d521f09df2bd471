package org.postroom.db;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** PostgreSQL by URL: every caller has a connection of its own, read committed. */
final class PostgresDatabase extends Database {
  private final HikariDataSource pool;
  private final ThreadLocal<Connection> current = new ThreadLocal<>();
  private final Sql sql;

  PostgresDatabase(HikariDataSource pool, @Nullable InstantSource clock) {
    this.pool = pool;
    this.sql = new Sql(clientOn(current::get), Dialect.POSTGRESQL, clock);
  }

  @Override
  public Dialect dialect() {
    return Dialect.POSTGRESQL;
  }

  /** In a transaction that would write: a server may answer questions and take nothing. */
  @Override
  public Optional<Path> folder() {
    return Optional.empty();
  }

  @Override
  public void ping() {
    String only =
        write(sql ->
            sql.sql("SELECT current_setting('transaction_read_only')")
                .query(String.class)
                .single());
    if (only.equals("on")) throw new DatabaseAway(DatabaseAway.Reason.READ_ONLY, null);
  }

  @Override
  public <T> T still(Still.Reading<T> reading) throws IOException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try {
        return reading.of(new Still(connection, Dialect.POSTGRESQL));
      } finally {
        rollback(connection);
      }
    } catch (SQLException failure) {
      throw asUnchecked(failure);
    }
  }

  @Override
  <T> T begin(Function<Sql, T> work) {
    return transact(work, true);
  }

  @Override
  <T> T snapshot(Function<Sql, T> work) {
    return transact(work, false);
  }

  @Override
  public void close() {
    pool.close();
  }

  private <T> T transact(Function<Sql, T> work, boolean writes) {
    var sqlTransaction =
        new Object() {
          @Nullable Transaction transaction;
        };
    T result;
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      connection.setReadOnly(!writes);
      var transaction = new Transaction(sql, writes);
      sqlTransaction.transaction = transaction;
      current.set(connection);
      try {
        result = within(transaction, () -> work.apply(sql));
        connection.commit();
      } catch (Throwable failure) {
        rollback(connection);
        leaveWhereNothingIsTaken(connection, failure);
        throw failure;
      } finally {
        current.remove();
      }
    } catch (Throwable failure) {
      throw asUnchecked(failure);
    }
    if (sqlTransaction.transaction != null) sqlTransaction.transaction.committed();
    return result;
  }

  /**
   * After a failover a connection may go on leading to the old primary, which is read-only now. The
   * next one is opened anew, to wherever the address leads by then.
   */
  private void leaveWhereNothingIsTaken(Connection connection, Throwable failure) {
    if (DatabaseAway.of(failure).filter(DatabaseAway.Reason.READ_ONLY::equals).isPresent())
      pool.evictConnection(connection);
  }

  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException alreadyGone) {
      // The connection is broken; the server rolls back by itself.
    }
  }
}
