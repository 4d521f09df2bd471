package org.postroom.payments;

import java.math.BigDecimal;
import java.sql.Types;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Sql;

/** The SQL of payments as their providers tell them. */
final class GatewayPaymentRows {
  private GatewayPaymentRows() {}

  /** How far a payment came. It only ever goes down this list, in whatever order it is told. */
  enum State {
    UNKNOWN,
    TRIED,
    PROCESSING,
    FAILED,
    PAID;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param refunded of it, so far
   */
  record Row(@Nullable String link, State state, @Nullable String currency, BigDecimal refunded) {}

  /** The payment, made where it is not known, and locked until the transaction ends. */
  static Row locked(Sql sql, Gateway gateway, String reference) {
    sql.sql(
            """
            INSERT INTO gateway_payments (company_id, gateway_id, reference, state, told_at)
            VALUES (:company, :gateway, :reference, 'unknown', :now)
            ON CONFLICT (company_id, gateway_id, reference) DO UPDATE SET told_at = excluded.told_at
            """)
        .param("company", gateway.company())
        .param("gateway", gateway.id())
        .param("reference", reference)
        .param("now", sql.now().toEpochMilli())
        .update();
    return sql.sql(
            """
            SELECT link_id, state, currency, refunded FROM gateway_payments
            WHERE company_id = :company AND gateway_id = :gateway AND reference = :reference
            """)
        .param("company", gateway.company())
        .param("gateway", gateway.id())
        .param("reference", reference)
        .query((row, number) -> {
          String refunded = row.getString("refunded");
          return new Row(
              row.getString("link_id"),
              State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
              row.getString("currency"),
              refunded == null ? BigDecimal.ZERO : new BigDecimal(refunded));
        })
        .single();
  }

  static void reached(Sql sql, Gateway gateway, String reference, String link, State state) {
    sql.sql(
            """
            UPDATE gateway_payments SET link_id = :link, state = :state
            WHERE company_id = :company AND gateway_id = :gateway AND reference = :reference
            """)
        .param("company", gateway.company())
        .param("gateway", gateway.id())
        .param("reference", reference)
        .param("link", link)
        .param("state", state.word())
        .update();
  }

  static void paid(Sql sql, Gateway gateway, String reference, BigDecimal amount, String currency) {
    sql.sql(
            """
            UPDATE gateway_payments SET amount = :amount, currency = :currency
            WHERE company_id = :company AND gateway_id = :gateway AND reference = :reference
            """)
        .param("company", gateway.company())
        .param("gateway", gateway.id())
        .param("reference", reference)
        .param("amount", amount.toPlainString(), Types.VARCHAR)
        .param("currency", currency)
        .update();
  }

  static void refunded(Sql sql, Gateway gateway, String reference, BigDecimal total) {
    sql.sql(
            """
            UPDATE gateway_payments SET refunded = :total
            WHERE company_id = :company AND gateway_id = :gateway AND reference = :reference
            """)
        .param("company", gateway.company())
        .param("gateway", gateway.id())
        .param("reference", reference)
        .param("total", total.toPlainString(), Types.VARCHAR)
        .update();
  }
}
