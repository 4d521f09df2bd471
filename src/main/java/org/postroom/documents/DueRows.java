package org.postroom.documents;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;
import org.postroom.documents.intake.DocumentJson;

/** Open invoices by the day they are due, along the index {@code documents_due}. */
final class DueRows {
  private static final String DUE =
      " FROM documents WHERE company_id = :company AND kind = 'invoice' AND is_open = 1 AND due_date"
          + " <= :latest";

  private DueRows() {}

  /** Who has any, in order. */
  static List<String> partners(Sql sql, String company, LocalDate latest, String after, int most) {
    return sql.sql(
            "SELECT DISTINCT partner" + DUE + " AND partner > :after ORDER BY partner LIMIT :most")
        .param("company", company)
        .param("latest", latest.toString())
        .param("after", after)
        .param("most", most)
        .query((row, n) -> row.getString(1))
        .list();
  }

  /** The longest due first. */
  static List<OpenInvoice> of(Sql sql, String company, String partner, LocalDate latest, int most) {
    return sql
        .sql(
            "SELECT number, partner, issue_date, due_date, currency, amount_due, head"
                + DUE
                + " AND partner = :partner ORDER BY due_date, number LIMIT :most")
        .param("company", company)
        .param("latest", latest.toString())
        .param("partner", partner)
        .param("most", most)
        .query((row, n) -> invoice(row))
        .list()
        .stream()
        .filter(invoice -> invoice.amountDue().signum() > 0)
        .toList();
  }

  /** Numbers and due dates alone, of several customers. */
  static List<Documents.Due> due(
      Sql sql, String company, Collection<String> partners, LocalDate latest) {
    if (partners.isEmpty()) return List.of();
    return sql
        .sql("SELECT partner, number, due_date, amount_due" + DUE + " AND partner IN (:partners)")
        .param("company", company)
        .param("latest", latest.toString())
        .param("partners", partners)
        .query((row, n) ->
            new Documents.Due(
                row.getString("partner"),
                row.getString("number"),
                LocalDate.parse(row.getString("due_date")),
                new BigDecimal(row.getString("amount_due"))))
        .list()
        .stream()
        .filter(due -> due.amount().signum() > 0)
        .toList();
  }

  static Optional<Instant> told(Sql sql, String company) {
    return sql.sql("SELECT told_at FROM payments_told WHERE company_id = :company")
        .param("company", company)
        .query((row, n) -> Instant.ofEpochMilli(row.getLong(1)))
        .optional();
  }

  /**
   * Written once in ten minutes at most: many documents come at once, and none of them should wait
   * for another because of this row.
   */
  static void tell(Sql sql, String company, Instant now) {
    Optional<Instant> before = told(sql, company);
    if (before.filter(at -> at.isAfter(now.minusSeconds(600))).isPresent()) return;
    sql.sql(
            """
            INSERT INTO payments_told (company_id, told_at) VALUES (:company, :now)
            ON CONFLICT (company_id) DO UPDATE SET told_at = excluded.told_at
            WHERE payments_told.told_at < excluded.told_at
            """)
        .param("company", company)
        .param("now", now.toEpochMilli())
        .update();
  }

  private static OpenInvoice invoice(ResultSet row) throws SQLException {
    String number = row.getString("number");
    Document head =
        DocumentJson.kept(
            DocumentKind.INVOICE, number, new DocumentJson.Kept(row.getString("head"), ""));
    return new OpenInvoice(
        number,
        row.getString("partner"),
        date(row.getString("issue_date")),
        LocalDate.parse(row.getString("due_date")),
        row.getString("currency"),
        new BigDecimal(row.getString("amount_due")),
        head.addressee(),
        head.fields());
  }

  private static @Nullable LocalDate date(@Nullable String text) {
    return text == null ? null : LocalDate.parse(text);
  }
}
