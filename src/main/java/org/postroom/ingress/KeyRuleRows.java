package org.postroom.ingress;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.postroom.db.Sql;

final class KeyRuleRows {
  private KeyRuleRows() {}

  static Optional<KeyRule> find(Sql sql, String company, String key) {
    return sql.sql("SELECT * FROM ingress_key_rules WHERE company_id = :company AND key_id = :key")
        .param("company", company)
        .param("key", key)
        .query(KeyRuleRows::rule)
        .optional();
  }

  static Map<String, KeyRule> all(Sql sql, String company) {
    Map<String, KeyRule> rules = new HashMap<>();
    sql.sql("SELECT * FROM ingress_key_rules WHERE company_id = :company")
        .param("company", company)
        .query(row -> {
          rules.put(row.getString("key_id"), rule(row, 0));
        });
    return rules;
  }

  static void set(Sql sql, String company, String key, KeyRule rule) {
    sql.sql(
            """
            INSERT INTO ingress_key_rules (company_id, key_id, account_id, repeat_minutes)
            VALUES (:company, :key, :account, :minutes)
            ON CONFLICT (company_id, key_id) DO UPDATE
              SET account_id = excluded.account_id, repeat_minutes = excluded.repeat_minutes
            """)
        .param("company", company)
        .param("key", key)
        .param("account", rule.account(), Types.VARCHAR)
        .param("minutes", rule.repeats().toMinutes())
        .update();
  }

  private static KeyRule rule(ResultSet row, int number) throws SQLException {
    return new KeyRule(
        row.getString("account_id"), Duration.ofMinutes(row.getLong("repeat_minutes")));
  }
}
