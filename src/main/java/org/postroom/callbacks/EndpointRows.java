package org.postroom.callbacks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;
import org.postroom.happenings.HappeningType;

/** The SQL of endpoints. */
final class EndpointRows {
  private static final String ONE = " WHERE company_id = :company AND id = :id";

  private EndpointRows() {}

  /** With its secrets, sealed. */
  record Sealed(WebhookEndpoint endpoint, String secret, @Nullable String before) {
    @Override
    public String toString() {
      return "Sealed[" + endpoint.id() + "]";
    }
  }

  static List<WebhookEndpoint> list(Sql sql, String company) {
    return sql.sql("SELECT * FROM webhook_endpoints WHERE company_id = :company ORDER BY id")
        .param("company", company)
        .query((row, n) -> endpoint(row))
        .list();
  }

  static Optional<Sealed> find(Sql sql, String company, String id) {
    return sql.sql("SELECT * FROM webhook_endpoints" + ONE)
        .param("company", company)
        .param("id", id)
        .query((row, n) ->
            new Sealed(endpoint(row), row.getString("secret"), row.getString("secret_before")))
        .optional();
  }

  /** Lets changes of one company's endpoints pass one by one. */
  static void lock(Sql sql, String company) {
    sql.sql("UPDATE webhook_endpoints SET active = active WHERE company_id = :company")
        .param("company", company)
        .update();
  }

  static void insert(Sql sql, WebhookEndpoint it, String secret) {
    sql.sql(
            """
            INSERT INTO webhook_endpoints (company_id, id, url, description, events, active, secret, created_at, failures)
            VALUES (:company, :id, :url, :description, :events, :active, :secret, :created, 0)
            """)
        .param("company", it.company())
        .param("id", it.id())
        .param("url", it.url())
        .param("description", it.description())
        .param("events", words(it.events()))
        .param("active", Sql.bit(it.active()))
        .param("secret", secret)
        .param("created", it.createdAt().toEpochMilli())
        .update();
  }

  /** Whoever switches it on again begins anew: what failed before is forgotten. */
  static void change(Sql sql, WebhookEndpoint it, boolean anew) {
    sql.sql(
            "UPDATE webhook_endpoints SET url = :url, description = :description, events = :events, active = :active"
                + (anew
                    ? ", failures = 0, failing_since = NULL, off_at = NULL, off_reason = NULL, notice = NULL"
                    : "")
                + ONE)
        .param("url", it.url())
        .param("description", it.description())
        .param("events", words(it.events()))
        .param("active", Sql.bit(it.active()))
        .param("company", it.company())
        .param("id", it.id())
        .update();
  }

  static void rotate(
      Sql sql, WebhookEndpoint it, String secret, @Nullable String before, Instant until) {
    sql.sql(
            "UPDATE webhook_endpoints SET secret = :secret, secret_before = :before, before_until = :until"
                + ONE)
        .param("secret", secret)
        .param("before", before, Types.VARCHAR)
        .param("until", before == null ? null : until.toEpochMilli(), Types.BIGINT)
        .param("company", it.company())
        .param("id", it.id())
        .update();
  }

  static void delete(Sql sql, String company, String id) {
    for (String statement :
        List.of(
            """
            DELETE FROM webhook_attempts WHERE company_id = :company AND delivery_id IN
              (SELECT id FROM webhook_deliveries WHERE company_id = :company AND endpoint_id = :id)\
            """,
            "DELETE FROM webhook_deliveries WHERE company_id = :company AND endpoint_id = :id",
            "DELETE FROM webhook_endpoints" + ONE))
      sql.sql(statement).param("company", company).param("id", id).update();
  }

  static void succeeded(Sql sql, String company, String id, Instant now) {
    sql.sql(
            "UPDATE webhook_endpoints SET failures = 0, failing_since = NULL, last_trouble = NULL, last_success = :now"
                + ONE)
        .param("now", now.toEpochMilli())
        .param("company", company)
        .param("id", id)
        .update();
  }

  static void failed(Sql sql, String company, String id, String trouble, Instant now) {
    sql.sql(
            "UPDATE webhook_endpoints SET failures = failures + 1, failing_since = COALESCE(failing_since, :now),"
                + " last_trouble = :trouble, last_failure = :now"
                + ONE)
        .param("now", now.toEpochMilli())
        .param("trouble", trouble)
        .param("company", company)
        .param("id", id)
        .update();
  }

  /** False where it was off already. */
  static boolean switchOff(Sql sql, String company, String id, String reason, Instant now) {
    return sql.sql(
                "UPDATE webhook_endpoints SET active = 0, off_at = :now, off_reason = :reason, notice = NULL"
                    + ONE
                    + " AND active = 1")
            .param("now", now.toEpochMilli())
            .param("reason", reason)
            .param("company", company)
            .param("id", id)
            .update()
        == 1;
  }

  /** Switched off by failures, and nobody was told by mail. */
  static List<WebhookEndpoint> untold(Sql sql, String company) {
    return sql.sql(
            "SELECT * FROM webhook_endpoints WHERE company_id = :company AND off_at IS NOT NULL AND notice IS NULL")
        .param("company", company)
        .query((row, n) -> endpoint(row))
        .list();
  }

  /** False where another was faster. */
  static boolean told(Sql sql, String company, String id, String message) {
    return sql.sql(
                "UPDATE webhook_endpoints SET notice = :message"
                    + ONE
                    + " AND notice IS NULL AND off_at IS NOT NULL")
            .param("message", message)
            .param("company", company)
            .param("id", id)
            .update()
        == 1;
  }

  private static String words(Set<HappeningType> types) {
    return types.stream().sorted().map(HappeningType::word).collect(Collectors.joining(" "));
  }

  /** What a later version knew and this one does not is left out. */
  private static Set<HappeningType> types(String words) {
    return Arrays.stream(words.split(" "))
        .map(HappeningType::of)
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  static WebhookEndpoint endpoint(ResultSet row) throws SQLException {
    return new WebhookEndpoint(
        row.getString("company_id"),
        row.getString("id"),
        row.getString("url"),
        row.getString("description"),
        types(row.getString("events")),
        row.getLong("active") == 1,
        Instant.ofEpochMilli(row.getLong("created_at")),
        instant(row, "before_until"),
        row.getLong("failures"),
        instant(row, "failing_since"),
        instant(row, "last_success"),
        instant(row, "last_failure"),
        row.getString("last_trouble"),
        instant(row, "off_at"),
        row.getString("off_reason"));
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }
}
