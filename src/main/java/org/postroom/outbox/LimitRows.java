package org.postroom.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.postroom.db.Dialect;
import org.postroom.db.Sql;

/**
 * The statements about what an account has sent. What is under way counts as sent: the moment a
 * server counts a message lies between its claim and its settling, so no window of that length can
 * hold more than the limit.
 */
final class LimitRows {
  static final Duration MINUTE = Duration.ofMinutes(1);
  static final Duration DAY = Duration.ofHours(24);

  private static final String ACCOUNT = "company_id = :company AND account_id = :account";
  private static final String UNDER_WAY =
      "(SELECT count(*) FROM messages WHERE " + ACCOUNT + " AND state = 'sending')";
  private static final String RECIPIENTS_UNDER_WAY =
      "(SELECT count(*) FROM messages m JOIN message_recipients r ON r.company_id = m.company_id"
          + " AND r.message_id = m.id WHERE m.company_id = :company AND m.account_id = :account"
          + " AND m.state = 'sending' AND r.state = 'pending')";
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

  static long underWay(Sql sql, AccountKey account) {
    return sql.sql("SELECT " + UNDER_WAY)
        .param("company", account.company())
        .param("account", account.account())
        .query(Long.class)
        .single();
  }

  /** Tries that ended in the last minute plus those under way. */
  static long lastMinute(Sql sql, AccountKey account, Instant now) {
    String ended =
        "(SELECT count(*) FROM message_attempts WHERE " + ACCOUNT + " AND ended_at > :since)";
    return count(sql, account, now.minus(MINUTE), ended + " + " + UNDER_WAY);
  }

  /** What was handed over in the last 24 hours, or may have been, plus what is under way. */
  static long lastDay(Sql sql, AccountKey account, boolean ofRecipients, Instant now) {
    String what = ofRecipients ? "COALESCE(sum(recipients), 0)" : "count(*)";
    String gone = "(SELECT " + what + " FROM message_attempts WHERE " + GONE + ")";
    String underWay = ofRecipients ? RECIPIENTS_UNDER_WAY : UNDER_WAY;
    return count(sql, account, now.minus(DAY), gone + " + " + underWay);
  }

  private static long count(Sql sql, AccountKey account, Instant since, String what) {
    return sql.sql("SELECT " + what)
        .param("company", account.company())
        .param("account", account.account())
        .param("since", since.toEpochMilli())
        .query(Long.class)
        .single();
  }

  /**
   * When fewer than so many tries will have ended within the minute before.
   *
   * @param used as {@link #lastMinute} counts
   */
  static Instant minuteHasRoom(
      Sql sql, AccountKey account, long perMinute, long used, Instant now) {
    return sql.sql(
            "SELECT ended_at FROM message_attempts WHERE "
                + ACCOUNT
                + " AND ended_at > :since ORDER BY ended_at LIMIT 1 OFFSET :before")
        .param("company", account.company())
        .param("account", account.account())
        .param("since", now.minus(MINUTE).toEpochMilli())
        .param("before", Math.max(0, used - perMinute))
        .query((row, n) -> Instant.ofEpochMilli(row.getLong(1)))
        .optional()
        .map(ended -> ended.plus(MINUTE))
        .orElse(now.plusSeconds(1)); // what is under way ends first
  }

  /** When so much of what left in the last 24 hours will have left longer ago. */
  static Optional<Instant> leaving(
      Sql sql, AccountKey account, boolean ofRecipients, long units, Instant now) {
    long[] left = {units};
    Instant[] at = {null};
    sql.sql(
            "SELECT ended_at, recipients FROM message_attempts WHERE "
                + GONE
                + " ORDER BY ended_at LIMIT :most")
        .param("company", account.company())
        .param("account", account.account())
        .param("since", now.minus(DAY).toEpochMilli())
        .param("most", units)
        .query(row -> {
          if (left[0] <= 0) return;
          left[0] -= ofRecipients ? row.getLong(2) : 1;
          at[0] = Instant.ofEpochMilli(row.getLong(1));
        });
    return left[0] > 0 ? Optional.empty() : Optional.ofNullable(at[0]);
  }
}
