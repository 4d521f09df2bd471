package org.postroom.calendar;

import java.util.Optional;
import org.postroom.db.Sql;

/** The table {@code calendars}. */
final class CalendarRows {
  private CalendarRows() {}

  static Optional<CalendarSettings> find(Sql sql, String company) {
    return sql.sql("SELECT content, version FROM calendars WHERE company_id = :company")
        .param("company", company)
        .query((row, number) -> CalendarJson.stored(row.getString(1)).at(row.getLong(2)))
        .optional();
  }

  /** Zero where somebody else wrote that version or a later one. */
  static int save(Sql sql, String company, CalendarSettings settings) {
    return sql.sql(
            """
            INSERT INTO calendars (company_id, content, version)
            VALUES (:company, :content, :version)
            ON CONFLICT (company_id) DO UPDATE SET
              content = excluded.content, version = excluded.version
            WHERE calendars.version = excluded.version - 1
            """)
        .param("company", company)
        .param("content", CalendarJson.content(settings))
        .param("version", settings.version())
        .update();
  }
}
