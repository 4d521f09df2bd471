package org.postroom.secrets;

import java.time.Instant;
import java.util.Optional;
import org.postroom.db.Sql;

/** The statements about keys that nodes share, and about which key is in use. */
final class KeyRows {
  private static final String SHARED = "shared_key";
  private static final String CHANGED = "shared_key_changed";
  private static final String MARK = "sealing_key";

  private KeyRows() {}

  static Optional<String> shared(Sql sql) {
    return value(sql, SHARED);
  }

  /** What lies there afterwards: another node's where that was faster. */
  static String share(Sql sql, String sealed) {
    insert(sql, SHARED, sealed);
    return shared(sql).orElseThrow();
  }

  /** When the keys last became others; the first ones were there from the beginning. */
  static Instant changed(Sql sql) {
    return Instant.ofEpochMilli(value(sql, CHANGED).map(Long::valueOf).orElse(0L));
  }

  static void changed(Sql sql, Instant now) {
    set(sql, CHANGED, Long.toString(now.toEpochMilli()));
  }

  static boolean replaceShared(Sql sql, String before, String sealed) {
    return sql.sql(
                "UPDATE installation SET value = :sealed WHERE name = 'shared_key' AND value = :before")
            .param("sealed", sealed)
            .param("before", before)
            .update()
        == 1;
  }

  /** The id of the key that new secrets are sealed with. */
  static Optional<String> marked(Sql sql) {
    return value(sql, MARK);
  }

  /** What is marked afterwards: another node's where that was faster. */
  static String markFirst(Sql sql, String id) {
    insert(sql, MARK, id);
    return marked(sql).orElseThrow();
  }

  static void mark(Sql sql, String id) {
    set(sql, MARK, id);
  }

  private static void set(Sql sql, String name, String value) {
    insert(sql, name, value);
    sql.sql("UPDATE installation SET value = :value WHERE name = :name")
        .param("value", value)
        .param("name", name)
        .update();
  }

  private static void insert(Sql sql, String name, String value) {
    sql.sql(
            "INSERT INTO installation (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING")
        .param("name", name)
        .param("value", value)
        .update();
  }

  private static Optional<String> value(Sql sql, String name) {
    return sql.sql("SELECT value FROM installation WHERE name = :name")
        .param("name", name)
        .query(String.class)
        .optional();
  }
}
