package org.postroom.db;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * SQLite in one file: many readers, one writer. The writer thread takes whatever work is waiting,
 * runs each piece between two savepoints, commits them together and only then lets the callers go
 * on: one fsync serves all. A piece that fails is undone alone. (synchronous=FULL; performance
 * notes in docs/decisions/0003-sqlite-group-commit.md.)
 */
final class SqliteDatabase extends Database {
  private static final int MOST_PER_COMMIT = 200;
  private static final int READERS = 4;
  private static final int A_MAIL = 300_000;

  private final Path file;
  private final InstantSource clock;
  private final BlockingQueue<Piece<?>> waiting = new LinkedBlockingQueue<>();
  private final BlockingQueue<Reader> readers = new LinkedBlockingQueue<>();
  private final Thread writer;
  private volatile boolean closed;

  /** Writing failed for a reason of the world's, and nobody has seen that this is over. */
  private volatile boolean troubled;

  SqliteDatabase(Path file, @Nullable InstantSource clock) {
    this.file = file;
    // SQLite has no clock but that of the machine: asking for it needs no statement.
    this.clock = clock == null ? InstantSource.system() : clock;
    Connection connection = open(false);
    for (int i = 0; i < READERS; i++) {
      Connection reading = open(true);
      readers.add(
          new Reader(reading, new Sql(clientOn(() -> reading), Dialect.SQLITE, this.clock)));
    }
    this.writer =
        Thread.ofPlatform().name("sqlite-writer").daemon().start(() -> writeForEver(connection));
  }

  @Override
  public Dialect dialect() {
    return Dialect.SQLITE;
  }

  @Override
  public Optional<Path> folder() {
    return Optional.ofNullable(file.toAbsolutePath().getParent());
  }

  @Override
  public Instant now() {
    return Instant.ofEpochMilli(clock.instant().toEpochMilli());
  }

  @Override
  public void ping() {
    if (!troubled) run(sql -> sql.sql("SELECT 1").query(Long.class).single());
    else {
      // As much as a mail: a few bytes find room on a full disk, too.
      run(sql ->
          sql.sql(
                  "INSERT INTO installation (name, value) VALUES ('room', :much) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
              .param("much", "x".repeat(A_MAIL))
              .update());
      run(sql -> sql.sql("DELETE FROM installation WHERE name = 'room'").update());
      troubled = false;
    }
  }

  @Override
  public <T> T still(Still.Reading<T> reading) throws IOException {
    try (Connection connection = open(true)) {
      connection.setAutoCommit(false);
      try {
        return reading.of(new Still(connection, Dialect.SQLITE));
      } finally {
        connection.rollback();
      }
    } catch (SQLException failure) {
      throw asUnchecked(failure);
    }
  }

  @Override
  <T> T begin(Function<Sql, T> work) {
    if (closed) throw new IllegalStateException("The database is closed.");
    var piece = new Piece<>(work, new CompletableFuture<Committed<T>>());
    waiting.add(piece);
    try {
      Committed<T> committed = piece.done().join();
      committed.transaction().committed();
      return committed.result();
    } catch (CompletionException failed) {
      throw asUnchecked(failed.getCause() == null ? failed : failed.getCause());
    }
  }

  @Override
  <T> T snapshot(Function<Sql, T> work) {
    Reader reader = take();
    try {
      reader.connection().setAutoCommit(false);
      try {
        return within(new Transaction(reader.sql(), false), () -> work.apply(reader.sql()));
      } finally {
        reader.connection().rollback();
        reader.connection().setAutoCommit(true);
      }
    } catch (Exception failure) {
      throw asUnchecked(failure);
    } finally {
      readers.add(reader);
    }
  }

  @Override
  public void close() {
    if (closed) return;
    closed = true;
    waiting.add(new Piece<>(sql -> true, new CompletableFuture<>()));
    try {
      writer.join();
      for (int i = 0; i < READERS; i++) readers.take().connection().close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private void writeForEver(Connection connection) {
    Sql sql = new Sql(clientOn(() -> connection), Dialect.SQLITE, clock);
    List<Piece<?>> batch = new ArrayList<>();
    try {
      while (!closed || !waiting.isEmpty()) {
        batch.clear();
        batch.add(waiting.take());
        waiting.drainTo(batch, MOST_PER_COMMIT - 1);
        commit(batch, connection, sql);
      }
      connection.close();
    } catch (InterruptedException | SQLException ended) {
      closed = true;
      waiting.forEach(piece -> piece.done().completeExceptionally(ended));
    }
  }

  /** All pieces in one commit; if the commit itself fails, all of them have failed. */
  private void commit(List<Piece<?>> batch, Connection connection, Sql sql) {
    List<Runnable> releases = new ArrayList<>();
    try {
      connection.setAutoCommit(false);
      for (Piece<?> piece : batch) releases.add(attempt(piece, connection, sql));
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException | RuntimeException | Error failure) {
      notice(failure);
      undo(connection);
      batch.forEach(piece -> piece.done().completeExceptionally(failure));
      return;
    }
    releases.forEach(Runnable::run);
  }

  /** Runs one piece; what comes back tells its caller, once everything is durable. */
  private <T> Runnable attempt(Piece<T> piece, Connection connection, Sql sql) throws SQLException {
    Savepoint before = connection.setSavepoint();
    var transaction = new Transaction(sql, true);
    try {
      T result = within(transaction, () -> piece.work().apply(sql));
      connection.releaseSavepoint(before);
      return () -> piece.done().complete(new Committed<>(result, transaction));
    } catch (Throwable failure) {
      // Then SQLite may have undone the whole batch: none of it may be told that it was kept.
      if (DatabaseAway.of(failure).isPresent()) throw asUnchecked(failure);
      connection.rollback(before);
      connection.releaseSavepoint(before);
      return () -> piece.done().completeExceptionally(failure);
    }
  }

  private void notice(Throwable failure) {
    if (DatabaseAway.of(failure).isPresent()) troubled = true;
  }

  /** Each for itself: the second must happen whether the first was possible or not. */
  private static void undo(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException alreadyUndone) {
      // SQLite has rolled back by itself (disk full, I/O error); nothing is open any more.
    }
    try {
      connection.setAutoCommit(true);
    } catch (SQLException nothingOpen) {
      // The driver commits what is open; the mode itself is set.
    }
  }

  private Reader take() {
    try {
      return readers.take();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the database.", interrupted);
    }
  }

  private Connection open(boolean readOnly) {
    var config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setTransactionMode(
        readOnly ? SQLiteConfig.TransactionMode.DEFERRED : SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setBusyTimeout(10_000);
    config.enforceForeignKeys(true);
    config.setPragma(Pragma.CACHE_SIZE, "-16000");
    // 32 MB between two checkpoints instead of 4: what is written again and again goes over once.
    if (!readOnly) config.setPragma(Pragma.WAL_AUTOCHECKPOINT, "8000");
    // A log that grew beside a backup gives its room back.
    if (!readOnly) config.setPragma(Pragma.JOURNAL_SIZE_LIMIT, "64000000");
    try {
      return KeptStatements.of(config.createConnection("jdbc:sqlite:" + file));
    } catch (SQLException failure) {
      throw new IllegalStateException(
          "The database file " + file + " cannot be opened: " + failure.getMessage(), failure);
    }
  }

  private record Piece<T>(Function<Sql, T> work, CompletableFuture<Committed<T>> done) {}

  private record Committed<T>(T result, Transaction transaction) {}

  private record Reader(Connection connection, Sql sql) {}
}
