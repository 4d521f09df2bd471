package org.postroom.demo;

import java.util.Optional;
import org.postroom.db.Sql;

/** What of the demo is in this database: marks beside the installation's own. */
final class DemoRows {
  /** The company's id. */
  static final String COMPANY = "demo_company";

  /** Its business has been told and its mail been sent. */
  static final String FILLED = "demo_filled";

  private DemoRows() {}

  static Optional<String> find(Sql sql, String name) {
    return sql.sql("SELECT value FROM installation WHERE name = :name")
        .param("name", name)
        .query(String.class)
        .optional();
  }

  /** False where the mark is there already. */
  static boolean mark(Sql sql, String name, String value) {
    return sql.sql(
                "INSERT INTO installation (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING")
            .param("name", name)
            .param("value", value)
            .update()
        == 1;
  }
}
