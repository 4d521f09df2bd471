package org.postroom.documents;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.postroom.db.Sql;

/** The table {@code document_payments}. */
final class PaymentRows {
  private final Sql sql;

  PaymentRows(Sql sql) {
    this.sql = sql;
  }

  List<Payment> of(Key key) {
    return key.bind(
            sql.sql(
                "SELECT * FROM document_payments WHERE"
                    + Key.MATCHES
                    + "ORDER BY recorded_at, reference"))
        .query((row, n) -> payment(row))
        .list();
  }

  void add(Key key, Payment payment) {
    key.bind(
            sql.sql(
                """
                INSERT INTO document_payments
                  (company_id, kind, number, reference, amount, paid_on, is_counted, recorded_at)
                VALUES (:company, :kind, :number, :reference, :amount, :paid_on, 1, :now)
                """))
        .param("reference", payment.reference())
        .param("amount", payment.amount().toPlainString())
        .param("paid_on", payment.date().toString())
        .param("now", payment.recordedAt().toEpochMilli())
        .update();
  }

  /** From here on the document itself includes them. */
  void stopCounting(Key key) {
    key.bind(sql.sql("UPDATE document_payments SET is_counted = 0 WHERE" + Key.MATCHES)).update();
  }

  static Payment payment(ResultSet row) throws SQLException {
    return new Payment(
        row.getString("reference"),
        new BigDecimal(row.getString("amount")),
        LocalDate.parse(row.getString("paid_on")),
        row.getLong("is_counted") == 1,
        Instant.ofEpochMilli(row.getLong("recorded_at")));
  }
}
