package org.postroom.payments;

import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.postroom.db.Sql;
import org.postroom.payments.GatewayEvent.Outcome;

/** The SQL of what providers told. */
final class GatewayEventRows {
  private GatewayEventRows() {}

  /** False where it was told before. */
  static boolean insert(Sql sql, Gateway gateway, Telling telling) {
    return sql.sql(
                """
                INSERT INTO gateway_events (company_id, gateway_id, id, type, link_id, reference,
                  outcome, words, received_at)
                VALUES (:company, :gateway, :id, :type, :link, :reference, 'ignored', '', :now)
                ON CONFLICT DO NOTHING
                """)
            .param("company", gateway.company())
            .param("gateway", gateway.id())
            .param("id", telling.id())
            .param("type", telling.type())
            .param("link", telling.told().link(), Types.VARCHAR)
            .param("reference", telling.told().reference(), Types.VARCHAR)
            .param("now", sql.now().toEpochMilli())
            .update()
        == 1;
  }

  static void outcome(Sql sql, Gateway gateway, String id, Outcome outcome, String words) {
    sql.sql(
            """
            UPDATE gateway_events SET outcome = :outcome, words = :words
            WHERE company_id = :company AND gateway_id = :gateway AND id = :id
            """)
        .param("company", gateway.company())
        .param("gateway", gateway.id())
        .param("id", id)
        .param("outcome", outcome.name().toLowerCase(Locale.ROOT))
        .param("words", words)
        .update();
  }

  /** The newest first. */
  static List<GatewayEvent> list(Sql sql, String company, String gateway, int most) {
    return sql.sql(
            """
            SELECT * FROM gateway_events WHERE company_id = :company AND gateway_id = :gateway
            ORDER BY received_at DESC, id LIMIT :most
            """)
        .param("company", company)
        .param("gateway", gateway)
        .param("most", most)
        .query((row, number) ->
            new GatewayEvent(
                row.getString("id"),
                row.getString("type"),
                row.getString("link_id"),
                row.getString("reference"),
                Outcome.valueOf(row.getString("outcome").toUpperCase(Locale.ROOT)),
                row.getString("words"),
                Instant.ofEpochMilli(row.getLong("received_at"))))
        .list();
  }

  static void forget(Sql sql, Instant before) {
    sql.sql("DELETE FROM gateway_events WHERE received_at < :before")
        .param("before", before.toEpochMilli())
        .update();
    sql.sql(
            "DELETE FROM stripe_sessions WHERE created_at < :before"
                + " AND state NOT IN ('open', 'processing')")
        .param("before", before.toEpochMilli())
        .update();
  }
}
