package org.postroom.automations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.automations.Automations.HistoryFilter;
import org.postroom.automations.Automations.Latest;
import org.postroom.automations.Automations.Past;
import org.postroom.automations.Automations.Tally;
import org.postroom.automations.BusinessEvent.Outcome;
import org.postroom.db.Sql;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** What automations did, counted from their outcomes. */
final class TallyRows {
  private static final int NEWEST = 3;

  private TallyRows() {}

  static Tally of(Sql sql, String company, Automation automation, Instant since) {
    List<Latest> last = latest(sql, company, automation);
    return sql.sql(
            """
            SELECT count(*) - count(skipped) AS sent, count(skipped) AS skipped FROM event_outcomes
            WHERE company_id = :company AND automation = :automation AND at >= :since
            """)
        .param("company", company)
        .param("automation", automation.word())
        .param("since", since.toEpochMilli())
        .query((row, n) -> new Tally(row.getLong("sent"), row.getLong("skipped"), last))
        .single();
  }

  private static List<Latest> latest(Sql sql, String company, Automation automation) {
    return history(sql, company, automation, HistoryFilter.ALL, NEWEST, null).stream()
        .map(Past::latest)
        .toList();
  }

  static List<Past> history(
      Sql sql,
      String company,
      Automation automation,
      HistoryFilter filter,
      int limit,
      @Nullable String cursor) {
    StringBuilder where = new StringBuilder();
    if (Boolean.TRUE.equals(filter.sent())) where.append(" AND o.skipped IS NULL");
    if (Boolean.FALSE.equals(filter.sent())) where.append(" AND o.skipped IS NOT NULL");
    if (filter.code() != null) where.append(" AND o.code = :code");
    if (filter.since() != null) where.append(" AND o.at >= :since");
    StatementSpec statement =
        sql.sql(
                """
                SELECT o.event_id, o.at, o.automation, o.message_id, o.code, o.skipped, e.type, e.document_kind,
                  e.document_number
                FROM event_outcomes o JOIN business_events e ON e.company_id = o.company_id AND e.id = o.event_id
                WHERE o.company_id = :company AND o.automation = :automation AND o.event_id < :cursor %s
                ORDER BY o.event_id DESC LIMIT :most
                """
                    .formatted(where))
            .param("company", company)
            .param("automation", automation.word())
            .param("cursor", cursor == null ? "evt_~" : cursor)
            .param("most", limit);
    if (filter.code() != null) statement.param("code", filter.code());
    if (filter.since() != null) statement.param("since", filter.since().toEpochMilli());
    return statement.query((row, n) -> past(row)).list();
  }

  private static Past past(ResultSet row) throws SQLException {
    var outcome =
        new Outcome(
            row.getString("automation"),
            row.getString("message_id"),
            row.getString("code"),
            row.getString("skipped"));
    var latest =
        new Latest(
            Instant.ofEpochMilli(row.getLong("at")),
            row.getString("document_kind"),
            row.getString("document_number"),
            outcome);
    EventType type = EventType.of(row.getString("type")).orElseThrow();
    return new Past(row.getString("event_id"), type, latest);
  }
}
