package org.postroom.automations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.access.Caller;
import org.postroom.automations.BusinessEvent.Outcome;
import org.postroom.automations.BusinessEvent.State;
import org.postroom.db.Ids;
import org.postroom.db.Node;
import org.postroom.db.Sql;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rows of events and what became of them. */
final class EventRows {
  /** Reasons that an event told again, or what it is about arriving, may lift. */
  static final List<String> UNDECIDED =
      List.of(Gates.UNKNOWN_DOCUMENT, Gates.UNKNOWN_PARTNER, Decide.NO_PACKING_SLIP);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private EventRows() {}

  /** The id of a new event, or empty when the same was told before. */
  static Optional<String> insert(Sql sql, Caller caller, Told told, Instant now) {
    return sql.sql(
            """
            INSERT INTO business_events (company_id, id, source, source_id, type, document_kind, document_number,
              occasion, facts, state, told_by, told_by_name, occurred_at, received_at, lease_until, tries)
            VALUES (:company, :id, :source, :sourceId, :type, :kind, :number,
              :occasion, :facts, 'accepted', :by, :byName, :occurred, :now, 0, 0)
            ON CONFLICT (company_id, source, source_id) DO NOTHING RETURNING id
            """)
        .param("company", caller.company())
        .param("id", Ids.next("evt"))
        .param("source", told.source())
        .param("sourceId", told.sourceId())
        .param("type", told.type().word())
        .param("kind", told.documentKind())
        .param("number", told.documentNumber())
        .param("occasion", told.occasion(), Types.VARCHAR)
        .param("facts", facts(told.facts()), Types.VARCHAR)
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

  /** Newest first; after a given event the oldest first. */
  static List<BusinessEvent> list(
      Sql sql, String company, EventFilter filter, int limit, @Nullable String cursor) {
    boolean forward = filter.after() != null;
    StringBuilder where = new StringBuilder("company_id = :company AND id ");
    where.append(forward ? "> :cursor" : "< :cursor");
    if (filter.type() != null) where.append(" AND type = :type");
    if (filter.state() != null) where.append(" AND state = :state");
    if (filter.about() != null)
      where.append(" AND document_kind = :kind AND document_number = :number");
    String start = forward ? filter.after() : "evt_~";
    StatementSpec statement =
        sql.sql(
                "SELECT * FROM business_events WHERE %s ORDER BY id %s LIMIT :limit"
                    .formatted(where, forward ? "ASC" : "DESC"))
            .param("company", company)
            .param("cursor", cursor == null ? start : cursor)
            .param("limit", limit);
    if (filter.type() != null) statement.param("type", filter.type().word());
    if (filter.state() != null) statement.param("state", filter.state().word());
    if (filter.about() != null)
      statement.param("kind", filter.about().kind()).param("number", filter.about().number());
    return statement.query((row, n) -> event(sql, row)).list();
  }

  /** Told since then, the newest first. */
  static List<BusinessEvent> ofType(
      Sql sql, String company, EventType type, Instant since, int most) {
    return sql.sql(
            """
            SELECT * FROM business_events
            WHERE company_id = :company AND type = :type AND received_at >= :since ORDER BY id DESC LIMIT :most
            """)
        .param("company", company)
        .param("type", type.word())
        .param("since", since.toEpochMilli())
        .param("most", most)
        .query((row, n) -> event(sql, row))
        .list();
  }

  /**
   * Takes open events for a while; the lease only avoids double work, the outcome's key forbids
   * double mail.
   */
  static List<BusinessEvent> take(Sql sql, int most, Node node, Instant now, Instant until) {
    // Materialized: PostgreSQL may run a subquery with LIMIT and SKIP LOCKED more than once.
    List<String[]> keys =
        sql.sql(
                """
                WITH picked AS MATERIALIZED (
                  SELECT company_id, id FROM business_events WHERE state = 'accepted' AND lease_until <= :now
                  ORDER BY received_at LIMIT :most %s)
                UPDATE business_events SET lease_until = :until, lease_owner = :node, tries = tries + 1
                WHERE (company_id, id) IN (SELECT company_id, id FROM picked)
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

  /**
   * True for exactly one caller: the one whose transaction ends the event.
   *
   * @param waits whether it is looked at again when what it is about arrives
   */
  static boolean end(Sql sql, BusinessEvent event, State state, boolean waits, Instant now) {
    return sql.sql(
                """
                UPDATE business_events SET state = :state, waits = :waits, handled_at = :now
                WHERE company_id = :company AND id = :id AND state = 'accepted'
                """)
            .param("state", state.word())
            .param("waits", Sql.bit(waits))
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

  /**
   * What could not be decided is looked at once more; nothing else ever is. True where there was
   * something.
   */
  static boolean reopen(Sql sql, String company, String event) {
    int removed =
        sql.sql(
                """
                DELETE FROM event_outcomes WHERE company_id = :company AND event_id = :event AND message_id IS NULL
                  AND code IN (:undecided)
                """)
            .param("company", company)
            .param("event", event)
            .param("undecided", UNDECIDED)
            .update();
    return removed > 0
        && sql.sql(
                    """
                    UPDATE business_events SET state = 'accepted', waits = 0, lease_until = 0, handled_at = NULL
                    WHERE company_id = :company AND id = :id AND state <> 'accepted'
                    """)
                .param("company", company)
                .param("id", event)
                .update()
            == 1;
  }

  /** Those told since then that wait for this document. */
  static List<String> waiting(Sql sql, String company, String kind, String number, Instant since) {
    return sql.sql(
            """
            SELECT id FROM business_events WHERE company_id = :company AND document_kind = :kind
              AND document_number = :number AND waits = 1 AND received_at >= :since ORDER BY id LIMIT 100
            """)
        .param("company", company)
        .param("kind", kind)
        .param("number", number)
        .param("since", since.toEpochMilli())
        .query((row, n) -> row.getString("id"))
        .list();
  }

  /** Company and id of those that wait, told since then, though what they are about is there. */
  static List<String[]> overlooked(Sql sql, Instant since, int most) {
    return sql.sql(
            """
            SELECT company_id, id FROM business_events e WHERE waits = 1 AND received_at >= :since AND (
              EXISTS (SELECT 1 FROM documents d WHERE d.company_id = e.company_id
                AND d.kind = e.document_kind AND d.number = e.document_number)
              OR e.document_kind = 'partner' AND EXISTS (
                SELECT 1 FROM partners p WHERE p.company_id = e.company_id AND p.ref = e.document_number))
            LIMIT :most
            """)
        .param("since", since.toEpochMilli())
        .param("most", most)
        .query((row, n) -> new String[] {row.getString(1), row.getString(2)})
        .list();
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
        row.getString("occasion"),
        facts(row.getString("facts")),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getString("told_by"),
        row.getString("told_by_name"),
        occurred == null ? null : Instant.ofEpochMilli(occurred.longValue()),
        Instant.ofEpochMilli(row.getLong("received_at")),
        handled == null ? null : Instant.ofEpochMilli(handled.longValue()),
        outcomes(sql, company, id));
  }

  private static @Nullable String facts(Map<String, String> facts) {
    return facts.isEmpty() ? null : JSON.writeValueAsString(facts);
  }

  private static Map<String, String> facts(@Nullable String json) {
    return json == null ? Map.of() : JSON.readValue(json, new TypeReference<>() {});
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
