package org.postroom.rules;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.postroom.db.Sql;

/** The SQL of rules. */
final class RuleRows {
  private RuleRows() {}

  /** Zero where the company never had a rule. */
  static long version(Sql sql, String company) {
    return sql.sql("SELECT version FROM rule_sets WHERE company_id = :company")
        .param("company", company)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  /** First in every change: it also keeps two changes from running side by side. */
  static void change(Sql sql, String company) {
    sql.sql(
            """
            INSERT INTO rule_sets (company_id, version) VALUES (:company, 1)
            ON CONFLICT (company_id) DO UPDATE SET version = rule_sets.version + 1\
            """)
        .param("company", company)
        .update();
  }

  /** In their order, positions counted from 1. */
  static List<Rule> list(Sql sql, String company) {
    return sql.sql("SELECT * FROM rules WHERE company_id = :company ORDER BY position, id")
        .param("company", company)
        .query((row, number) -> rule(row, number + 1))
        .list();
  }

  static Optional<Rule> find(Sql sql, String company, String id) {
    return list(sql, company).stream().filter(rule -> rule.id().equals(id)).findFirst();
  }

  static void put(Sql sql, String company, Rule rule) {
    sql.sql(
            """
            INSERT INTO rules (company_id, id, position, enabled, name, content, version, updated_at)
            VALUES (:company, :id,
              (SELECT COALESCE(MAX(position), 0) + 1 FROM rules WHERE company_id = :company),
              :enabled, :name, :content, 1, :now)
            ON CONFLICT (company_id, id) DO UPDATE SET enabled = excluded.enabled,
              name = excluded.name, content = excluded.content, version = rules.version + 1,
              updated_at = excluded.updated_at\
            """)
        .param("company", company)
        .param("id", rule.id())
        .param("enabled", Sql.bit(rule.enabled()))
        .param("name", rule.name())
        .param("content", RuleJson.content(rule))
        .param("now", sql.now().toEpochMilli())
        .update();
  }

  static void position(Sql sql, String company, String id, int position) {
    sql.sql("UPDATE rules SET position = :position WHERE company_id = :company AND id = :id")
        .param("position", position)
        .param("company", company)
        .param("id", id)
        .update();
  }

  static void delete(Sql sql, String company, String id) {
    sql.sql("DELETE FROM rules WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .update();
  }

  private static Rule rule(ResultSet row, int position) throws SQLException {
    return RuleJson.stored(
        row.getString("id"),
        row.getString("name"),
        row.getLong("enabled") == 1,
        position,
        row.getString("content"),
        row.getLong("version"),
        Instant.ofEpochMilli(row.getLong("updated_at")));
  }
}
