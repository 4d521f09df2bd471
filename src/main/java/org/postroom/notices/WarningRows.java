package org.postroom.notices;

import java.time.Instant;
import org.postroom.accounts.Account;
import org.postroom.db.Sql;

/** The SQL of what was told ahead of time. */
final class WarningRows {
  private WarningRows() {}

  static boolean isTold(Sql sql, Account account, String reason) {
    return sql.sql(
            "SELECT 1 FROM account_warnings WHERE company_id = :company"
                + " AND account_id = :account AND reason = :reason")
        .param("company", account.company())
        .param("account", account.id())
        .param("reason", reason)
        .query(Long.class)
        .optional()
        .isPresent();
  }

  /** False where another was faster. */
  static boolean told(Sql sql, Account account, String reason, String message, Instant now) {
    return sql.sql(
                """
                INSERT INTO account_warnings (company_id, account_id, reason, message_id, at)
                VALUES (:company, :account, :reason, :message, :at)
                ON CONFLICT (company_id, account_id, reason) DO NOTHING\
                """)
            .param("company", account.company())
            .param("account", account.id())
            .param("reason", reason)
            .param("message", message)
            .param("at", now.toEpochMilli())
            .update()
        == 1;
  }
}
