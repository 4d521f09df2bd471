package org.postroom.statements;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Node;
import org.postroom.db.Sql;
import org.postroom.statements.StatementRun.Counts;
import org.postroom.statements.StatementRun.State;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The table {@code statement_runs}. */
final class RunRows {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String ONE = " WHERE company_id = :company AND id = :id";

  private RunRows() {}

  /** False where a run of that key exists. */
  static boolean insert(Sql sql, StatementRun run, @Nullable String onceKey) {
    return sql.sql(
                """
                INSERT INTO statement_runs (company_id, id, once_key, state, content, origin, created_at,
                  started_at, ended_at, planned_to, lease_until, lease_owner)
                VALUES (:company, :id, :once, :state, :content, :origin, :created, NULL, NULL, NULL, 0, NULL)
                ON CONFLICT DO NOTHING
                """)
            .param("company", run.company())
            .param("id", run.id())
            .param("once", onceKey, Types.VARCHAR)
            .param("state", run.state().word())
            .param("content", RunJson.write(run.request()).toString())
            .param("origin", (run.test() ? "test:" : "live:") + run.startedBy())
            .param("created", run.createdAt().toEpochMilli())
            .update()
        == 1;
  }

  static Optional<StatementRun> find(Sql sql, String company, String id) {
    return sql.sql("SELECT * FROM statement_runs" + ONE)
        .param("company", company)
        .param("id", id)
        .query((row, n) -> run(row, LineRows.counts(sql, company, id)))
        .optional();
  }

  static Optional<StatementRun> byKey(Sql sql, String company, String onceKey) {
    return sql.sql("SELECT * FROM statement_runs WHERE company_id = :company AND once_key = :key")
        .param("company", company)
        .param("key", onceKey)
        .query((row, n) -> run(row, LineRows.counts(sql, company, row.getString("id"))))
        .optional();
  }

  /** Newest first, one more than asked for. */
  static List<StatementRun> list(Sql sql, String company, int limit, @Nullable String before) {
    return sql.sql(
            "SELECT * FROM statement_runs WHERE company_id = :company AND id < :before ORDER BY id"
                + " DESC LIMIT :limit")
        .param("company", company)
        .param("before", before == null ? "run_~" : before)
        .param("limit", limit + 1)
        .query((row, n) -> run(row, LineRows.counts(sql, company, row.getString("id"))))
        .list();
  }

  /** Takes a run that is to be planned, for a while. */
  static Optional<StatementRun> takePlanning(Sql sql, Node node, Instant now, Instant until) {
    return sql.sql(
            """
            UPDATE statement_runs SET lease_until = :until, lease_owner = :node
            WHERE (company_id, id) IN (
              SELECT company_id, id FROM statement_runs
              WHERE ended_at IS NULL AND state = 'planning' AND lease_until <= :now
              ORDER BY created_at LIMIT 1 %s)
            RETURNING *
            """
                .formatted(sql.dialect().skipLocked()))
        .param("until", until.toEpochMilli())
        .param("node", node.name())
        .param("now", now.toEpochMilli())
        .query((row, n) -> run(row, new Counts(0, 0, 0, 0)))
        .optional();
  }

  /** Whether anything is to be done at all; asked often, so without a transaction that writes. */
  static boolean anyOpen(Sql sql) {
    return sql.sql(
                "SELECT COUNT(*) FROM statement_runs WHERE ended_at IS NULL AND state IN"
                    + " ('planning', 'running')")
            .query(Long.class)
            .single()
        > 0;
  }

  /** Those that send, the oldest first. */
  static List<StatementRun> running(Sql sql) {
    return sql.sql(
            "SELECT * FROM statement_runs WHERE ended_at IS NULL AND state = 'running' ORDER BY"
                + " created_at LIMIT 20")
        .query((row, n) -> run(row, new Counts(0, 0, 0, 0)))
        .list();
  }

  /** False where somebody else went on meanwhile, or stopped it. */
  static boolean planned(
      Sql sql, StatementRun run, @Nullable String before, String to, Instant leaseUntil) {
    return bind(
                sql,
                "UPDATE statement_runs SET planned_to = :to, lease_until = :until"
                    + ONE
                    + " AND state = 'planning' AND COALESCE(planned_to, '') = :before",
                run)
            .param("to", to)
            .param("until", leaseUntil.toEpochMilli())
            .param("before", before == null ? "" : before)
            .update()
        == 1;
  }

  /** From a state into another; false where it is not in that state (any more). */
  static boolean move(Sql sql, StatementRun run, State from, State to, Instant now) {
    boolean ends = to == State.DONE || to == State.STOPPED;
    return bind(
                sql,
                "UPDATE statement_runs SET state = :to, lease_until = 0, ended_at = :ended,"
                    + " started_at = CASE WHEN :to = 'running' THEN COALESCE(started_at, :now) ELSE"
                    + " started_at END"
                    + ONE
                    + " AND state = :from",
                run)
            .param("from", from.word())
            .param("to", to.word())
            .param("ended", ends ? now.toEpochMilli() : null, Types.BIGINT)
            .param("now", now.toEpochMilli(), Types.BIGINT)
            .update()
        == 1;
  }

  static boolean isRunning(Sql sql, StatementRun run) {
    return bind(sql, "SELECT state FROM statement_runs" + ONE, run)
        .query(String.class)
        .single()
        .equals(State.RUNNING.word());
  }

  /** What an earlier life of the node had taken is free again. */
  static void giveBack(Sql sql, Node node) {
    String mine = " AND lease_until > 0 AND (:alone = 1 OR lease_owner = :node)";
    for (String statement :
        List.of(
            "UPDATE statement_runs SET lease_until = 0 WHERE ended_at IS NULL" + mine,
            "UPDATE statement_run_partners SET lease_until = 0 WHERE state = 'waiting' AND"
                + " (company_id, run_id) IN (SELECT company_id, id FROM statement_runs WHERE ended_at"
                + " IS NULL)"
                + mine))
      sql.sql(statement).param("alone", Sql.bit(node.alone())).param("node", node.name()).update();
  }

  private static org.springframework.jdbc.core.simple.JdbcClient.StatementSpec bind(
      Sql sql, String statement, StatementRun run) {
    return sql.sql(statement).param("company", run.company()).param("id", run.id());
  }

  private static StatementRun run(ResultSet row, Counts counts) throws SQLException {
    String origin = row.getString("origin");
    Number started = (Number) row.getObject("started_at");
    Number ended = (Number) row.getObject("ended_at");
    JsonNode content = JSON.readTree(row.getString("content"));
    return new StatementRun(
        row.getString("company_id"),
        row.getString("id"),
        State.of(row.getString("state")),
        RunJson.read(content, LocalDate.EPOCH),
        origin.substring(5),
        origin.startsWith("test:"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        started == null ? null : Instant.ofEpochMilli(started.longValue()),
        ended == null ? null : Instant.ofEpochMilli(ended.longValue()),
        row.getString("planned_to"),
        counts);
  }
}
