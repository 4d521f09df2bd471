package org.postroom.db;

import java.util.Map;

/** The few places where the two databases differ. Everything else is one SQL. */
public enum Dialect {
  SQLITE(
      Map.of("long", "INTEGER", "bytes", "BLOB", "strict", "STRICT"),
      "SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER)",
      ""),
  POSTGRESQL(
      Map.of("long", "BIGINT", "bytes", "BYTEA", "strict", ""),
      "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint",
      "FOR UPDATE SKIP LOCKED");

  private final Map<String, String> migrationWords;
  private final String now;
  private final String skipLocked;

  Dialect(Map<String, String> migrationWords, String now, String skipLocked) {
    this.migrationWords = migrationWords;
    this.now = now;
    this.skipLocked = skipLocked;
  }

  /** What {@code ${long}}, {@code ${bytes}} and {@code ${strict}} stand for in migrations. */
  Map<String, String> migrationWords() {
    return migrationWords;
  }

  /** A statement that gives the database's own clock in epoch milliseconds. */
  String now() {
    return now;
  }

  /** Ends a SELECT that picks rows to claim; SQLite has one writer and needs nothing. */
  public String skipLocked() {
    return skipLocked;
  }
}
