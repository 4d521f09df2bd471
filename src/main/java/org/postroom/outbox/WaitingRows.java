package org.postroom.outbox;

import java.time.Instant;
import java.util.List;
import org.postroom.db.Sql;

/**
 * Which accounts have something waiting. Hops along the index from one account to the next, within
 * one statement: as many steps as accounts, not as messages. The order is that of the index, so that
 * no other one is taken for it.
 */
final class WaitingRows {
  private static final String WAITS = "state IN ('queued', 'delayed')";

  private static final String STATEMENT =
      """
      WITH RECURSIVE
        companies (company) AS (
          SELECT (SELECT m.company_id FROM messages m WHERE # ORDER BY ^ LIMIT 1)
          UNION ALL
          SELECT (SELECT m.company_id FROM messages m WHERE # AND m.company_id > companies.company ORDER BY ^ LIMIT 1)
          FROM companies WHERE companies.company IS NOT NULL),
        accounts (company, account) AS (
          SELECT company, (SELECT m.account_id FROM messages m WHERE # AND m.company_id = companies.company ORDER BY ^ LIMIT 1)
          FROM companies WHERE company IS NOT NULL
          UNION ALL
          SELECT company, (SELECT m.account_id FROM messages m
            WHERE # AND m.company_id = accounts.company AND m.account_id > accounts.account ORDER BY ^ LIMIT 1)
          FROM accounts WHERE accounts.account IS NOT NULL)
      SELECT company, account,
        (SELECT min(m.due_at) FROM messages m WHERE # AND m.company_id = company AND m.account_id = account AND m.bulk = 0) AS by_hand,
        (SELECT min(m.due_at) FROM messages m WHERE # AND m.company_id = company AND m.account_id = account AND m.bulk = 1) AS runs
      FROM accounts WHERE account IS NOT NULL
      """
          .replace("#", WAITS)
          .replace("^", "m.company_id, m.account_id, m.bulk, m.due_at");

  private WaitingRows() {}

  static List<Turns.Waiting> accounts(Sql sql, Instant now) {
    return sql.sql(STATEMENT)
        .query((row, n) -> {
          long byHand = row.getLong("by_hand");
          boolean anyByHand = !row.wasNull() && byHand <= now.toEpochMilli();
          long runs = row.getLong("runs");
          boolean anyRuns = !row.wasNull() && runs <= now.toEpochMilli();
          var key = new AccountKey(row.getString("company"), row.getString("account"));
          return new Turns.Waiting(key, anyByHand, anyRuns);
        })
        .list();
  }
}
