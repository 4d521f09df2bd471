package org.postroom.db;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * The database cannot take or give anything right now, and nothing of what was asked has happened.
 * Not our mistake and not the caller's: the same again works when the cause has gone. The message
 * is one sentence for people and names nothing secret.
 */
public final class Unavailable extends RuntimeException {
  private static final String NOTHING_TAKEN =
      " Nothing was taken; try again when that is repaired.";

  private Unavailable(String sentence, Throwable cause) {
    super(sentence + NOTHING_TAKEN, cause);
  }

  /** The failure in these words where it is one of the world's, otherwise null. */
  static @Nullable Unavailable of(Throwable failure) {
    if (failure instanceof Unavailable known) return known;
    SQLException reason = DataFolder.sql(failure);
    if (reason == null) return null;
    String sentence =
        reason.getClass().getName().startsWith("org.sqlite")
            ? embedded(reason.getErrorCode() & 0xff)
            : server(reason);
    return sentence == null ? null : new Unavailable(sentence, failure);
  }

  /** Result codes of SQLite (sqlite.org/rescode.html), the first eight bits. */
  private static @Nullable String embedded(int code) {
    return switch (code) {
      case 5, 6 -> "The database is held by another program.";
      case 8 -> "The database may only be read.";
      case 10 -> "The disk of the database cannot be read or written.";
      case 11, 26 -> "The database file is damaged.";
      case 13 -> "The disk of the database is full.";
      case 14 -> "The database file cannot be opened.";
      default -> null;
    };
  }

  /** Classes and codes of SQLSTATE as PostgreSQL gives them (its manual, appendix A). */
  private static @Nullable String server(SQLException reason) {
    String state = reason.getSQLState();
    if (reason instanceof SQLTransientConnectionException)
      return "The database server gives no connection.";
    if (state == null) return null;
    if (state.equals("53100")) return "The disk of the database server is full.";
    if (state.startsWith("53")) return "The database server has too much to do.";
    if (state.equals("25006")) return "The database may only be read.";
    if (state.startsWith("08") || state.startsWith("57P"))
      return "The database server cannot be reached.";
    return state.startsWith("58") ? "The disk of the database server cannot be used." : null;
  }
}
