package org.postroom.payments;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.DocumentKind;

/**
 * Whoever must keep what happened to a link together with it: called inside the transaction that
 * notes it, once for each thing that happened.
 */
public interface PaymentNews {
  void heard(News news);

  /**
   * @param id the same again is the same news: {@code pay_…/succeeded/pi_…}
   * @param kind of the document it is about
   * @param amount of the payment, null for approvals
   * @param reason why it was declined, as the provider or the customer says
   */
  record News(
      String company,
      String id,
      What what,
      String link,
      DocumentKind kind,
      String number,
      @Nullable BigDecimal amount,
      @Nullable String currency,
      @Nullable String reason,
      Instant at) {}

  enum What {
    PAYMENT_SUCCEEDED,
    PAYMENT_DECLINED,
    QUOTE_APPROVED,
    QUOTE_DECLINED
  }
}
