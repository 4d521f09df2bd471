package org.postroom.reminders;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.automations.Automation;
import org.postroom.automations.Automations.Latest;
import org.postroom.automations.Automations.Tally;
import org.postroom.automations.BusinessEvent;
import org.postroom.db.Ids;
import org.postroom.db.Sql;
import org.postroom.documents.DocumentKind;
import org.postroom.reminders.Reminded.Outcome;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The table {@code reminder_history}. */
final class HistoryRows {
  private static final int NEWEST = 3;

  private HistoryRows() {}

  /** What is to be told of one step. */
  record Entry(
      String partner,
      String invoice,
      int step,
      Outcome outcome,
      @Nullable String message,
      @Nullable String code,
      @Nullable String reason) {}

  /**
   * A reason not to send is kept once.
   *
   * @param tried when it was found by trying to make the mail, null where it was not
   */
  static void tell(Sql sql, String company, Entry entry, Instant now, @Nullable Instant tried) {
    sql.sql(
            """
            INSERT INTO reminder_history (company_id, id, at, partner, invoice, step, outcome, message_id, code, reason, tried_at)
            VALUES (:company, :id, :now, :partner, :invoice, :step, :outcome, :message, :code, :reason, :tried)
            ON CONFLICT (company_id, invoice, step, code) WHERE outcome = 'skipped'
              DO UPDATE SET tried_at = excluded.tried_at
            """)
        .param("company", company)
        .param("id", Ids.next("rmh"))
        .param("now", now.toEpochMilli())
        .param("partner", entry.partner())
        .param("invoice", entry.invoice())
        .param("step", entry.step())
        .param("outcome", entry.outcome().word())
        .param("message", entry.message(), Types.VARCHAR)
        .param("code", entry.code(), Types.VARCHAR)
        .param("reason", entry.reason(), Types.VARCHAR)
        .param("tried", tried == null ? 0L : tried.toEpochMilli())
        .update();
  }

  /** A reason that is kept already. */
  record Kept(String invoice, int step, String code, String reason, Instant tried) {}

  static List<Kept> kept(Sql sql, String company, List<String> invoices) {
    if (invoices.isEmpty()) return List.of();
    return sql.sql(
            "SELECT invoice, step, code, reason, tried_at FROM reminder_history WHERE company_id ="
                + " :company AND outcome = 'skipped' AND invoice IN (:invoices)")
        .param("company", company)
        .param("invoices", invoices)
        .query((row, n) ->
            new Kept(
                row.getString("invoice"),
                row.getInt("step"),
                row.getString("code"),
                row.getString("reason"),
                Instant.ofEpochMilli(row.getLong("tried_at"))))
        .list();
  }

  /** Newest first, one more than asked for. */
  static List<Reminded> list(
      Sql sql, String company, Reminded.Filter filter, int limit, @Nullable String before) {
    List<String> where = new ArrayList<>(List.of("company_id = :company"));
    if (filter.partner() != null) where.add("partner = :partner");
    if (filter.invoice() != null) where.add("invoice = :invoice");
    if (filter.outcome() != null) where.add("outcome = :outcome");
    if (before != null) where.add("id < :before");
    StatementSpec statement =
        sql.sql(
                "SELECT * FROM reminder_history WHERE "
                    + String.join(" AND ", where)
                    + " ORDER BY id DESC LIMIT :limit")
            .param("company", company)
            .param("limit", limit + 1);
    if (filter.partner() != null) statement.param("partner", filter.partner());
    if (filter.invoice() != null) statement.param("invoice", filter.invoice());
    if (filter.outcome() != null) statement.param("outcome", filter.outcome().word());
    if (before != null) statement.param("before", before);
    return statement.query((row, n) -> reminded(row)).list();
  }

  static Tally tally(Sql sql, String company, Instant since) {
    List<Latest> last =
        list(sql, company, Reminded.Filter.ALL, NEWEST - 1, null).stream()
            .map(each -> latest(each))
            .toList();
    return sql.sql(
            """
            SELECT (SELECT count(*) FROM reminder_mails WHERE company_id = :company AND at >= :since) AS sent,
              (SELECT count(*) FROM reminder_history WHERE company_id = :company AND at >= :since
                AND outcome <> 'sent') AS skipped
            """)
        .param("company", company)
        .param("since", since.toEpochMilli())
        .query((row, n) -> new Tally(row.getLong("sent"), row.getLong("skipped"), last))
        .single();
  }

  private static Latest latest(Reminded each) {
    var outcome =
        new BusinessEvent.Outcome(
            Automation.OVERDUE_REMINDER.word(), each.message(), each.code(), each.reason());
    return new Latest(each.at(), DocumentKind.INVOICE.word(), each.invoice(), outcome);
  }

  private static Reminded reminded(ResultSet row) throws SQLException {
    return new Reminded(
        row.getString("id"),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("partner"),
        row.getString("invoice"),
        row.getInt("step"),
        Outcome.of(row.getString("outcome")).orElseThrow(),
        row.getString("message_id"),
        row.getString("code"),
        row.getString("reason"));
  }
}
