package org.postroom.statements;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Node;
import org.postroom.db.Sql;
import org.postroom.statements.StatementRun.Counts;
import org.postroom.statements.StatementRun.Line;
import org.postroom.statements.StatementRun.LineState;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The table {@code statement_run_partners}. */
final class LineRows {
  private static final String RUN = " WHERE company_id = :company AND run_id = :run";

  private LineRows() {}

  static void insert(Sql sql, StatementRun run, List<Line> lines) {
    long position =
        bind(sql, "SELECT COALESCE(MAX(position), 0) FROM statement_run_partners" + RUN, run)
            .query(Long.class)
            .single();
    for (Line line : lines) insert(sql, run, line, ++position);
  }

  private static void insert(Sql sql, StatementRun run, Line line, long position) {
    bind(
            sql,
            """
            INSERT INTO statement_run_partners (company_id, run_id, position, partner, name, state,
              balances, recipients, code, reason, message_id, document, lease_until, lease_owner)
            VALUES (:company, :run, :position, :partner, :name, :state,
              :balances, :recipients, :code, :reason, NULL, NULL, 0, NULL)
            ON CONFLICT (company_id, run_id, partner) DO NOTHING
            """,
            run)
        .param("position", position)
        .param("partner", line.partner())
        .param("name", line.name())
        .param("state", line.state().word())
        .param("balances", line.balances())
        .param("recipients", line.recipients())
        .param("code", line.code(), Types.VARCHAR)
        .param("reason", line.reason(), Types.VARCHAR)
        .update();
  }

  static Counts counts(Sql sql, String company, String run) {
    Map<LineState, Long> counts = new EnumMap<>(LineState.class);
    sql.sql("SELECT state, COUNT(*) AS n FROM statement_run_partners" + RUN + " GROUP BY state")
        .param("company", company)
        .param("run", run)
        .query(row -> {
          LineState state = LineState.of(row.getString("state"));
          if (state != null) counts.put(state, row.getLong("n"));
        });
    return new Counts(
        counts.getOrDefault(LineState.WAITING, 0L),
        counts.getOrDefault(LineState.SENT, 0L),
        counts.getOrDefault(LineState.SKIPPED, 0L),
        counts.getOrDefault(LineState.FAILED, 0L));
  }

  /** In the run's order, one more than asked for; null for all states. */
  static List<Line> list(
      Sql sql, String company, String run, @Nullable LineState state, int limit, long after) {
    StatementSpec statement =
        sql.sql(
                "SELECT * FROM statement_run_partners"
                    + RUN
                    + (state == null ? "" : " AND state = :state")
                    + " AND position > :after ORDER BY position LIMIT :limit")
            .param("company", company)
            .param("run", run)
            .param("after", after)
            .param("limit", limit + 1);
    if (state != null) statement = statement.param("state", state.word());
    return statement.query((row, n) -> line(row)).list();
  }

  /** Takes customers that wait, for a while; nobody else takes them meanwhile. */
  static List<String> take(
      Sql sql, StatementRun run, int most, Node node, Instant now, Instant until) {
    // Materialized: PostgreSQL may run a subquery with LIMIT and SKIP LOCKED more than once.
    return bind(
            sql,
            """
            WITH picked AS MATERIALIZED (
              SELECT partner FROM statement_run_partners
              WHERE company_id = :company AND run_id = :run AND state = 'waiting' AND lease_until <= :now
              ORDER BY position LIMIT :most %s)
            UPDATE statement_run_partners SET lease_until = :until, lease_owner = :node
            WHERE company_id = :company AND run_id = :run AND partner IN (SELECT partner FROM picked)
            RETURNING partner
            """
                .formatted(sql.dialect().skipLocked()),
            run)
        .param("until", until.toEpochMilli())
        .param("node", node.name())
        .param("now", now.toEpochMilli())
        .param("most", most)
        .query((row, n) -> row.getString("partner"))
        .list();
  }

  /** Whoever held customers of a stopped run made nothing of them: they are free at once. */
  static void free(Sql sql, StatementRun run) {
    bind(
            sql,
            "UPDATE statement_run_partners SET lease_until = 0"
                + RUN
                + " AND state = 'waiting' AND lease_until > 0",
            run)
        .update();
  }

  static boolean anyWaiting(Sql sql, StatementRun run) {
    return bind(
            sql,
            "SELECT 1 FROM statement_run_partners" + RUN + " AND state = 'waiting' LIMIT 1",
            run)
        .query(Long.class)
        .optional()
        .isPresent();
  }

  /** True for exactly one caller: the one whose transaction ends this customer's part. */
  static boolean end(Sql sql, StatementRun run, Made made, @Nullable String message) {
    return bind(
                sql,
                "UPDATE statement_run_partners SET state = :state, code = :code, reason = :reason,"
                    + " message_id = :message, document = :document, balances = :balances"
                    + RUN
                    + " AND partner = :partner AND state = 'waiting'",
                run)
            .param("state", made.state().word())
            .param("code", made.code(), Types.VARCHAR)
            .param("reason", made.reason(), Types.VARCHAR)
            .param("message", message, Types.VARCHAR)
            .param("document", made.document(), Types.VARCHAR)
            .param("balances", made.balances())
            .param("partner", made.partner())
            .update()
        == 1;
  }

  private static StatementSpec bind(Sql sql, String statement, StatementRun run) {
    return sql.sql(statement).param("company", run.company()).param("run", run.id());
  }

  private static Line line(ResultSet row) throws SQLException {
    LineState state = LineState.of(row.getString("state"));
    if (state == null) throw new IllegalStateException("No such state: " + row.getString("state"));
    return new Line(
        row.getLong("position"),
        row.getString("partner"),
        row.getString("name"),
        state,
        row.getString("balances"),
        row.getString("recipients"),
        row.getString("code"),
        row.getString("reason"),
        row.getString("message_id"),
        row.getString("document"));
  }
}
