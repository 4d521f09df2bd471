package org.postroom.payments;

import java.math.BigDecimal;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Ids;
import org.postroom.db.Sql;

/** The tables {@code payment_link_history} and {@code payment_link_news}. */
final class LinkHistoryRows {
  private final Sql sql;

  LinkHistoryRows(Sql sql) {
    this.sql = sql;
  }

  void happened(String company, String link, String who, String what) {
    add(company, link, who, what, false);
  }

  /** Something people of the company must look at. */
  void warn(String company, String link, String who, String what) {
    add(company, link, who, what, true);
    new PaymentLinkRows(sql).needsLook(company, link, true);
  }

  private void add(String company, String link, String who, String what, boolean warning) {
    sql.sql(
            """
            INSERT INTO payment_link_history (company_id, link_id, id, at, who, what, is_warning)
            VALUES (:company, :link, :id, :at, :who, :what, :warning)
            """)
        .param("company", company)
        .param("link", link)
        .param("id", Ids.next("plh"))
        .param("at", sql.now().toEpochMilli())
        .param("who", who)
        .param("what", what)
        .param("warning", Sql.bit(warning))
        .update();
  }

  List<PaymentLinks.Happened> of(String company, String link) {
    return sql.sql(
            """
            SELECT at, who, what, is_warning FROM payment_link_history
            WHERE company_id = :company AND link_id = :link ORDER BY at, id
            """)
        .param("company", company)
        .param("link", link)
        .query((row, n) ->
            new PaymentLinks.Happened(
                Instant.ofEpochMilli(row.getLong(1)),
                row.getString(2),
                row.getString(3),
                row.getLong(4) == 1))
        .list();
  }

  /** Whether this was not told before. */
  boolean isNews(
      PaymentLink link,
      String reference,
      String what,
      @Nullable BigDecimal amount,
      @Nullable String currency) {
    return sql.sql(
                """
                INSERT INTO payment_link_news
                  (company_id, link_id, reference, what, amount, currency, recorded_at)
                VALUES (:company, :link, :reference, :what, :amount, :currency, :now)
                ON CONFLICT (company_id, link_id, reference, what) DO NOTHING
                """)
            .param("company", link.company())
            .param("link", link.id())
            .param("reference", reference)
            .param("what", what)
            .param("amount", amount == null ? null : amount.toPlainString(), Types.VARCHAR)
            .param("currency", currency, Types.VARCHAR)
            .param("now", sql.now().toEpochMilli())
            .update()
        == 1;
  }

  boolean wasTold(PaymentLink link, String reference, String what) {
    return references(link, what).contains(reference);
  }

  /** The references told of a link. */
  Set<String> references(PaymentLink link, String what) {
    return sql
        .sql(
            """
            SELECT reference FROM payment_link_news
            WHERE company_id = :company AND link_id = :link AND what = :what
            """)
        .param("company", link.company())
        .param("link", link.id())
        .param("what", what)
        .query(String.class)
        .list()
        .stream()
        .collect(Collectors.toSet());
  }
}
