package org.postroom.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;

/** The statements about how fast accounts go. */
final class PaceRows {
  private static final String THE_ROW = " WHERE company_id = :company AND account_id = :account";

  private PaceRows() {}

  static Pace of(Sql sql, AccountKey account) {
    return sql.sql("SELECT * FROM account_pace" + THE_ROW)
        .param("company", account.company())
        .param("account", account.account())
        .query((row, n) -> pace(row))
        .optional()
        .orElse(Pace.FRESH);
  }

  private static Pace pace(ResultSet row) throws SQLException {
    return new Pace(
        Instant.ofEpochMilli(row.getLong("bulk_from")),
        row.getLong("day_bound"),
        Instant.ofEpochMilli(row.getLong("day_counted_at")),
        instant(row, "resumes_at"),
        row.getString("note"),
        slowness(row, "rate"),
        slowness(row, "width"),
        row.getString("reason"),
        (int) row.getLong("failures"),
        instant(row, "failed_at"),
        instant(row, "tried_again_at"));
  }

  private static @Nullable Slowness slowness(ResultSet row, String which) throws SQLException {
    Instant at = instant(row, which + "_slowed_at");
    if (at == null) return null;
    return new Slowness(row.getLong(which + "_ceiling"), at, (int) row.getLong(which + "_times"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  /** What was taken: when runs go on, and what the day's limit knows. */
  static void took(Sql sql, AccountKey account, Instant bulkFrom, long dayBound, Instant counted) {
    sql.sql(
            """
            INSERT INTO account_pace (company_id, account_id, bulk_from, day_bound, day_counted_at)
            VALUES (:company, :account, :bulk, :bound, :counted)
            ON CONFLICT (company_id, account_id) DO UPDATE SET bulk_from = excluded.bulk_from,
              day_bound = excluded.day_bound, day_counted_at = excluded.day_counted_at,
              resumes_at = NULL, note = NULL
            """)
        .param("company", account.company())
        .param("account", account.account())
        .param("bulk", bulkFrom.toEpochMilli())
        .param("bound", dayBound)
        .param("counted", counted.toEpochMilli())
        .update();
  }

  /** The day's limit is reached: nothing is looked at before then. */
  static void waits(Sql sql, AccountKey account, Instant resumes, String note) {
    sql.sql(
            """
            INSERT INTO account_pace (company_id, account_id, resumes_at, note)
            VALUES (:company, :account, :resumes, :note)
            ON CONFLICT (company_id, account_id) DO UPDATE SET resumes_at = excluded.resumes_at,
              note = excluded.note, day_counted_at = 0
            """)
        .param("company", account.company())
        .param("account", account.account())
        .param("resumes", resumes.toEpochMilli())
        .param("note", note)
        .update();
  }

  /** The limits are others: what was known about them is counted anew. */
  static void forgetLimits(Sql sql, AccountKey account) {
    sql.sql(
            "UPDATE account_pace SET bulk_from = 0, day_counted_at = 0, resumes_at = NULL, note = NULL"
                + THE_ROW)
        .param("company", account.company())
        .param("account", account.account())
        .update();
  }

  static void slowed(Sql sql, AccountKey account, boolean width, Slowness slowness, String reason) {
    String which = width ? "width" : "rate";
    sql.sql(
            """
            INSERT INTO account_pace (company_id, account_id, #_ceiling, #_slowed_at, #_times, reason)
            VALUES (:company, :account, :ceiling, :at, :times, :reason)
            ON CONFLICT (company_id, account_id) DO UPDATE SET #_ceiling = excluded.#_ceiling,
              #_slowed_at = excluded.#_slowed_at, #_times = excluded.#_times, reason = excluded.reason
            """
                .replace("#", which))
        .param("company", account.company())
        .param("account", account.account())
        .param("ceiling", slowness.ceiling())
        .param("at", slowness.at().toEpochMilli())
        .param("times", slowness.times())
        .param("reason", reason)
        .update();
  }

  static void failed(Sql sql, AccountKey account, int failures, Instant now, Instant triesAgain) {
    sql.sql(
            """
            INSERT INTO account_pace (company_id, account_id, failures, failed_at, tried_again_at)
            VALUES (:company, :account, :failures, :now, :again)
            ON CONFLICT (company_id, account_id) DO UPDATE SET failures = excluded.failures,
              failed_at = excluded.failed_at, tried_again_at = excluded.tried_again_at
            """)
        .param("company", account.company())
        .param("account", account.account())
        .param("failures", failures)
        .param("now", now.toEpochMilli())
        .param("again", triesAgain.toEpochMilli())
        .update();
  }

  /** Accounts of the company whose day's limit holds everything back, with the sentence. */
  static Optional<Pace> waiting(Sql sql, AccountKey account, Instant now) {
    return sql.sql("SELECT * FROM account_pace" + THE_ROW + " AND resumes_at > :now")
        .param("company", account.company())
        .param("account", account.account())
        .param("now", now.toEpochMilli(), Types.BIGINT)
        .query((row, n) -> pace(row))
        .optional();
  }
}
