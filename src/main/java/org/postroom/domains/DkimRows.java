package org.postroom.domains;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.postroom.db.Sql;

/** The SQL of DKIM keys. */
final class DkimRows {
  private static final String COLUMNS =
      "id, domain, selector, algorithm, public_key, private_key, active, created_at";

  /** A key with its sealed private half. */
  record Sealed(DkimKey key, String secret) {}

  private DkimRows() {}

  static void insert(Sql sql, String company, DkimKey key, String sealed) {
    sql.sql(
            """
            INSERT INTO dkim_keys (company_id, id, domain, selector, algorithm, public_key,
              private_key, active, created_at)
            VALUES (:company, :id, :domain, :selector, :algorithm, :public, :private, :active, :at)
            """)
        .param("company", company)
        .param("id", key.id())
        .param("domain", key.domain())
        .param("selector", key.selector())
        .param("algorithm", key.algorithm().word())
        .param("public", key.publicKey())
        .param("private", sealed)
        .param("active", Sql.bit(key.active()))
        .param("at", key.createdAt().toEpochMilli())
        .update();
  }

  static List<DkimKey> list(Sql sql, String company, int limit, String after) {
    return sql.sql(
            "SELECT "
                + COLUMNS
                + " FROM dkim_keys WHERE company_id = :company AND id > :after"
                + " ORDER BY id LIMIT :limit")
        .param("company", company)
        .param("after", after)
        .param("limit", limit)
        .query((row, n) -> sealed(row).key())
        .list();
  }

  static List<Sealed> ofDomain(Sql sql, String company, String domain) {
    return sql.sql(
            "SELECT "
                + COLUMNS
                + " FROM dkim_keys WHERE company_id = :company AND domain = :domain ORDER BY id")
        .param("company", company)
        .param("domain", domain)
        .query((row, n) -> sealed(row))
        .list();
  }

  static Optional<DkimKey> find(Sql sql, String company, String id) {
    return sql.sql("SELECT " + COLUMNS + " FROM dkim_keys WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .query((row, n) -> sealed(row).key())
        .optional();
  }

  static boolean activate(Sql sql, String company, String id, boolean active) {
    return sql.sql("UPDATE dkim_keys SET active = :active WHERE company_id = :company AND id = :id")
            .param("active", Sql.bit(active))
            .param("company", company)
            .param("id", id)
            .update()
        > 0;
  }

  /** Only one that does not sign. */
  static boolean delete(Sql sql, String company, String id) {
    return sql.sql("DELETE FROM dkim_keys WHERE company_id = :company AND id = :id AND active = 0")
            .param("company", company)
            .param("id", id)
            .update()
        > 0;
  }

  private static Sealed sealed(ResultSet row) throws SQLException {
    return new Sealed(
        new DkimKey(
            row.getString("id"),
            row.getString("domain"),
            row.getString("selector"),
            DkimKey.Algorithm.valueOf(row.getString("algorithm").toUpperCase(Locale.ROOT)),
            row.getString("public_key"),
            row.getLong("active") != 0,
            Objects.requireNonNull(Sql.instant(row.getLong("created_at")))),
        row.getString("private_key"));
  }
}
