package org.postroom.console;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Node;
import org.postroom.db.Sql;

/** The table {@code recurring_work}. */
final class TurnRows {
  private static final String OURS = " WHERE name = :name AND fence = :fence";

  private TurnRows() {}

  /** A row as it stands. */
  record Row(
      Instant nextAt,
      Instant leaseUntil,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable String result,
      @Nullable String said,
      @Nullable String node,
      long failures) {

    boolean isHeld(Instant now) {
      return leaseUntil.isAfter(now) && !leaseUntil.isAfter(now.plus(Turns.LEASE.multipliedBy(2)));
    }
  }

  static Map<String, Row> all(Sql sql) {
    Map<String, Row> rows = new HashMap<>();
    sql.sql("SELECT * FROM recurring_work")
        .query(row -> {
          rows.put(row.getString("name"), row(row));
        });
    return rows;
  }

  static void add(Sql sql, String name, Instant first) {
    sql.sql(
            """
            INSERT INTO recurring_work (name, next_at, fence, lease_until, failures)
            VALUES (:name, :first, 0, 0, 0) ON CONFLICT (name) DO NOTHING
            """)
        .param("name", name)
        .param("first", first.toEpochMilli())
        .update();
  }

  /**
   * The number of the new turn; empty where somebody else has it, or had it already. A lease that
   * ends further off than any is given was written by a clock that was ahead.
   */
  static Optional<Long> take(Sql sql, String name, Node node, Instant now, Duration lease) {
    return sql.sql(
            """
            UPDATE recurring_work SET fence = fence + 1, lease_until = :until, lease_owner = :node, node = :node, started_at = :now
            WHERE name = :name AND next_at <= :now AND (lease_until <= :now OR lease_until > :beyond)
            RETURNING fence
            """)
        .param("name", name)
        .param("node", node.name())
        .param("now", now.toEpochMilli())
        .param("until", now.plus(lease).toEpochMilli())
        .param("beyond", now.plus(lease.multipliedBy(2)).toEpochMilli())
        .query((row, n) -> row.getLong("fence"))
        .optional();
  }

  /** False where the turn is no longer ours. */
  static boolean renew(Sql sql, Turn turn, Instant until) {
    return sql.sql("UPDATE recurring_work SET lease_until = :until" + OURS)
            .param("until", until.toEpochMilli())
            .param("name", turn.work().name())
            .param("fence", turn.fence())
            .update()
        == 1;
  }

  static long failures(Sql sql, Turn turn) {
    return sql.sql("SELECT failures FROM recurring_work WHERE name = :name")
        .param("name", turn.work().name())
        .query(Long.class)
        .single();
  }

  /** False where another has had a turn since: what it says counts. */
  static boolean end(Sql sql, Turn turn, Instant next, @Nullable String failure, Instant now) {
    return sql.sql(
                """
                UPDATE recurring_work SET next_at = :next, lease_until = 0, lease_owner = NULL, ended_at = :now, result = :result, said = :said,
                  failures = CASE WHEN :failed = 1 THEN failures + 1 ELSE 0 END
                """
                    + OURS)
            .param("next", next.toEpochMilli())
            .param("now", now.toEpochMilli())
            .param("result", failure == null ? "done" : "failed")
            .param("said", failure, Types.VARCHAR)
            .param("failed", Sql.bit(failure != null))
            .param("name", turn.work().name())
            .param("fence", turn.fence())
            .update()
        == 1;
  }

  /** Free for others; whatever the turn still says is not believed. */
  static void release(Sql sql, Turn turn) {
    sql.sql(
            "UPDATE recurring_work SET fence = fence + 1, lease_until = 0, lease_owner = NULL"
                + OURS)
        .param("name", turn.work().name())
        .param("fence", turn.fence())
        .update();
  }

  /** What an earlier life of the node had in hand died with it. */
  static void giveBack(Sql sql, Node node) {
    sql.sql(
            """
            UPDATE recurring_work SET fence = fence + 1, lease_until = 0, lease_owner = NULL
            WHERE lease_until > 0 AND (:alone = 1 OR lease_owner = :node)
            """)
        .param("alone", Sql.bit(node.alone()))
        .param("node", node.name())
        .update();
  }

  static void dueAt(Sql sql, String name, Instant next) {
    sql.sql("UPDATE recurring_work SET next_at = :next WHERE name = :name")
        .param("next", next.toEpochMilli())
        .param("name", name)
        .update();
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        Instant.ofEpochMilli(row.getLong("next_at")),
        Instant.ofEpochMilli(row.getLong("lease_until")),
        moment(row, "started_at"),
        moment(row, "ended_at"),
        row.getString("result"),
        row.getString("said"),
        row.getString("node"),
        row.getLong("failures"));
  }

  private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
