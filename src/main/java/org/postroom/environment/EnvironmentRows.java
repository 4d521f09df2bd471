package org.postroom.environment;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Ids;
import org.postroom.db.Sql;

/**
 * The one row of {@code installation_environment}: to which environment the database belongs, and
 * which foreign one may use it as a test copy.
 */
final class EnvironmentRows {
  private EnvironmentRows() {}

  /** What the row makes of an environment. */
  static Standing standing(Sql sql, String environment) {
    return sql.sql("SELECT id, test_copy FROM installation_environment WHERE slot = 1")
        .query((row, n) -> standing(environment, row.getString(1), row.getString(2)))
        .optional()
        .orElse(Standing.MUTED);
  }

  /**
   * @param owner to whom the database belongs
   * @param testCopy who may use it to test with
   */
  static Standing standing(String environment, String owner, @Nullable String testCopy) {
    if (environment.equals(owner)) return Standing.ORIGINAL;
    return environment.equals(testCopy) ? Standing.TEST_COPY : Standing.MUTED;
  }

  static Optional<String> owner(Sql sql) {
    return sql.sql("SELECT id FROM installation_environment WHERE slot = 1")
        .query(String.class)
        .optional();
  }

  /** A database that belongs to nobody belongs to whoever comes first. */
  static void adopt(Sql sql, String environment) {
    sql.sql(
            """
            INSERT INTO installation_environment (slot, id, test_copy, changed_at) VALUES (1, :id, NULL, :now)
            ON CONFLICT (slot) DO NOTHING
            """)
        .param("id", environment)
        .param("now", sql.now().toEpochMilli())
        .update();
  }

  static void become(Sql sql, String environment, Standing standing) {
    String change =
        switch (standing) {
          case ORIGINAL -> "id = :id, test_copy = NULL";
          case TEST_COPY -> "test_copy = :id";
          case MUTED -> "test_copy = CASE WHEN test_copy = :id THEN NULL ELSE test_copy END";
        };
    sql.sql("UPDATE installation_environment SET " + change + ", changed_at = :now WHERE slot = 1")
        .param("id", environment)
        .param("now", sql.now().toEpochMilli())
        .update();
  }

  /** From now on it belongs to nobody that runs. */
  static void restored(Sql sql) {
    sql.sql(
            """
            INSERT INTO installation_environment (slot, id, test_copy, changed_at) VALUES (1, :id, NULL, :now)
            ON CONFLICT (slot) DO UPDATE SET id = excluded.id, test_copy = NULL, changed_at = excluded.changed_at
            """)
        .param("id", Ids.next("restored"))
        .param("now", sql.now().toEpochMilli())
        .update();
  }

  static Optional<Instant> belongsSince(Sql sql) {
    return sql.sql(
            "SELECT changed_at FROM installation_environment WHERE slot = 1 AND id NOT LIKE 'restored!_%' ESCAPE '!'")
        .query((row, n) -> Instant.ofEpochMilli(row.getLong(1)))
        .optional();
  }
}
