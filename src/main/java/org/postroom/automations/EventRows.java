package org.postroom.automations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.automations.BusinessEvent.Outcome;
import org.postroom.automations.BusinessEvent.State;
import org.postroom.db.Ids;
import org.postroom.db.Node;
import org.postroom.db.Sql;

/** The rows of events and what became of them. */
final class EventRows {
  private EventRows() {}

  /** The id of a new event, or empty when the same was told before. */
  static Optional<String> insert(Sql sql, Caller caller, Told told, Instant now) {
    return sql.sql(
            """
            INSERT INTO business_events (company_id, id, source, source_id, type, document_kind, document_number, state,
              told_by, told_by_name, occurred_at, received_at, lease_until, tries)
            VALUES (:company, :id, :source, :sourceId, :type, :kind, :number, 'accepted', :by, :byName, :occurred, :now, 0, 0)
            ON CONFLICT (company_id, source, source_id) DO NOTHING RETURNING id
            """)
        .param("company", caller.company())
        .param("id", Ids.next("evt"))
        .param("source", told.source())
        .param("sourceId", told.sourceId())
        .param("type", told.type().word())
        .param("kind", told.documentKind())
        .param("number", told.documentNumber())
        .param("by", caller.id())
        .param("byName", caller.name())
        .param("occurred", Sql.millis(told.occurredAt()), Types.BIGINT)
        .param("now", now.toEpochMilli())
        .query(String.class)
        .optional();
  }

  static BusinessEvent bySource(Sql sql, String company, String source, String sourceId) {
    return sql.sql(
            "SELECT * FROM business_events WHERE company_id = :company AND source = :source AND source_id = :id")
        .param("company", company)
        .param("source", source)
        .param("id", sourceId)
        .query((row, n) -> event(sql, row))
        .single();
  }

  static Optional<BusinessEvent> find(Sql sql, String company, String id) {
    return sql.sql("SELECT * FROM business_events WHERE company_id = :company AND id = :id")
        .param("company", company)
        .param("id", id)
        .query((row, n) -> event(sql, row))
        .optional();
  }

  static List<BusinessEvent> list(Sql sql, String company, int limit, @Nullable String cursor) {
    return sql.sql(
            "SELECT * FROM business_events WHERE company_id = :company AND id < :cursor ORDER BY id DESC LIMIT :limit")
        .param("company", company)
        .param("cursor", cursor == null ? "evt_~" : cursor)
        .param("limit", limit)
        .query((row, n) -> event(sql, row))
        .list();
  }

  /**
   * Takes open events for a while; the lease only avoids double work, the outcome's key forbids
   * double mail.
   */
  static List<BusinessEvent> take(Sql sql, int most, Node node, Instant now, Instant until) {
    List<String[]> keys =
        sql.sql(
                """
                UPDATE business_events SET lease_until = :until, lease_owner = :node, tries = tries + 1
                WHERE (company_id, id) IN (
                  SELECT company_id, id FROM business_events WHERE state = 'accepted' AND lease_until <= :now
                  ORDER BY received_at LIMIT :most %s)
                RETURNING company_id, id
                """
                    .formatted(sql.dialect().skipLocked()))
            .param("until", until.toEpochMilli())
            .param("node", node.name())
            .param("now", now.toEpochMilli())
            .param("most", most)
            .query((row, n) -> new String[] {row.getString(1), row.getString(2)})
            .list();
    return keys.stream().map(key -> find(sql, key[0], key[1]).orElseThrow()).toList();
  }

  /** What an earlier life of the node had taken is open again. */
  static int giveBack(Sql sql, Node node) {
    return sql.sql(
            "UPDATE business_events SET lease_until = 0 WHERE state = 'accepted' AND lease_until > 0 AND (:alone = 1 OR lease_owner = :node)")
        .param("alone", Sql.bit(node.alone()))
        .param("node", node.name())
        .update();
  }

  /** True for exactly one caller: the one whose transaction ends the event. */
  static boolean end(Sql sql, BusinessEvent event, State state, Instant now) {
    return sql.sql(
                "UPDATE business_events SET state = :state, handled_at = :now WHERE company_id = :company AND id = :id AND state = 'accepted'")
            .param("state", state.word())
            .param("now", now.toEpochMilli())
            .param("company", event.company())
            .param("id", event.id())
            .update()
        == 1;
  }

  static void outcome(Sql sql, BusinessEvent event, Outcome outcome, Instant now) {
    sql.sql(
            """
            INSERT INTO event_outcomes (company_id, event_id, automation, message_id, code, skipped, at)
            VALUES (:company, :event, :automation, :message, :code, :skipped, :at)
            """)
        .param("company", event.company())
        .param("event", event.id())
        .param("automation", outcome.automation())
        .param("message", outcome.message(), Types.VARCHAR)
        .param("code", outcome.code(), Types.VARCHAR)
        .param("skipped", outcome.skipped(), Types.VARCHAR)
        .param("at", now.toEpochMilli())
        .update();
  }

  /** An event that was told before its document is looked at once more; nothing else ever is. */
  static boolean reopen(Sql sql, BusinessEvent event) {
    int removed =
        sql.sql(
                "DELETE FROM event_outcomes WHERE company_id = :company AND event_id = :event AND code = 'unknown_document'")
            .param("company", event.company())
            .param("event", event.id())
            .update();
    return removed > 0
        && sql.sql(
                    "UPDATE business_events SET state = 'accepted', lease_until = 0, handled_at = NULL WHERE company_id = :company AND id = :id AND state = 'skipped'")
                .param("company", event.company())
                .param("id", event.id())
                .update()
            == 1;
  }

  private static BusinessEvent event(Sql sql, ResultSet row) throws SQLException {
    String company = row.getString("company_id");
    String id = row.getString("id");
    Number occurred = (Number) row.getObject("occurred_at");
    Number handled = (Number) row.getObject("handled_at");
    return new BusinessEvent(
        company,
        id,
        row.getString("source"),
        row.getString("source_id"),
        EventType.of(row.getString("type")).orElseThrow(),
        row.getString("document_kind"),
        row.getString("document_number"),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getString("told_by"),
        row.getString("told_by_name"),
        occurred == null ? null : Instant.ofEpochMilli(occurred.longValue()),
        Instant.ofEpochMilli(row.getLong("received_at")),
        handled == null ? null : Instant.ofEpochMilli(handled.longValue()),
        outcomes(sql, company, id));
  }

  private static List<Outcome> outcomes(Sql sql, String company, String event) {
    return sql.sql(
            "SELECT * FROM event_outcomes WHERE company_id = :company AND event_id = :event ORDER BY automation")
        .param("company", company)
        .param("event", event)
        .query((row, n) ->
            new Outcome(
                row.getString("automation"),
                row.getString("message_id"),
                row.getString("code"),
                row.getString("skipped")))
        .list();
  }
}
