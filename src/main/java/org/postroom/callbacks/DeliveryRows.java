package org.postroom.callbacks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.callbacks.WebhookDelivery.Attempt;
import org.postroom.callbacks.WebhookDelivery.State;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import org.postroom.happenings.Happening;

/** The SQL of deliveries and their tries. */
final class DeliveryRows {
  private DeliveryRows() {}

  static String insert(Sql sql, Happening happening, String endpoint, Instant now) {
    String id = Ids.next("whd");
    sql.sql(
            """
            INSERT INTO webhook_deliveries (company_id, id, endpoint_id, happening_id, type, subject, state, attempts, fence,
              leased, due_at, created_at)
            VALUES (:company, :id, :endpoint, :happening, :type, :subject, 'pending', 0, 0, 0, :now, :now)
            """)
        .param("company", happening.company())
        .param("id", id)
        .param("endpoint", endpoint)
        .param("happening", happening.id())
        .param("type", happening.type())
        .param("subject", happening.subject())
        .param("now", now.toEpochMilli())
        .update();
    return id;
  }

  /** An endpoint for which something is due. */
  record Due(String company, String endpoint, boolean failing) {}

  static List<Due> due(Sql sql, Instant now) {
    return sql.sql(
            """
            SELECT e.company_id, e.id, e.failures FROM webhook_endpoints e
            WHERE e.active = 1 AND EXISTS (SELECT 1 FROM webhook_deliveries d
              WHERE d.company_id = e.company_id AND d.endpoint_id = e.id AND d.state = 'pending' AND d.due_at <= :now)
            """)
        .param("now", now.toEpochMilli())
        .query((row, n) -> new Due(row.getString(1), row.getString(2), row.getLong(3) >= 5))
        .list();
  }

  /** One delivery in hand, until its lease ends. */
  record Taken(String company, String endpoint, String id, String happening, long fence) {}

  /**
   * Takes at most so many; where whoever took them dies, they are due again when the lease ends.
   */
  static List<Taken> take(Sql sql, Due of, int most, Instant now, Instant until) {
    return sql.sql(
            """
            WITH picked AS MATERIALIZED (
              SELECT id FROM webhook_deliveries
              WHERE company_id = :company AND endpoint_id = :endpoint AND state = 'pending' AND due_at <= :now
              ORDER BY due_at, id LIMIT :most %s)
            UPDATE webhook_deliveries SET due_at = :until, leased = 1, fence = fence + 1
            WHERE company_id = :company AND id IN (SELECT id FROM picked)
            RETURNING id, happening_id, fence
            """
                .formatted(sql.dialect().skipLocked()))
        .param("company", of.company())
        .param("endpoint", of.endpoint())
        .param("now", now.toEpochMilli())
        .param("until", until.toEpochMilli())
        .param("most", most)
        .query((row, n) ->
            new Taken(
                of.company(), of.endpoint(), row.getString(1), row.getString(2), row.getLong(3)))
        .list();
  }

  /**
   * Ends a try.
   *
   * @param due null where there is no other
   * @return how many tries that makes; empty where it was taken by somebody else meanwhile
   */
  static Optional<Integer> settle(
      Sql sql,
      Taken taken,
      State state,
      @Nullable Instant due,
      @Nullable String note,
      Instant now) {
    return sql.sql(
            """
            UPDATE webhook_deliveries SET state = :state, leased = 0, attempts = attempts + 1, due_at = :due,
              settled_at = :settled, note = :note
            WHERE company_id = :company AND id = :id AND fence = :fence AND state = 'pending'
            RETURNING attempts
            """)
        .param("state", state.word())
        .param("due", due == null ? now.toEpochMilli() : due.toEpochMilli())
        .param("settled", due == null ? now.toEpochMilli() : null, Types.BIGINT)
        .param("note", note, Types.VARCHAR)
        .param("company", taken.company())
        .param("id", taken.id())
        .param("fence", taken.fence())
        .query(Integer.class)
        .optional();
  }

  /** How often it was tried since it was last sent again by hand. */
  static int tries(Sql sql, Taken taken) {
    return sql.sql(
            "SELECT attempts FROM webhook_deliveries WHERE company_id = :company AND id = :id")
        .param("company", taken.company())
        .param("id", taken.id())
        .query(Integer.class)
        .optional()
        .orElse(0);
  }

  static void attempt(Sql sql, Taken taken, Attempt attempt) {
    sql.sql(
            """
            INSERT INTO webhook_attempts (company_id, delivery_id, number, at, ms, url, status, reply, trouble)
            SELECT :company, :delivery, 1 + COALESCE(max(a.number), 0), :at, :ms, :url, :status, :reply, :trouble
            FROM webhook_attempts a WHERE a.company_id = :company AND a.delivery_id = :delivery
            """)
        .param("company", taken.company())
        .param("delivery", taken.id())
        .param("at", attempt.at().toEpochMilli())
        .param("ms", attempt.ms())
        .param("url", attempt.url())
        .param("status", attempt.status(), Types.BIGINT)
        .param("reply", attempt.reply(), Types.VARCHAR)
        .param("trouble", attempt.trouble(), Types.VARCHAR)
        .update();
  }

