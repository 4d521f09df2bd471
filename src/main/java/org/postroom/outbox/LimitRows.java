package org.postroom.outbox;

import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.postroom.db.Dialect;
import org.postroom.db.Sql;
import org.postroom.http.Moments;

/** The statements about what an account may still send. */
final class LimitRows {
  static final Duration MINUTE = Duration.ofMinutes(1);
  static final Duration DAY = Duration.ofHours(24);

  /** Tells a message that waits for the daily limit from others. */
  private static final String SENTENCE = "The daily limit of ";

  private static final String ACCOUNT = "company_id = :company AND account_id = :account";
  private static final String UNDER_WAY =
      "(SELECT count(*) FROM messages WHERE " + ACCOUNT + " AND state = 'sending')";
  private static final String GONE =
      ACCOUNT + " AND ended_at > :since AND outcome IN ('accepted', 'unclear')";

  private LimitRows() {}

  /** Nodes that count for one account do so one after the other, until they have claimed. */
  static void lock(Sql sql, AccountKey account) {
    if (sql.dialect() != Dialect.POSTGRESQL) return; // one writer
    sql.sql("SELECT pg_advisory_xact_lock(hashtextextended(:account, 0))")
        .param("account", account.account())
        .query(row -> {});
  }

  /** Tries that ended in the last minute plus those under way. */
  static long lastMinute(Sql sql, AccountKey account, Instant now) {
    return count(
        sql,
        account,
        now.minus(MINUTE),
        "FROM message_attempts WHERE " + ACCOUNT + " AND ended_at > :since");
  }

  /** What was handed over in the last 24 hours, or may have been, plus what is under way. */
  static long lastDay(Sql sql, AccountKey account, Instant now) {
    return count(sql, account, now.minus(DAY), "FROM message_attempts WHERE " + GONE);
  }

  private static long count(Sql sql, AccountKey account, Instant since, String from) {
    return sql.sql("SELECT (SELECT count(*) " + from + ") + " + UNDER_WAY)
        .param("company", account.company())
        .param("account", account.account())
        .param("since", since.toEpochMilli())
        .query(Long.class)
        .single();
  }

  /**
   * Lets what is due wait until a twentieth of the day's messages may go again: a step at a time,
   * so that thousands of waiting messages are not written anew for each one that leaves.
   */
  static void waitForRoom(
      Sql sql, AccountKey account, Allowance allowance, long used, Instant now) {
    long perDay = allowance.perDay();
    long step = Math.min(used, used - perDay + Math.max(1, perDay / 20));
    Instant resumes =
        leaving(sql, account, step, now).map(at -> at.plus(DAY)).orElse(now.plus(MINUTE));
    String note =
        SENTENCE
            + "%,d messages in 24 hours is reached. It goes on about %s."
                .formatted(perDay, Moments.words(resumes, allowance.zone(), now));
    sql.sql(
            "UPDATE messages SET due_at = :resumes, note = :note WHERE "
                + ACCOUNT
                + " AND state IN ('queued', 'delayed') AND due_at <= :now")
        .param("resumes", resumes.toEpochMilli())
        .param("note", note, Types.VARCHAR)
        .param("company", account.company())
        .param("account", account.account())
        .param("now", now.toEpochMilli())
        .update();
  }

  /** When the nth oldest message of the last 24 hours left. */
  private static Optional<Instant> leaving(Sql sql, AccountKey account, long nth, Instant now) {
    return sql.sql(
            "SELECT ended_at FROM message_attempts WHERE "
                + GONE
                + " ORDER BY ended_at LIMIT 1 OFFSET :before")
        .param("company", account.company())
        .param("account", account.account())
        .param("since", now.minus(DAY).toEpochMilli())
        .param("before", nth - 1)
        .query((row, n) -> Instant.ofEpochMilli(row.getLong(1)))
        .optional();
  }

  /** The limit is another one: whatever waited for it is looked at again. */
  static int reconsider(Sql sql, AccountKey account) {
    return sql.sql(
            "UPDATE messages SET due_at = :now, note = NULL WHERE "
                + ACCOUNT
                + " AND state IN ('queued', 'delayed') AND due_at > :now AND note LIKE :sentence")
        .param("now", sql.now().toEpochMilli())
        .param("company", account.company())
        .param("account", account.account())
        .param("sentence", SENTENCE + "%")
        .update();
  }
}
