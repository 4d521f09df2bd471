package org.postroom.db;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One database, one transaction at a time per caller.
 *
 * <p>{@link #write} runs work in a transaction; a call inside another joins it, so that several
 * capabilities can write in one commit. On SQLite all writes pass through one writer, which commits
 * many callers' work at once (group commit): when {@code write} returns, the work is on disk. Work
 * must be short, must not talk to a network, and may be run on another thread. {@link #read} gives
 * a consistent snapshot.
 *
 * <p>{@code now} inside a transaction is the database's clock: limits and leases must not depend on
 * one node's.
 */
public abstract sealed class Database implements AutoCloseable
    permits SqliteDatabase, PostgresDatabase {

  private static final ThreadLocal<Transaction> CURRENT = new ThreadLocal<>();

  /** Runs the work in a transaction, or in the caller's own if there is one. */
  public final <T> T write(Function<Sql, T> work) {
    Transaction current = CURRENT.get();
    if (current != null && current.writes()) return work.apply(current.sql());
    if (current != null) throw new IllegalStateException("A reading transaction cannot write.");
    return begin(work);
  }

  /** Like {@link #write} for work without a result. */
  public final void run(Consumer<Sql> work) {
    this.<Boolean>write(sql -> {
      work.accept(sql);
      return true;
    });
  }

  /** Runs queries on a snapshot, or in the caller's own transaction if there is one. */
  public final <T> T read(Function<Sql, T> work) {
    Transaction current = CURRENT.get();
    return current != null ? work.apply(current.sql()) : snapshot(work);
  }

  /**
   * Runs the action when the current transaction has been committed; at once where there is none.
   */
  public final void afterCommit(Runnable action) {
    Transaction current = CURRENT.get();
    if (current == null) action.run();
    else current.afterCommit(action);
  }

  /** The database's clock. */
  public Instant now() {
    return read(Sql::now);
  }

  public abstract Dialect dialect();

  /** The folder an embedded database lies in; empty for a database server. */
  public abstract Optional<Path> folder();

  /** Reads everything as it stands at one moment, for minutes if need be; nobody waits for it. */
  public abstract <T> T still(Still.Reading<T> reading) throws IOException;

  /**
   * Answers a trivial query; throws when the database cannot be used. Where writing failed last, it
   * writes: what was broken is known to be whole again only then.
   */
  public abstract void ping();

  @Override
  public abstract void close();

  abstract <T> T begin(Function<Sql, T> work);

  abstract <T> T snapshot(Function<Sql, T> work);

  /** Binds the transaction to this thread while the action runs. */
  static <T> T within(Transaction transaction, Callable<T> action) throws Exception {
    Transaction outer = CURRENT.get();
    CURRENT.set(transaction);
    try {
      return action.call();
    } finally {
      if (outer == null) CURRENT.remove();
      else CURRENT.set(outer);
    }
  }

  static RuntimeException asUnchecked(Throwable failure) {
    if (failure instanceof DatabaseAway known) return known;
    Optional<DatabaseAway.Reason> world = DatabaseAway.of(failure);
    if (world.isPresent()) return new DatabaseAway(world.get(), failure);
    if (failure instanceof RuntimeException unchecked) return unchecked;
    if (failure instanceof Error error) throw error;
    return new IllegalStateException(failure);
  }

  /** Statements on whichever connection is the current one; keeps what it learned of them. */
  static JdbcClient clientOn(Supplier<Connection> current) {
    return JdbcClient.create(new OpenConnection(current));
  }
}
