package org.postroom.automations;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.postroom.access.Caller;
import org.postroom.db.Sql;

/** The rows that say which automations are on. No row: off. */
final class SwitchRows {
  private SwitchRows() {}

  record Switch(boolean enabled, long version) {
    static final Switch OFF = new Switch(false, 0);
  }

  static Map<String, Switch> all(Sql sql, String company) {
    Map<String, Switch> all = new HashMap<>();
    sql.sql("SELECT name, enabled, version FROM automations WHERE company_id = :company")
        .param("company", company)
        .query(row -> {
          all.put(row.getString(1), new Switch(row.getLong(2) == 1, row.getLong(3)));
        });
    return all;
  }

  static void set(Sql sql, Caller caller, Automation automation, boolean enabled, Instant now) {
    sql.sql(
            """
            INSERT INTO automations (company_id, name, enabled, version, changed_at, changed_by)
            VALUES (:company, :name, :enabled, 1, :now, :by)
            ON CONFLICT (company_id, name) DO UPDATE SET enabled = excluded.enabled, version = automations.version + 1,
              changed_at = excluded.changed_at, changed_by = excluded.changed_by
            """)
        .param("company", caller.company())
        .param("name", automation.word())
        .param("enabled", Sql.bit(enabled))
        .param("now", now.toEpochMilli())
        .param("by", caller.name())
        .update();
  }
}
