package org.postroom.reminders;

import java.time.Instant;
import org.postroom.access.Caller;
import org.postroom.db.Sql;

/** The table {@code reminder_plans}. */
final class PlanRows {
  private PlanRows() {}

  /** The suggested one where the company settled nothing. */
  static ReminderPlan of(Sql sql, String company) {
    return sql.sql("SELECT content, version FROM reminder_plans WHERE company_id = :company")
        .param("company", company)
        .query((row, n) -> PlanJson.stored(row.getString(1)).at(row.getLong(2)))
        .optional()
        .orElse(ReminderPlan.SUGGESTED);
  }

  /** False where somebody wrote another version meanwhile. */
  static boolean save(Sql sql, Caller caller, ReminderPlan plan, Instant now) {
    return sql.sql(
                """
                INSERT INTO reminder_plans (company_id, content, version, changed_at, changed_by)
                VALUES (:company, :content, :version, :now, :by)
                ON CONFLICT (company_id) DO UPDATE SET content = excluded.content,
                  version = excluded.version, changed_at = excluded.changed_at,
                  changed_by = excluded.changed_by
                WHERE reminder_plans.version = excluded.version - 1
                """)
            .param("company", caller.company())
            .param("content", PlanJson.content(plan))
            .param("version", plan.version())
            .param("now", now.toEpochMilli())
            .param("by", caller.name())
            .update()
        == 1;
  }
}
