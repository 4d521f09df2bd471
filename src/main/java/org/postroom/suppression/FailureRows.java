package org.postroom.suppression;

import java.time.Instant;
import java.util.List;
import org.postroom.db.Sql;

/** The table {@code address_failures}: what passed or may pass, until it blocks or mail arrives. */
final class FailureRows {
  private FailureRows() {}

  /** One a message: what a server says twice of it counts once. */
  static void keep(Sql sql, String key, AddressFailure failure, String message) {
    sql.sql(
            """
            INSERT INTO address_failures (company_id, address_key, message_id, at)
            VALUES (:company, :key, :message, :at)
            ON CONFLICT (company_id, address_key, message_id) DO NOTHING
            """)
        .param("company", failure.company())
        .param("key", key)
        .param("message", message)
        .param("at", failure.at().toEpochMilli())
        .update();
  }

  /** When mail failed, the oldest first. */
  static List<Instant> moments(Sql sql, String company, String key) {
    return sql.sql(
            "SELECT at FROM address_failures WHERE company_id = :company AND address_key = :key ORDER BY at")
        .param("company", company)
        .param("key", key)
        .query((row, n) -> Instant.ofEpochMilli(row.getLong(1)))
        .list();
  }

  static void forget(Sql sql, String company, String key, Instant until) {
    sql.sql(
            "DELETE FROM address_failures WHERE company_id = :company AND address_key = :key AND at <= :until")
        .param("company", company)
        .param("key", key)
        .param("until", until.toEpochMilli())
        .update();
  }
}
