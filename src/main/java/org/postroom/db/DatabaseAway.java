package org.postroom.db;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/**
 * The database cannot be used right now, through no fault of the caller's: the same work may
 * succeed in a moment. Where the connection broke while a commit was on its way, nobody knows
 * whether it counts; whoever repeats must bear that it did.
 */
public final class DatabaseAway extends RuntimeException {

  /** Why, for people and for {@code /readyz}. */
  public enum Reason {
    NO_ANSWER("does not answer"),
    NO_CONNECTION_FREE("has no connection free"),
    READ_ONLY("takes nothing new: it is read-only"),
    FULL("is full"),
    HELD("is held by another program"),
    DISK("cannot read or write its disk"),
    DAMAGED("is damaged"),
    NOT_OPEN("cannot be opened");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /** Goes on after "the database". */
    public String words() {
      return words;
    }
  }

  private final Reason reason;

  public DatabaseAway(Reason reason, @Nullable Throwable cause) {
    super("The database " + reason.words() + ".", cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** What the database or the pool said, where it means this; empty for mistakes of ours. */
  static Optional<Reason> of(Throwable failure) {
    Throwable at = failure;
    for (int depth = 0; at != null && depth < 20; depth++, at = at.getCause()) {
      if (at instanceof SQLTransientConnectionException pool) return Optional.of(ofPool(pool));
      if (at instanceof SQLiteException embedded) return ofCode(embedded.getErrorCode() & 0xff);
      if (at instanceof SQLException sql) return ofState(sql.getSQLState());
    }
    return Optional.empty();
  }

  /** Result codes of SQLite (sqlite.org/rescode.html), the first eight bits. */
  private static Optional<Reason> ofCode(int code) {
    return switch (code) {
      case 5, 6 -> Optional.of(Reason.HELD);
      case 8 -> Optional.of(Reason.READ_ONLY);
      case 10 -> Optional.of(Reason.DISK);
      case 11, 26 -> Optional.of(Reason.DAMAGED);
      case 13 -> Optional.of(Reason.FULL);
      case 14 -> Optional.of(Reason.NOT_OPEN);
      default -> Optional.empty();
    };
  }

  /** The pool says the same sentence for both; only with a cause did the server not answer. */
  private static Reason ofPool(SQLTransientConnectionException failure) {
    if (!(failure.getCause() instanceof SQLException cause))
      return failure.getCause() == null ? Reason.NO_CONNECTION_FREE : Reason.NO_ANSWER;
    return ofState(cause.getSQLState()).orElse(Reason.NO_ANSWER);
  }

  /** PostgreSQL's error codes, appendix A of its manual. */
  private static Optional<Reason> ofState(@Nullable String state) {
    if (state == null) return Optional.empty();
    return switch (state) {
      case "53100" -> Optional.of(Reason.FULL);
      case "53300" -> Optional.of(Reason.NO_CONNECTION_FREE);
      case "25006" -> Optional.of(Reason.READ_ONLY);
      case "57P01", "57P02", "57P03", "57P05" ->
          Optional.of(Reason.NO_ANSWER); // stopping, starting
      default -> ofClass(state);
    };
  }

  private static Optional<Reason> ofClass(String state) {
    if (state.startsWith("08") || state.startsWith("58")) return Optional.of(Reason.NO_ANSWER);
    return state.startsWith("53") ? Optional.of(Reason.FULL) : Optional.empty();
  }
}
