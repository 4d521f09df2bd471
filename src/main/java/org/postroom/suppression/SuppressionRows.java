package org.postroom.suppression;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;

/** The table {@code suppressions}: one row an address, lifted or not. */
final class SuppressionRows {
  private static final int AT_ONCE = 500;
  private static final String AFTER_ALL_IDS = "z";

  private SuppressionRows() {}

  /** Those that are blocked, by key. */
  static Map<String, Suppression> among(Sql sql, String company, Collection<String> keys) {
    Map<String, Suppression> found = new HashMap<>();
    List<String> all = List.copyOf(keys);
    for (int from = 0; from < all.size(); from += AT_ONCE)
      sql.sql(
              "SELECT * FROM suppressions WHERE company_id = :company AND address_key IN (:keys) AND lifted_at IS NULL")
          .param("company", company)
          .param("keys", all.subList(from, Math.min(all.size(), from + AT_ONCE)))
          .query(row -> {
            found.put(row.getString("address_key"), suppression(row));
          });
    return found;
  }

  static Optional<Suppression> find(Sql sql, String company, String key) {
    return Optional.ofNullable(among(sql, company, List.of(key)).get(key));
  }

  /** When somebody unblocked it last; empty where nobody did, or it is blocked again. */
  static Optional<Instant> liftedAt(Sql sql, String company, String key) {
    return sql.sql(
            "SELECT lifted_at FROM suppressions WHERE company_id = :company AND address_key = :key AND lifted_at IS NOT NULL")
        .param("company", company)
        .param("key", key)
        .query((row, n) -> Instant.ofEpochMilli(row.getLong(1)))
        .optional();
  }

  /** Blocks; false where it is blocked already, and stays so for the reason it has. */
  static boolean block(Sql sql, String key, Suppression suppression, @Nullable String by) {
    return sql.sql(
                """
                INSERT INTO suppressions (company_id, address_key, id, address, cause, since, by_id, by_name,
                  message_id, status, reply, note, lifted_at, lifted_by, lifted_note)
                VALUES (:company, :key, :id, :address, :cause, :since, :by, :byName,
                  :message, :status, :reply, :note, NULL, NULL, NULL)
                ON CONFLICT (company_id, address_key) DO UPDATE SET
                  id = excluded.id, address = excluded.address, cause = excluded.cause, since = excluded.since,
                  by_id = excluded.by_id, by_name = excluded.by_name, message_id = excluded.message_id,
                  status = excluded.status, reply = excluded.reply, note = excluded.note,
                  lifted_at = NULL, lifted_by = NULL, lifted_note = NULL
                WHERE suppressions.lifted_at IS NOT NULL
                """)
            .param("company", suppression.company())
            .param("key", key)
            .param("id", suppression.id())
            .param("address", suppression.address())
            .param("cause", suppression.cause().word())
            .param("since", suppression.since().toEpochMilli())
            .param("by", by, Types.VARCHAR)
            .param("byName", suppression.byName(), Types.VARCHAR)
            .param("message", suppression.message(), Types.VARCHAR)
            .param("status", suppression.status(), Types.VARCHAR)
            .param("reply", suppression.reply(), Types.VARCHAR)
            .param("note", suppression.note(), Types.VARCHAR)
            .update()
        == 1;
  }

  /** An address that is not blocked any more needs no trace at all. */
  static boolean erase(Sql sql, String company, String key, String erased) {
    sql.sql(
            "DELETE FROM suppressions WHERE company_id = :company AND address_key = :key AND lifted_at IS NOT NULL")
        .param("company", company)
        .param("key", key)
        .update();
    return sql.sql(
                """
                UPDATE suppressions SET address_key = :erased, address = '(erased)', reply = NULL, note = NULL, message_id = NULL
                WHERE company_id = :company AND address_key = :key
                """)
            .param("erased", erased)
            .param("company", company)
            .param("key", key)
            .update()
        == 1;
  }

  static boolean lift(
      Sql sql, String company, String key, Instant now, String by, @Nullable String note) {
    return sql.sql(
                """
                UPDATE suppressions SET lifted_at = :now, lifted_by = :by, lifted_note = :note
                WHERE company_id = :company AND address_key = :key AND lifted_at IS NULL
                """)
            .param("now", now.toEpochMilli())
            .param("by", by)
            .param("note", note, Types.VARCHAR)
            .param("company", company)
            .param("key", key)
            .update()
        == 1;
  }

  static List<Suppression> list(
      Sql sql, String company, SuppressionFilter filter, int limit, @Nullable String before) {
    var where =
        new ArrayList<>(List.of("company_id = :company", "lifted_at IS NULL", "id < :before"));
    Map<String, Object> params =
        new HashMap<>(
            Map.of(
                "company", company,
                "limit", limit,
                "before", before == null ? AFTER_ALL_IDS : before));
    if (filter.cause() != null) {
      where.add("cause = :cause");
      params.put("cause", filter.cause().word());
    }
    String text = filter.literal();
    if (text != null) {
      where.add("(address_key LIKE :text ESCAPE '!' OR lower(address) LIKE :text ESCAPE '!')");
      params.put("text", "%" + text + "%");
    }
    return sql.sql(
            "SELECT * FROM suppressions WHERE "
                + String.join(" AND ", where)
                + " ORDER BY id DESC LIMIT :limit")
        .params(params)
        .query((row, n) -> suppression(row))
        .list();
  }

  private static Suppression suppression(ResultSet row) throws SQLException {
    return new Suppression(
        row.getString("company_id"),
        row.getString("id"),
        row.getString("address"),
        Suppression.Cause.of(row.getString("cause")),
        Instant.ofEpochMilli(row.getLong("since")),
        row.getString("by_name"),
        row.getString("message_id"),
        row.getString("status"),
        row.getString("reply"),
        row.getString("note"));
  }
}
