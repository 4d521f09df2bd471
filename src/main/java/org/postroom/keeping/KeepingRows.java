package org.postroom.keeping;

import org.jspecify.annotations.Nullable;
import org.postroom.db.Dialect;
import org.postroom.db.Sql;

/** What the installation keeps about its backups. */
final class KeepingRows {
  private KeepingRows() {}

  static BackupSettings backups(Sql sql) {
    BackupSettings first = BackupSettings.first(sql.dialect() == Dialect.SQLITE);
    String nightly = value(sql, "backups.nightly");
    String keep = value(sql, "backups.keep");
    return new BackupSettings(
        nightly == null ? first.nightly() : nightly.equals("yes"),
        keep == null ? first.keep() : Integer.parseInt(keep));
  }

  static void backups(Sql sql, BackupSettings wanted) {
    put(sql, "backups.nightly", wanted.nightly() ? "yes" : "no");
    put(sql, "backups.keep", Integer.toString(wanted.keep()));
  }

  private static @Nullable String value(Sql sql, String name) {
    return sql.sql("SELECT value FROM installation WHERE name = :name")
        .param("name", name)
        .query(String.class)
        .optional()
        .orElse(null);
  }

  private static void put(Sql sql, String name, String value) {
    sql.sql(
            "INSERT INTO installation (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .param("name", name)
        .param("value", value)
        .update();
  }
}
