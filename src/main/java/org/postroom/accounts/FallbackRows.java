package org.postroom.accounts;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.postroom.db.Sql;

/** The SQL of fallbacks. */
final class FallbackRows {
  private FallbackRows() {}

  static Optional<String> find(Sql sql, String company, String account) {
    return sql.sql(
            "SELECT fallback FROM account_fallbacks WHERE company_id = :company AND account = :account")
        .param("company", company)
        .param("account", account)
        .query(String.class)
        .optional();
  }

  static Map<String, String> list(Sql sql, String company) {
    Map<String, String> all = new LinkedHashMap<>();
    sql.sql("SELECT * FROM account_fallbacks WHERE company_id = :company ORDER BY account")
        .param("company", company)
        .query((row, number) -> all.put(row.getString("account"), row.getString("fallback")))
        .list();
    return all;
  }

  static void replace(Sql sql, String company, Map<String, String> fallbacks) {
    sql.sql("DELETE FROM account_fallbacks WHERE company_id = :company")
        .param("company", company)
        .update();
    fallbacks.forEach((account, fallback) ->
        sql.sql(
                "INSERT INTO account_fallbacks (company_id, account, fallback)"
                    + " VALUES (:company, :account, :fallback)")
            .param("company", company)
            .param("account", account)
            .param("fallback", fallback)
            .update());
  }

  /** What stood in for an account that is gone. */
  static void forget(Sql sql, String company, String account) {
    sql.sql("DELETE FROM account_fallbacks WHERE company_id = :company AND account = :account")
        .param("company", company)
        .param("account", account)
        .update();
  }
}
