package org.postroom.automations;

import java.time.Instant;
import java.util.List;
import org.postroom.automations.Automations.Latest;
import org.postroom.automations.Automations.Tally;
import org.postroom.automations.BusinessEvent.Outcome;
import org.postroom.db.Sql;

/** What automations did, counted from their outcomes. */
final class TallyRows {
  private static final int NEWEST = 3;

  private TallyRows() {}

  static Tally of(Sql sql, String company, Automation automation, Instant since) {
    List<Latest> last = latest(sql, company, automation);
    return sql.sql(
            """
            SELECT count(message_id) AS sent, count(*) AS everything FROM event_outcomes
            WHERE company_id = :company AND automation = :automation AND at >= :since
            """)
        .param("company", company)
        .param("automation", automation.word())
        .param("since", since.toEpochMilli())
        .query((row, n) -> {
          long sent = row.getLong("sent");
          return new Tally(sent, row.getLong("everything") - sent, last);
        })
        .single();
  }

  private static List<Latest> latest(Sql sql, String company, Automation automation) {
    return sql.sql(
            """
            SELECT o.at, o.automation, o.message_id, o.code, o.skipped, e.document_kind, e.document_number
            FROM event_outcomes o JOIN business_events e ON e.company_id = o.company_id AND e.id = o.event_id
            WHERE o.company_id = :company AND o.automation = :automation ORDER BY o.event_id DESC LIMIT :most
            """)
        .param("company", company)
        .param("automation", automation.word())
        .param("most", NEWEST)
        .query((row, n) ->
            new Latest(
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("document_kind"),
                row.getString("document_number"),
                new Outcome(
                    row.getString("automation"),
                    row.getString("message_id"),
                    row.getString("code"),
                    row.getString("skipped"))))
        .list();
  }
}
