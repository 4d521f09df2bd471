package org.postroom.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;

/** Counting what waits along the index, never more than asked for. */
final class ForecastRows {
  private static final String DUE =
      "FROM messages WHERE company_id = :company AND account_id = :account"
          + " AND state IN ('queued', 'delayed') AND bulk = :bulk AND due_at <= :now";

  private ForecastRows() {}

  static boolean due(Message message, Instant now) {
    return !message.dueAt().isAfter(now);
  }

  static long due(Sql sql, AccountKey account, long bulk, long most, Instant now) {
    return count(sql, DUE, account, bulk, null, null, most, now);
  }

  /** How many come before the message, and after another of its kind where one is given. */
  static long between(
      Sql sql, AccountKey account, @Nullable Message after, Message message, long most) {
    String where = DUE + " AND (due_at, id) < (:due, :id)";
    if (after != null) where += " AND (due_at, id) >= (:afterDue, :afterId)";
    return count(
        sql, where, account, message.bulk() ? 1 : 0, after, message, most, message.dueAt());
  }

  private static long count(
      Sql sql,
      String from,
      AccountKey account,
      long bulk,
      @Nullable Message after,
      @Nullable Message before,
      long most,
      Instant now) {
    if (most <= 0) return 0;
    var statement =
        sql.sql("SELECT count(*) FROM (SELECT 1 " + from + " LIMIT :most) AS counted")
            .param("company", account.company())
            .param("account", account.account())
            .param("bulk", bulk)
            .param("now", now.toEpochMilli())
            .param("most", most);
    if (before != null)
      statement = statement.param("due", before.dueAt().toEpochMilli()).param("id", before.id());
    if (after != null)
      statement =
          statement.param("afterDue", after.dueAt().toEpochMilli()).param("afterId", after.id());
    return statement.query(Long.class).single();
  }
}
