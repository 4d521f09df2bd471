package org.postroom.reminders;

import java.time.Instant;
import org.postroom.db.Sql;

/** The table {@code reminder_work}: who looks through a company's invoices right now. */
final class WorkRows {
  private WorkRows() {}

  /** True where nobody else is at it. */
  static boolean take(Sql sql, String company, String owner, Instant now, Instant until) {
    return sql.sql(
                """
                INSERT INTO reminder_work (company_id, lease_until, lease_owner, after_partner)
                VALUES (:company, :until, :owner, '')
                ON CONFLICT (company_id) DO UPDATE SET lease_until = excluded.lease_until,
                  lease_owner = excluded.lease_owner
                WHERE reminder_work.lease_until <= :now
                """)
            .param("company", company)
            .param("owner", owner)
            .param("until", until.toEpochMilli())
            .param("now", now.toEpochMilli())
            .update()
        == 1;
  }

  /** Zero frees it. False where it is not ours any more. */
  static boolean renew(Sql sql, String company, String owner, Instant until) {
    return sql.sql(
                "UPDATE reminder_work SET lease_until = :until WHERE company_id = :company AND"
                    + " lease_owner = :owner")
            .param("company", company)
            .param("owner", owner)
            .param("until", until.toEpochMilli())
            .update()
        == 1;
  }

  /** Where the most of a day stopped the last look; empty for the start. */
  static String after(Sql sql, String company) {
    return sql.sql("SELECT after_partner FROM reminder_work WHERE company_id = :company")
        .param("company", company)
        .query(String.class)
        .optional()
        .orElse("");
  }

  static void after(Sql sql, String company, String partner) {
    sql.sql("UPDATE reminder_work SET after_partner = :partner WHERE company_id = :company")
        .param("company", company)
        .param("partner", partner)
        .update();
  }
}