  static List<WebhookDelivery> list(
      Sql sql, String company, String endpoint, @Nullable State state, int most, String before) {
    var query =
        sql.sql(
                "SELECT * FROM webhook_deliveries WHERE company_id = :company AND endpoint_id = :endpoint AND id < :before"
                    + (state == null ? "" : " AND state = :state")
                    + " ORDER BY id DESC LIMIT :most")
            .param("company", company)
            .param("endpoint", endpoint)
            .param("before", before)
            .param("most", most);
    if (state != null) query = query.param("state", state.word());
    return query.query((row, n) -> delivery(row)).list();
  }

  static Optional<WebhookDelivery> find(Sql sql, String company, String endpoint, String id) {
    return sql.sql(
            "SELECT * FROM webhook_deliveries WHERE company_id = :company AND endpoint_id = :endpoint AND id = :id")
        .param("company", company)
        .param("endpoint", endpoint)
        .param("id", id)
        .query((row, n) -> delivery(row))
        .optional();
  }

  static List<Attempt> attempts(Sql sql, String company, String delivery) {
    return sql.sql(
            "SELECT * FROM webhook_attempts WHERE company_id = :company AND delivery_id = :delivery ORDER BY number")
        .param("company", company)
        .param("delivery", delivery)
        .query((row, n) -> {
          int status = row.getInt("status");
          return new Attempt(
              row.getInt("number"),
              Instant.ofEpochMilli(row.getLong("at")),
              row.getLong("ms"),
              row.getString("url"),
              status == 0 ? null : status,
              row.getString("reply"),
              row.getString("trouble"));
        })
        .list();
  }

  /** Due at once, with all tries before it; one that is under way goes on, and another follows. */
  static void again(Sql sql, String company, String id, Instant now) {
    sql.sql(
            """
            UPDATE webhook_deliveries SET state = 'pending', attempts = 0, fence = fence + 1, leased = 0, due_at = :now,
              settled_at = NULL
            WHERE company_id = :company AND id = :id
            """)
        .param("now", now.toEpochMilli())
        .param("company", company)
        .param("id", id)
        .update();
  }

  /** The same for what failed at an endpoint, the oldest first; how many. */
  static int againFailed(Sql sql, String company, String endpoint, int most, Instant now) {
    return sql.sql(
            """
            UPDATE webhook_deliveries SET state = 'pending', attempts = 0, fence = fence + 1, leased = 0, due_at = :now,
              settled_at = NULL
            WHERE company_id = :company AND id IN (
              SELECT id FROM webhook_deliveries
              WHERE company_id = :company AND endpoint_id = :endpoint AND state = 'failed' ORDER BY id LIMIT :most)
            """)
        .param("now", now.toEpochMilli())
        .param("company", company)
        .param("endpoint", endpoint)
        .param("most", most)
        .update();
  }

  static List<String> companies(Sql sql) {
    return sql.sql("SELECT DISTINCT company_id FROM webhook_endpoints")
        .query((row, n) -> row.getString(1))
        .list();
  }

  static int forget(Sql sql, String company, Instant before, int most) {
    List<String> old =
        sql.sql(
                "SELECT id FROM webhook_deliveries WHERE company_id = :company AND id < :floor ORDER BY id LIMIT :most")
            .param("company", company)
            .param("floor", Ids.floor("whd", before))
            .param("most", most)
            .query((row, n) -> row.getString(1))
            .list();
    if (old.isEmpty()) return 0;
    for (String statement :
        List.of(
            "DELETE FROM webhook_attempts WHERE company_id = :company AND delivery_id IN (:old)",
            "DELETE FROM webhook_deliveries WHERE company_id = :company AND id IN (:old)"))
      sql.sql(statement).param("company", company).param("old", old).update();
    return old.size();
  }

  private static WebhookDelivery delivery(ResultSet row) throws SQLException {
    State state = State.of(row.getString("state"));
    return new WebhookDelivery(
        row.getString("company_id"),
        row.getString("id"),
        row.getString("endpoint_id"),
        row.getString("happening_id"),
        row.getString("type"),
        row.getString("subject"),
        state,
        row.getInt("attempts"),
        row.getLong("leased") == 1,
        state == State.PENDING ? Instant.ofEpochMilli(row.getLong("due_at")) : null,
        Instant.ofEpochMilli(row.getLong("created_at")),
        EndpointRows.instant(row, "settled_at"),
        row.getString("note"));
  }
}
