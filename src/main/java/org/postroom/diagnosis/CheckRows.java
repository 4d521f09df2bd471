package org.postroom.diagnosis;

import java.time.Instant;
import java.util.List;
import org.postroom.db.Sql;

/** The SQL of kept checks: the newest few of each saved account. */
final class CheckRows {
  private static final int KEPT = 10;

  private CheckRows() {}

  static void insert(Sql sql, String company, Check check) {
    sql.sql(
            """
            INSERT INTO account_checks
              (company_id, account_id, id, account_version, checked_at, finding, report)
            VALUES (:company, :account, :id, :version, :at, :finding, :report)
            """)
        .param("company", company)
        .param("account", check.account())
        .param("id", check.id())
        .param("version", check.version())
        .param("at", check.at().toEpochMilli())
        .param(
            "finding",
            check.finding() == null ? null : check.finding().id(),
            java.sql.Types.VARCHAR)
        .param("report", CheckReport.write(check))
        .update();
    clear(sql, company, check);
  }

  /** Beside the newest few of this account, all of accounts that are gone. */
  private static void clear(Sql sql, String company, Check check) {
    sql.sql(
            """
            DELETE FROM account_checks WHERE company_id = :company AND account_id NOT IN
              (SELECT id FROM accounts WHERE company_id = :company)
            """)
        .param("company", company)
        .update();
    sql.sql(
            """
            DELETE FROM account_checks WHERE company_id = :company AND account_id = :account
              AND id NOT IN (SELECT id FROM account_checks
                WHERE company_id = :company AND account_id = :account ORDER BY id DESC LIMIT :kept)
            """)
        .param("company", company)
        .param("account", check.account())
        .param("kept", KEPT)
        .update();
  }

  static List<Check> newest(Sql sql, String company, String account, int most) {
    return sql.sql(
            """
            SELECT id, account_version, checked_at, report FROM account_checks
            WHERE company_id = :company AND account_id = :account ORDER BY id DESC LIMIT :most
            """)
        .param("company", company)
        .param("account", account)
        .param("most", most)
        .query((row, number) ->
            CheckReport.read(
                row.getString("report"),
                row.getString("id"),
                account,
                row.getLong("account_version"),
                Instant.ofEpochMilli(row.getLong("checked_at"))))
        .list();
  }
}
