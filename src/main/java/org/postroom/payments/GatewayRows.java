package org.postroom.payments;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;

/** The SQL of stored gateways. */
final class GatewayRows {
  private GatewayRows() {}

  /** A gateway with its secrets, sealed. */
  record Sealed(
      Gateway gateway, @Nullable String secret, @Nullable String hook, @Nullable String before) {
    @Override
    public String toString() {
      return "Sealed[" + gateway.id() + "]";
    }
  }

  static List<Gateway> list(Sql sql, String company) {
    return sql.sql(
            "SELECT * FROM payment_gateways WHERE company_id = :company ORDER BY position, id")
        .param("company", company)
        .query((row, number) -> gateway(row))
        .list();
  }

  static Optional<Sealed> find(Sql sql, String company, String id) {
    return sql.sql("SELECT * FROM payment_gateways WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .query((row, number) -> sealed(row))
        .optional();
  }

  /** Whosever it is: providers know nothing but the id. */
  static Optional<Sealed> called(Sql sql, String id) {
    return sql.sql("SELECT * FROM payment_gateways WHERE id = :id")
        .param("id", id)
        .query((row, number) -> sealed(row))
        .optional();
  }

  /** Lets changes of one company's gateways pass one by one. */
  static void lock(Sql sql, String company) {
    sql.sql("UPDATE payment_gateways SET position = position WHERE company_id = :company")
        .param("company", company)
        .update();
  }

  /** New or changed; false where the company has a transfer already. */
  static boolean put(Sql sql, Sealed sealed) {
    Gateway it = sealed.gateway();
    Gateway.Address address = it.address();
    Gateway.Mode mode = it.keys().mode();
    return sql.sql(
                """
                INSERT INTO payment_gateways (company_id, id, position, kind, title, enabled,
                  currencies, pattern, signature_parameter, mode, secret, hook_secret,
                  hook_secret_before, before_until, created_at, version)
                SELECT :company, :id, :position, :kind, :title, :enabled, :currencies, :pattern,
                  :signature, :mode, :secret, :hook, :before, :until, :created, 1
                WHERE :kind <> 'bank' OR NOT EXISTS (SELECT 1 FROM payment_gateways
                  WHERE company_id = :company AND kind = 'bank' AND id <> :id)
                ON CONFLICT (company_id, id) DO UPDATE SET title = excluded.title,
                  enabled = excluded.enabled, currencies = excluded.currencies,
                  pattern = excluded.pattern, signature_parameter = excluded.signature_parameter,
                  mode = excluded.mode, secret = excluded.secret,
                  hook_secret = excluded.hook_secret,
                  hook_secret_before = excluded.hook_secret_before,
                  before_until = excluded.before_until, trouble = NULL, trouble_at = NULL,
                  version = payment_gateways.version + 1
                """)
            .param("company", it.company())
            .param("id", it.id())
            .param("position", it.position(), Types.BIGINT)
            .param("kind", it.kindWord(), Types.VARCHAR)
            .param("title", it.title(), Types.VARCHAR)
            .param("enabled", Sql.bit(it.enabled()), Types.BIGINT)
            .param("currencies", String.join(" ", it.currencies()), Types.VARCHAR)
            .param("pattern", address == null ? null : address.pattern(), Types.VARCHAR)
            .param("signature", address == null ? null : address.signature(), Types.VARCHAR)
            .param("mode", mode == null ? null : mode.word(), Types.VARCHAR)
            .param("secret", sealed.secret(), Types.VARCHAR)
            .param("hook", sealed.hook(), Types.VARCHAR)
            .param("before", sealed.before(), Types.VARCHAR)
            .param("until", Sql.millis(it.keys().beforeUntil()), Types.BIGINT)
            .param("created", it.createdAt().toEpochMilli(), Types.BIGINT)
            .update()
        == 1;
  }

  static void position(Sql sql, String company, String id, int position) {
    sql.sql(
            "UPDATE payment_gateways SET position = :position"
                + " WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .param("position", position)
        .update();
  }

  static void delete(Sql sql, String company, String id) {
    for (String table : List.of("gateway_events", "stripe_sessions"))
      sql.sql("DELETE FROM " + table + " WHERE company_id = :company AND gateway_id = :id")
          .param("company", company)
          .param("id", id)
          .update();
    sql.sql("DELETE FROM payment_gateways WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .update();
  }

  /** Why customers could not be sent there, or null where they could. */
  static void trouble(Sql sql, String company, String id, @Nullable String trouble) {
    sql.sql(
            """
            UPDATE payment_gateways SET trouble = :trouble, trouble_at = :at
            WHERE company_id = :company AND id = :id
            """)
        .param("company", company)
        .param("id", id)
        .param("trouble", trouble, Types.VARCHAR)
        .param("at", trouble == null ? null : sql.now().toEpochMilli(), Types.BIGINT)
        .update();
  }

  static void heard(Sql sql, String company, String id, Instant at) {
    sql.sql("UPDATE payment_gateways SET heard_at = :at WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .param("at", at.toEpochMilli())
        .update();
  }

  private static Sealed sealed(ResultSet row) throws SQLException {
    return new Sealed(
        gateway(row),
        row.getString("secret"),
        row.getString("hook_secret"),
        row.getString("hook_secret_before"));
  }

  private static Gateway gateway(ResultSet row) throws SQLException {
    String pattern = row.getString("pattern");
    String currencies = row.getString("currencies");
    return new Gateway(
        row.getString("company_id"),
        row.getString("id"),
        Way.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("title"),
        row.getLong("enabled") == 1,
        row.getInt("position"),
        currencies.isEmpty() ? List.of() : List.of(currencies.split(" ")),
        pattern == null ? null : new Gateway.Address(pattern, row.getString("signature_parameter")),
        new Gateway.Keys(
            Gateway.Mode.of(row.getString("mode")).orElse(null),
            row.getString("secret") != null,
            row.getString("hook_secret") != null,
            moment(row, "before_until")),
        new Gateway.Heard(
            moment(row, "heard_at"), row.getString("trouble"), moment(row, "trouble_at")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        row.getLong("version"));
  }

  private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
