package org.postroom.receivables;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;

/** The table {@code partner_payments}. */
final class OnAccountRows {
  private OnAccountRows() {}

  static Map<String, List<OnAccount>> of(Sql sql, String company, Collection<String> partners) {
    Map<String, List<OnAccount>> payments = new HashMap<>();
    if (partners.isEmpty()) return payments;
    sql.sql(
            "SELECT * FROM partner_payments WHERE company_id = :company AND partner IN (:partners)"
                + " ORDER BY paid_on, recorded_at, reference")
        .param("company", company)
        .param("partners", partners)
        .query(row -> {
          payments
              .computeIfAbsent(row.getString("partner"), none -> new ArrayList<>())
              .add(payment(row));
        });
    return payments;
  }

  static Optional<OnAccount> find(Sql sql, String company, String partner, String reference) {
    return sql.sql(
            "SELECT * FROM partner_payments WHERE company_id = :company AND partner = :partner AND"
                + " reference = :reference")
        .param("company", company)
        .param("partner", partner)
        .param("reference", reference)
        .query((row, n) -> payment(row))
        .optional();
  }

  /** By reference, one more than asked for. */
  static List<OnAccount> list(
      Sql sql, String company, String partner, int limit, @Nullable String after) {
    return sql.sql(
            "SELECT * FROM partner_payments WHERE company_id = :company AND partner = :partner AND"
                + " reference > :after ORDER BY reference LIMIT :limit")
        .param("company", company)
        .param("partner", partner)
        .param("after", after == null ? "" : after)
        .param("limit", limit + 1)
        .query((row, n) -> payment(row))
        .list();
  }

  /** False where the reference is known. */
  static boolean add(Sql sql, String company, String partner, OnAccount payment) {
    return sql.sql(
                """
                INSERT INTO partner_payments
                  (company_id, partner, reference, currency, amount, paid_on, recorded_at)
                VALUES (:company, :partner, :reference, :currency, :amount, :paid_on, :now)
                ON CONFLICT (company_id, partner, reference) DO NOTHING
                """)
            .param("company", company)
            .param("partner", partner)
            .param("reference", payment.reference())
            .param("currency", payment.currency())
            .param("amount", payment.amount().toPlainString())
            .param("paid_on", payment.date().toString())
            .param("now", payment.recordedAt().toEpochMilli())
            .update()
        == 1;
  }

  private static OnAccount payment(ResultSet row) throws SQLException {
    return new OnAccount(
        row.getString("reference"),
        row.getString("currency"),
        new BigDecimal(row.getString("amount")),
        LocalDate.parse(row.getString("paid_on")),
        Instant.ofEpochMilli(row.getLong("recorded_at")));
  }
}
