package org.postroom.outbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import org.postroom.happenings.HappeningType;
import org.postroom.happenings.Happenings;

/** Holding and releasing everything of one account at once. */
final class Holds {
  private Holds() {}

  static int hold(Sql sql, AccountKey account, String reason) {
    tell(sql, account, "state IN ('queued', 'delayed')", "message.held", reason);
    return sql.sql(
            """
            UPDATE messages SET state = 'held', hold = 'ACCOUNT', note = :reason
            WHERE company_id = :company AND account_id = :account AND state IN ('queued', 'delayed')
            """)
        .param("reason", reason)
        .param("company", account.company())
        .param("account", account.account())
        .update();
  }

  static int release(Sql sql, AccountKey account) {
    tell(
        sql,
        account,
        "state = 'held' AND hold = 'ACCOUNT'",
        "message.queued",
        "The account works again: back in line.");
    return sql.sql(
            """
            UPDATE messages SET state = 'queued', hold = NULL, note = NULL
            WHERE company_id = :company AND account_id = :account AND state = 'held' AND hold = 'ACCOUNT'
            """)
        .param("company", account.company())
        .param("account", account.account())
        .update();
  }

  static List<AccountKey> accounts(Sql sql) {
    return sql.sql(
            "SELECT DISTINCT company_id, account_id FROM messages WHERE state = 'held' AND hold = 'ACCOUNT'")
        .query((row, n) -> new AccountKey(row.getString(1), row.getString(2)))
        .list();
  }

  /**
   * One entry for each message; the entry's id may be the same, the key starts with the message.
   */
  private static void tell(
      Sql sql, AccountKey account, String which, String type, String sentence) {
    Instant now = sql.now();
    Happenings.writeAll(
        sql,
        HappeningType.of(type).orElseThrow(),
        HistoryRows.facts(sentence, null, null),
        now,
        "SELECT id FROM messages WHERE company_id = :company AND account_id = :account AND "
            + which,
        Map.of("company", account.company(), "account", account.account()));
    sql.sql(
            "INSERT INTO message_events (company_id, message_id, id, at, type, detail) "
                + "SELECT company_id, id, :entry, :at, :type, :detail FROM messages "
                + "WHERE company_id = :company AND account_id = :account AND "
                + which)
        .param("entry", Ids.next("mev"))
        .param("at", now.toEpochMilli())
        .param("type", type)
        .param("detail", sentence)
        .param("company", account.company())
        .param("account", account.account())
        .update();
  }

  /** The states that are not settled, which are few rows among all. */
  static List<Outbox.Waiting> waiting(Sql sql, String company) {
    return sql.sql(
            """
            SELECT account_id, state, count(*) FROM messages
            WHERE company_id = :company AND state IN ('held', 'queued', 'sending', 'delayed')
            GROUP BY account_id, state
            """)
        .param("company", company)
        .query((row, n) ->
            new Outbox.Waiting(row.getString(1), MessageState.of(row.getString(2)), row.getLong(3)))
        .list();
  }
}
