package org.postroom.payments;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a provider tells about a payment. Amounts are in the currency's own decimals. */
public sealed interface Told {
  /** The provider's own name of the payment, such as {@code pi_…}. */
  @Nullable String reference();

  /** Which of our links it is for; null where only the reference tells. */
  @Nullable String link();

  record Succeeded(String link, String reference, BigDecimal amount, String currency)
      implements Told {}

  /** The customer has confirmed it, the money is on its way. */
  record Processing(String link, String reference) implements Told {}

  /**
   * @param last false where the customer may still succeed with the same payment: another card
   */
  record Declined(String link, String reference, String reason, boolean last) implements Told {}

  /**
   * @param total that went back so far, this time and before
   */
  record Refunded(@Nullable String link, String reference, BigDecimal total, String currency)
      implements Told {}

  /**
   * The customer's bank took money back, or gave it again.
   *
   * @param by names this movement
   * @param amount negative where it was taken
   */
  record Reversed(String reference, String by, BigDecimal amount, String currency) implements Told {
    @Override
    public @Nullable String link() {
      return null;
    }
  }

  /** Nothing to be noted, and why; {@code odd} where somebody should know. */
  record Nothing(String why, boolean odd) implements Told {
    @Override
    public @Nullable String reference() {
      return null;
    }

    @Override
    public @Nullable String link() {
      return null;
    }
  }
}
