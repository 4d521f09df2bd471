package org.postroom.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;

final class KeyRows {
  private KeyRows() {}

  record Owned(String company, ApiKey key) {}

  static void insert(Sql sql, String company, ApiKey key, String hash) {
    sql.sql(
            """
            INSERT INTO api_keys (company_id, id, name, hash, hint, test, scopes, networks, created_at)
            VALUES (:company, :id, :name, :hash, :hint, :test, :scopes, :networks, :now)
            """)
        .param("company", company)
        .param("id", key.id())
        .param("name", key.name())
        .param("hash", hash)
        .param("hint", key.hint())
        .param("test", Sql.bit(key.test()))
        .param("scopes", String.join(" ", key.scopes().stream().map(Scope::code).toList()))
        .param("networks", String.join(" ", key.networks()))
        .param("now", key.createdAt().toEpochMilli())
        .update();
  }

  static Optional<Owned> byHash(Sql sql, String hash) {
    return sql.sql("SELECT * FROM api_keys WHERE hash = :hash")
        .param("hash", hash)
        .query((row, number) -> new Owned(row.getString("company_id"), key(row, number)))
        .optional();
  }

  static List<ApiKey> list(Sql sql, String company, int most, @Nullable String after) {
    return sql.sql(
            "SELECT * FROM api_keys WHERE company_id = :company AND id > :after ORDER BY id LIMIT :most")
        .param("company", company)
        .param("after", after == null ? "" : after)
        .param("most", most)
        .query(KeyRows::key)
        .list();
  }

  static int delete(Sql sql, String company, String id) {
    return sql.sql("DELETE FROM api_keys WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .update();
  }

  static void used(Sql sql, Owned owned) {
    sql.sql("UPDATE api_keys SET last_used_at = :now WHERE company_id = :company AND id = :id")
        .param("now", sql.now().toEpochMilli())
        .param("company", owned.company())
        .param("id", owned.key().id())
        .update();
  }

  private static ApiKey key(ResultSet row, int number) throws SQLException {
    long used = row.getLong("last_used_at");
    return new ApiKey(
        row.getString("id"),
        row.getString("name"),
        row.getString("hint"),
        row.getLong("test") == 1,
        words(row.getString("scopes")).stream().map(code -> Scope.of(code, "/scopes")).toList(),
        words(row.getString("networks")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        used == 0 ? null : Instant.ofEpochMilli(used));
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }
}
