package org.postroom.doctor;

import java.util.List;
import java.util.Optional;
import org.postroom.db.Sql;

/**
 * Counts over tables of several modules: the doctor must say something where none of them could be
 * started.
 */
final class DoctorRows {
  private DoctorRows() {}

  /** An account that somebody has to look after. */
  record Ailing(String name, String state, String reason) {}

  static Optional<String> version(Sql sql) {
    try {
      return sql.sql(
              "SELECT version FROM flyway_schema_history WHERE version IS NOT NULL ORDER BY installed_rank DESC LIMIT 1")
          .query(String.class)
          .optional();
    } catch (RuntimeException noTables) {
      return Optional.empty();
    }
  }

  static List<Ailing> ailing(Sql sql) {
    return sql.sql(
            "SELECT name, state, state_reason FROM accounts WHERE active = 1 AND state IN ('NEEDS_SIGN_IN', 'NEEDS_ADMINISTRATOR') ORDER BY name LIMIT 20")
        .query((row, n) ->
            new Ailing(row.getString(1), row.getString(2), String.valueOf(row.getString(3))))
        .list();
  }

  /** Whether any account lets mail out. */
  static boolean sendsOutside(Sql sql) {
    return count(sql, "SELECT count(*) FROM accounts WHERE active = 1 AND kind <> 'LOCAL'") > 0;
  }

  static boolean hasCompany(Sql sql) {
    return count(sql, "SELECT count(*) FROM companies") > 0;
  }

  static long messages(Sql sql, String state) {
    return sql.sql(
            "SELECT count(*) FROM messages WHERE company_id IN (SELECT id FROM companies) AND state = :state")
        .param("state", state)
        .query(Long.class)
        .single();
  }

  private static long count(Sql sql, String query) {
    return sql.sql(query).query(Long.class).single();
  }
}
