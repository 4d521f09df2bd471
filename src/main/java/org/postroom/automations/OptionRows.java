package org.postroom.automations;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.postroom.access.Caller;
import org.postroom.automations.Automations.Setting;
import org.postroom.db.Sql;

/** The rows that say what is settled for automatic mails. No row: off, nothing settled. */
final class OptionRows {
  private OptionRows() {}

  /** By the automation's word; those nobody touched are absent. */
  static Map<String, Long> versions(Sql sql, String company) {
    Map<String, Long> versions = new HashMap<>();
    sql.sql("SELECT name, version FROM automations WHERE company_id = :company")
        .param("company", company)
        .query(row -> {
          versions.put(row.getString(1), row.getLong(2));
        });
    return versions;
  }

  static Setting find(Sql sql, String company, Automation automation) {
    return sql.sql(
            """
            SELECT enabled, options, version, changed_at, changed_by FROM automations
            WHERE company_id = :company AND name = :name
            """)
        .param("company", company)
        .param("name", automation.word())
        .query((row, n) ->
            new Setting(
                automation,
                OptionsJson.stored(row.getLong("enabled") == 1, row.getString("options")),
                row.getLong("version"),
                Instant.ofEpochMilli(row.getLong("changed_at")),
                row.getString("changed_by")))
        .optional()
        .orElseGet(() -> Setting.initial(automation));
  }

  static void set(Sql sql, Caller caller, Automation automation, Options options, Instant now) {
    sql.sql(
            """
            INSERT INTO automations (company_id, name, enabled, options, version, changed_at, changed_by)
            VALUES (:company, :name, :enabled, :options, 1, :now, :by)
            ON CONFLICT (company_id, name) DO UPDATE SET enabled = excluded.enabled, options = excluded.options,
              version = automations.version + 1, changed_at = excluded.changed_at, changed_by = excluded.changed_by
            """)
        .param("company", caller.company())
        .param("name", automation.word())
        .param("enabled", Sql.bit(options.enabled()))
        .param("options", OptionsJson.content(options))
        .param("now", now.toEpochMilli())
        .param("by", caller.name())
        .update();
  }
}
