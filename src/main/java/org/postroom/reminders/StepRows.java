package org.postroom.reminders;

import java.math.BigDecimal;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;

/** The table {@code reminder_steps}: how far invoices have climbed. */
final class StepRows {
  private static final int AT_ONCE = 500;

  private StepRows() {}

  /**
   * The highest step of each invoice that is done; those without are absent.
   *
   * @param except what this message did does not count
   */
  static Map<String, Integer> reached(
      Sql sql, String company, Collection<String> invoices, @Nullable String except) {
    Map<String, Integer> reached = new HashMap<>();
    List<String> all = new ArrayList<>(invoices);
    for (int i = 0; i < all.size(); i += AT_ONCE)
      sql.sql(
              "SELECT invoice, MAX(step) AS step FROM reminder_steps WHERE company_id = :company AND"
                  + " invoice IN (:invoices) AND state <> 'called_off' AND COALESCE(message_id, '')"
                  + " <> :except GROUP BY invoice")
          .param("company", company)
          .param("invoices", all.subList(i, Math.min(all.size(), i + AT_ONCE)))
          .param("except", except == null ? "-" : except)
          .query(row -> {
            reached.put(row.getString("invoice"), row.getInt("step"));
          });
    return reached;
  }

  /** A step of an invoice as its row says. */
  record Step(String invoice, int step, String partner, BigDecimal amount) {}

  /** What a message is about. */
  static List<Step> of(Sql sql, String company, String message) {
    return sql.sql(
            "SELECT * FROM reminder_steps WHERE company_id = :company AND message_id = :message AND"
                + " state = 'sent' ORDER BY invoice, step")
        .param("company", company)
        .param("message", message)
        .query((row, n) ->
            new Step(
                row.getString("invoice"),
                row.getInt("step"),
                row.getString("partner"),
                new BigDecimal(row.getString("amount"))))
        .list();
  }

  /** True for exactly one caller: the one whose message this step is. */
  static boolean sent(
      Sql sql, String company, NextRun.Item item, String partner, String message, Instant now) {
    return put(
        sql, company, item.invoice(), item.step(), "sent", partner, item.amount(), message, now);
  }

  /** False where it is done already. */
  static boolean passed(
      Sql sql, String company, String invoice, int step, String partner, Instant now) {
    return put(sql, company, invoice, step, "passed", partner, null, null, now);
  }

  private static boolean put(
      Sql sql,
      String company,
      String invoice,
      int step,
      String state,
      String partner,
      @Nullable BigDecimal amount,
      @Nullable String message,
      Instant now) {
    return sql.sql(
                """
                INSERT INTO reminder_steps (company_id, invoice, step, state, partner, amount, message_id, at)
                VALUES (:company, :invoice, :step, :state, :partner, :amount, :message, :now)
                ON CONFLICT (company_id, invoice, step) DO UPDATE SET state = excluded.state,
                  partner = excluded.partner, amount = excluded.amount,
                  message_id = excluded.message_id, at = excluded.at
                WHERE reminder_steps.state = 'called_off'
                """)
            .param("company", company)
            .param("invoice", invoice)
            .param("step", step)
            .param("state", state)
            .param("partner", partner)
            .param("amount", amount == null ? null : amount.toPlainString(), Types.VARCHAR)
            .param("message", message, Types.VARCHAR)
            .param("now", now.toEpochMilli())
            .update()
        == 1;
  }

  /** Its steps are open again. */
  static void calledOff(Sql sql, String company, String message) {
    sql.sql(
            "UPDATE reminder_steps SET state = 'called_off' WHERE company_id = :company AND message_id"
                + " = :message AND state = 'sent'")
        .param("company", company)
        .param("message", message)
        .update();
  }
}
