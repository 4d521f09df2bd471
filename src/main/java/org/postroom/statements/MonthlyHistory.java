package org.postroom.statements;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postroom.automations.Automation;
import org.postroom.automations.AutomationHistory;
import org.postroom.automations.Automations.Latest;
import org.postroom.automations.Automations.Tally;
import org.postroom.automations.BusinessEvent.Outcome;
import org.postroom.db.Database;
import org.postroom.db.Sql;
import org.postroom.documents.DocumentKind;
import org.springframework.stereotype.Component;

/** What came of the monthly statements, for the page of all automatic mails. */
@Component
class MonthlyHistory implements AutomationHistory {
  private static final String OF_MONTHLY_RUNS =
      """
       FROM statement_run_partners p JOIN statement_runs r ON r.company_id = p.company_id AND r.id = p.run_id
       WHERE r.company_id = :company AND r.once_key LIKE 'monthly:%'
      """;
  private static final int NEWEST = 3;
  private final Database database;

  MonthlyHistory(Database database) {
    this.database = database;
  }

  @Override
  public Automation automation() {
    return Automation.MONTHLY_STATEMENT;
  }

  @Override
  public Tally tally(String company, Instant since) {
    return database.read(sql -> {
      Map<String, Long> counts = counts(sql, company, since);
      long skipped = counts.getOrDefault("skipped", 0L) + counts.getOrDefault("failed", 0L);
      return new Tally(counts.getOrDefault("sent", 0L), skipped, newest(sql, company));
    });
  }

  private static Map<String, Long> counts(Sql sql, String company, Instant since) {
    Map<String, Long> counts = new HashMap<>();
    sql.sql(
            "SELECT p.state, COUNT(*) AS n"
                + OF_MONTHLY_RUNS
                + " AND r.created_at >= :since GROUP BY p.state")
        .param("company", company)
        .param("since", since.toEpochMilli())
        .query(row -> {
          counts.put(row.getString("state"), row.getLong("n"));
        });
    return counts;
  }

  private static List<Latest> newest(Sql sql, String company) {
    return sql.sql(
            "SELECT COALESCE(r.started_at, r.created_at) AS at, p.partner, p.document, p.message_id,"
                + " p.code, p.reason"
                + OF_MONTHLY_RUNS
                + " AND p.state IN ('sent', 'failed') ORDER BY r.id DESC, p.position DESC LIMIT "
                + NEWEST)
        .param("company", company)
        .query((row, n) -> {
          String document = row.getString("document");
          return new Latest(
              Instant.ofEpochMilli(row.getLong("at")),
              DocumentKind.STATEMENT.word(),
              document == null ? row.getString("partner") : document,
              new Outcome(
                  Automation.MONTHLY_STATEMENT.word(),
                  row.getString("message_id"),
                  row.getString("code"),
                  row.getString("reason")));
        })
        .list();
  }
}
