package org.postroom.bounces;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.bounces.Bounce.Outcome;
import org.postroom.bounces.Bounce.Source;
import org.postroom.db.Sql;

/** The SQL of reports. */
final class BounceRows {
  private BounceRows() {}

  static void insert(Sql sql, Bounce bounce, String report, String address) {
    sql.sql(
            """
            INSERT INTO bounces (company_id, id, report, kind, address, reason, hard, status, reply_code, diagnostic,
              message_id, matched_by, outcome, source, account_id, at)
            VALUES (:company, :id, :report, :kind, :address, :reason, :hard, :status, :code, :diagnostic,
              :message, :matched, :outcome, :source, :account, :at)
            ON CONFLICT (company_id, report, address) DO NOTHING
            """)
        .param("company", bounce.company())
        .param("id", bounce.id())
        .param("report", report)
        .param("kind", bounce.kind().name())
        .param("address", address)
        .param("reason", bounce.reason().name())
        .param("hard", Sql.bit(bounce.hard()))
        .param("status", bounce.status(), Types.VARCHAR)
        .param("code", bounce.replyCode(), Types.BIGINT)
        .param("diagnostic", bounce.diagnostic())
        .param("message", bounce.message(), Types.VARCHAR)
        .param("matched", bounce.matchedBy(), Types.VARCHAR)
        .param("outcome", bounce.outcome().word())
        .param("source", bounce.source().word())
        .param("account", bounce.account(), Types.VARCHAR)
        .param("at", bounce.at().toEpochMilli())
        .update();
  }

  /** A report that fitted nothing when it first came. */
  static void matched(Sql sql, Bounce before, Bounce now) {
    sql.sql(
            """
            UPDATE bounces SET message_id = :message, matched_by = :matched, outcome = :outcome
            WHERE company_id = :company AND id = :id AND message_id IS NULL
            """)
        .param("message", now.message(), Types.VARCHAR)
        .param("matched", now.matchedBy(), Types.VARCHAR)
        .param("outcome", now.outcome().word())
        .param("company", before.company())
        .param("id", before.id())
        .update();
  }

  static Optional<Bounce> known(Sql sql, String company, String report, String address) {
    return sql.sql(
            "SELECT * FROM bounces WHERE company_id = :company AND report = :report AND address = :address")
        .param("company", company)
        .param("report", report)
        .param("address", address)
        .query((row, n) -> bounce(row))
        .optional();
  }

  static Optional<Bounce> find(Sql sql, String company, String id) {
    return sql.sql("SELECT * FROM bounces WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .query((row, n) -> bounce(row))
        .optional();
  }

  static List<Bounce> list(
      Sql sql, String company, BounceFilter filter, int limit, @Nullable String cursor) {
    var where = new StringBuilder("company_id = :company");
    Map<String, Object> params = new HashMap<>(Map.of("company", company, "limit", limit));
    narrow(where, params, filter);
    if (cursor != null) {
      where.append(" AND id < :cursor");
      params.put("cursor", cursor);
    }
    return sql.sql("SELECT * FROM bounces WHERE " + where + " ORDER BY id DESC LIMIT :limit")
        .params(params)
        .query((row, n) -> bounce(row))
        .list();
  }

  private static void narrow(StringBuilder where, Map<String, Object> params, BounceFilter filter) {
    if (filter.kind() != null) equal(where, params, "kind", filter.kind().name());
    if (filter.reason() != null) equal(where, params, "reason", filter.reason().name());
    if (filter.message() != null) equal(where, params, "message_id", filter.message());
    if (filter.matched() != null)
      where.append(" AND message_id IS ").append(filter.matched() ? "NOT NULL" : "NULL");
    if (filter.from() != null) {
      where.append(" AND at >= :from");
      params.put("from", filter.from().toEpochMilli());
    }
    if (filter.before() != null) {
      where.append(" AND at < :before");
      params.put("before", filter.before().toEpochMilli());
    }
    if (filter.text() != null && !filter.text().isBlank()) {
      where.append(" AND lower(address) LIKE :text ESCAPE '!'");
      String text = filter.text().strip().toLowerCase(Locale.ROOT);
      params.put("text", "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%");
    }
  }

  private static void equal(
      StringBuilder where, Map<String, Object> params, String column, String value) {
    where.append(" AND ").append(column).append(" = :").append(column);
    params.put(column, value);
  }

  private static Bounce bounce(ResultSet row) throws SQLException {
    int code = row.getInt("reply_code");
    Integer replyCode = row.wasNull() ? null : code;
    return new Bounce(
        row.getString("company_id"),
        row.getString("id"),
        Returned.Kind.valueOf(row.getString("kind")),
        row.getString("address"),
        Reason.valueOf(row.getString("reason")),
        row.getLong("hard") == 1,
        row.getString("status"),
        replyCode,
        row.getString("diagnostic"),
        row.getString("message_id"),
        row.getString("matched_by"),
        Outcome.of(row.getString("outcome")),
        Source.of(row.getString("source")),
        row.getString("account_id"),
        Instant.ofEpochMilli(row.getLong("at")));
  }
}
