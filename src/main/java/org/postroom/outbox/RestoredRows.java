package org.postroom.outbox;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;
import org.postroom.environment.Environment;

/** What the installation knows of having been restored: a few values beside its others. */
final class RestoredRows {
  private RestoredRows() {}

  static void begin(Sql sql, String backup, Instant taken, Instant now) {
    Environment.restored(sql);
    put(sql, "restored.backup", backup);
    put(sql, "restored.taken", taken.toString());
    put(sql, "restored.at", now.toString());
    sql.sql("DELETE FROM installation WHERE name = 'restored.last_event'").update();
    sql.sql(
            "INSERT INTO installation (name, value) SELECT 'restored.last_event', max(id) FROM business_events HAVING max(id) IS NOT NULL")
        .update();
  }

  static Optional<Restored> find(Sql sql) {
    String taken = value(sql, "restored.taken");
    String at = value(sql, "restored.at");
    if (taken == null || at == null) return Optional.empty();
    return Optional.of(
        new Restored(
            Instant.parse(taken),
            Instant.parse(at),
            Environment.belongsSince(sql).orElse(null),
            value(sql, "restored.last_event")));
  }

  static long count(Sql sql, String company) {
    return sql.sql(
            "SELECT count(*) FROM messages WHERE company_id = :company AND state = 'held' AND hold = 'RESTORED'")
        .param("company", company)
        .query(Long.class)
        .single();
  }

  /** Some of them, the oldest first. */
  static List<String> ids(Sql sql, String company, int limit) {
    return sql.sql(
            "SELECT id FROM messages WHERE company_id = :company AND state = 'held' AND hold = 'RESTORED' ORDER BY id LIMIT :limit")
        .param("company", company)
        .param("limit", limit)
        .query((row, n) -> row.getString(1))
        .list();
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
