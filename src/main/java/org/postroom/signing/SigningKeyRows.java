package org.postroom.signing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;
import org.postroom.mail.DkimKey.Algorithm;
import org.postroom.mail.DkimRecord;
import org.postroom.signing.SigningKey.Entry;
import org.postroom.signing.SigningKey.State;

/** The SQL of signing keys. */
final class SigningKeyRows {
  private SigningKeyRows() {}

  /** A key with its private halves, sealed. */
  record Sealed(SigningKey key, String rsa, String ed25519) {
    String secret(Algorithm algorithm) {
      return algorithm == Algorithm.RSA ? rsa : ed25519;
    }

    @Override
    public String toString() {
      return "Sealed[" + key + "]";
    }
  }

  /** False while another key for the domain waits. */
  static boolean insert(Sql sql, Sealed sealed) {
    SigningKey key = sealed.key();
    Entry rsa = entry(key, Algorithm.RSA);
    Entry ed = entry(key, Algorithm.ED25519);
    return sql.sql(
                """
                INSERT INTO dkim_keys (company_id, id, domain, state, rsa_selector, rsa_public,
                  rsa_private, rsa_published, ed_selector, ed_public, ed_private,
                  ed_published, created_at)
                VALUES (:company, :id, :domain, :state, :rsa_selector, :rsa_public, :rsa_private,
                  :rsa_published, :ed_selector, :ed_public, :ed_private, :ed_published, :now)
                ON CONFLICT DO NOTHING
                """)
            .param("company", key.company())
            .param("id", key.id())
            .param("domain", key.domain())
            .param("state", word(key.state()))
            .param("rsa_selector", rsa.selector())
            .param("rsa_public", rsa.record().key())
            .param("rsa_private", sealed.rsa())
            .param("rsa_published", rsa.published().word())
            .param("ed_selector", ed.selector())
            .param("ed_public", ed.record().key())
            .param("ed_private", sealed.ed25519())
            .param("ed_published", ed.published().word())
            .param("now", key.createdAt().toEpochMilli())
            .update()
        == 1;
  }

  static Optional<SigningKey> find(Sql sql, String company, String id) {
    return sql.sql("SELECT * FROM dkim_keys WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .query((row, number) -> key(row))
        .optional();
  }

  static Optional<Sealed> active(Sql sql, String company, String domain) {
    return sql.sql(
            """
            SELECT * FROM dkim_keys
            WHERE company_id = :company AND domain = :domain AND state = 'active'
            """)
        .param("company", company)
        .param("domain", domain)
        .query((row, number) ->
            new Sealed(key(row), row.getString("rsa_private"), row.getString("ed_private")))
        .optional();
  }

  static List<SigningKey> ofDomain(Sql sql, String company, String domain) {
    return sql.sql(
            """
            SELECT * FROM dkim_keys WHERE company_id = :company AND domain = :domain ORDER BY id
            """)
        .param("company", company)
        .param("domain", domain)
        .query((row, number) -> key(row))
        .list();
  }

  static List<SigningKey> list(Sql sql, String company, int most, @Nullable String after) {
    return sql.sql(
            """
            SELECT * FROM dkim_keys WHERE company_id = :company AND id > :after
            ORDER BY id LIMIT :most
            """)
        .param("company", company)
        .param("after", after == null ? "" : after)
        .param("most", most)
        .query((row, number) -> key(row))
        .list();
  }

  static long count(Sql sql, String company) {
    return sql.sql("SELECT COUNT(*) FROM dkim_keys WHERE company_id = :company")
        .param("company", company)
        .query(Long.class)
        .single();
  }

  /** Lets changes of one domain's keys pass one by one. */
  static void lock(Sql sql, String company, String domain) {
    sql.sql("UPDATE dkim_keys SET state = state WHERE company_id = :company AND domain = :domain")
        .param("company", company)
        .param("domain", domain)
        .update();
  }

  /** Whoever signed for the domain until now does not any more. */
  static void retireActive(Sql sql, String company, String domain) {
    sql.sql(
            """
            UPDATE dkim_keys SET state = 'retired', active_since = NULL
            WHERE company_id = :company AND domain = :domain AND state = 'active'
            """)
        .param("company", company)
        .param("domain", domain)
        .update();
  }

  static void state(Sql sql, String company, String id, State state, @Nullable Instant since) {
    sql.sql(
            """
            UPDATE dkim_keys SET state = :state, active_since = :since
            WHERE company_id = :company AND id = :id
            """)
        .param("company", company)
        .param("id", id)
        .param("state", word(state))
        .param("since", Sql.millis(since), Types.BIGINT)
        .update();
  }

  static void seen(Sql sql, SigningKey key, Instant now) {
    sql.sql(
            """
            UPDATE dkim_keys SET rsa_published = :rsa, ed_published = :ed, checked_at = :now
            WHERE company_id = :company AND id = :id
            """)
        .param("company", key.company())
        .param("id", key.id())
        .param("rsa", entry(key, Algorithm.RSA).published().word())
        .param("ed", entry(key, Algorithm.ED25519).published().word())
        .param("now", now.toEpochMilli())
        .update();
  }

  static int delete(Sql sql, String company, String id) {
    return sql.sql("DELETE FROM dkim_keys WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .update();
  }

  private static SigningKey key(ResultSet row) throws SQLException {
    return new SigningKey(
        row.getString("company_id"),
        row.getString("id"),
        row.getString("domain"),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        List.of(entry(row, Algorithm.RSA, "rsa"), entry(row, Algorithm.ED25519, "ed")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        moment(row, "active_since"),
        moment(row, "checked_at"));
  }

  private static Entry entry(ResultSet row, Algorithm algorithm, String column)
      throws SQLException {
    return new Entry(
        row.getString(column + "_selector"),
        new DkimRecord(algorithm, row.getString(column + "_public")),
        Published.valueOf(row.getString(column + "_published").toUpperCase(Locale.ROOT)));
  }

  private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static Entry entry(SigningKey key, Algorithm algorithm) {
    return key.entries().stream()
        .filter(each -> each.algorithm() == algorithm)
        .findFirst()
        .orElseThrow();
  }

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
