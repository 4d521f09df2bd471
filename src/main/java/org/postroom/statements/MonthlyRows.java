package org.postroom.statements;

import java.sql.Types;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;
import tools.jackson.databind.json.JsonMapper;

/** The tables {@code monthly_statements} and {@code monthly_statement_months}. */
final class MonthlyRows {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private MonthlyRows() {}

  /** What was settled, and since when months count; null while switched off. */
  record Kept(MonthlySchedule schedule, @Nullable Instant since) {
    static final Kept NOTHING = new Kept(MonthlySchedule.INITIAL, null);
  }

  static Kept find(Sql sql, String company) {
    return sql.sql("SELECT * FROM monthly_statements WHERE company_id = :company")
        .param("company", company)
        .query((row, n) -> {
          MonthlySchedule schedule = MonthlyJson.read(JSON.readTree(row.getString("content")));
          Number since = (Number) row.getObject("watching_since");
          return new Kept(
              schedule.at(row.getLong("version")),
              since == null ? null : Instant.ofEpochMilli(since.longValue()));
        })
        .optional()
        .orElse(Kept.NOTHING);
  }

  /** Keeps the schedule as its next version; false where it is no longer the one given. */
  static boolean save(Sql sql, String company, MonthlySchedule schedule, @Nullable Instant since) {
    return sql.sql(
                """
                INSERT INTO monthly_statements (company_id, content, version, watching_since)
                VALUES (:company, :content, :next, :since)
                ON CONFLICT (company_id) DO UPDATE SET content = excluded.content, version = excluded.version, watching_since = excluded.watching_since
                WHERE monthly_statements.version = :version
                """)
            .param("company", company)
            .param("content", MonthlyJson.write(schedule).toString())
            .param("next", schedule.version() + 1)
            .param("version", schedule.version())
            .param("since", since == null ? null : since.toEpochMilli(), Types.BIGINT)
            .update()
        == 1;
  }

  /** Begins or ends watching; the schedule stays as it is. */
  static void watch(Sql sql, String company, @Nullable Instant since) {
    sql.sql(
            """
            INSERT INTO monthly_statements (company_id, content, version, watching_since)
            VALUES (:company, :content, 0, :since)
            ON CONFLICT (company_id) DO UPDATE SET watching_since = excluded.watching_since
            """)
        .param("company", company)
        .param("content", MonthlyJson.write(MonthlySchedule.INITIAL).toString())
        .param("since", since == null ? null : since.toEpochMilli(), Types.BIGINT)
        .update();
  }

  /** True for exactly one caller. */
  static boolean decide(Sql sql, String company, MonthlyMonth month) {
    return sql.sql(
                """
                INSERT INTO monthly_statement_months (company_id, month, due_at, decided_at, run_id, missed)
                VALUES (:company, :month, :due, :at, NULL, :missed) ON CONFLICT (company_id, month) DO NOTHING
                """)
            .param("company", company)
            .param("month", month.month().toString())
            .param("due", month.dueAt().toEpochMilli())
            .param("at", month.decidedAt().toEpochMilli())
            .param("missed", month.missed(), Types.VARCHAR)
            .update()
        == 1;
  }

  static void begun(Sql sql, String company, YearMonth month, String run) {
    sql.sql(
            "UPDATE monthly_statement_months SET run_id = :run WHERE company_id = :company AND month"
                + " = :month")
        .param("company", company)
        .param("month", month.toString())
        .param("run", run)
        .update();
  }

  /** Newest first. */
  static List<MonthlyMonth> months(Sql sql, String company, int most) {
    return sql.sql(
            "SELECT * FROM monthly_statement_months WHERE company_id = :company ORDER BY month DESC"
                + " LIMIT :most")
        .param("company", company)
        .param("most", most)
        .query((row, n) ->
            new MonthlyMonth(
                YearMonth.parse(row.getString("month")),
                Instant.ofEpochMilli(row.getLong("due_at")),
                Instant.ofEpochMilli(row.getLong("decided_at")),
                row.getString("run_id"),
                row.getString("missed")))
        .list();
  }
}
