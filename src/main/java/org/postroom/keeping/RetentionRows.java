package org.postroom.keeping;

import java.util.HashMap;
import java.util.Map;
import org.postroom.db.Sql;

/** The table {@code retention}: what differs from the defaults. */
final class RetentionRows {
  private RetentionRows() {}

  static Map<String, Integer> days(Sql sql, String company) {
    Map<String, Integer> days = new HashMap<>();
    sql.sql("SELECT kind, days FROM retention WHERE company_id = :company")
        .param("company", company)
        .query(row -> {
          days.put(row.getString(1), row.getInt(2));
        });
    return days;
  }

  static void put(Sql sql, String company, String kind, int days) {
    sql.sql(
            """
            INSERT INTO retention (company_id, kind, days) VALUES (:company, :kind, :days)
            ON CONFLICT (company_id, kind) DO UPDATE SET days = excluded.days
            """)
        .param("company", company)
        .param("kind", kind)
        .param("days", days)
        .update();
  }
}
