package org.postroom.payments;

/**
 * A way to pay that a company offers on its public pages.
 *
 * @param id of the gateway, {@code bank} for a transfer
 * @param title for customers, such as "Card or wallet"; for a transfer the page has words of its
 *     own
 */
public record Way(String id, Kind kind, String title) {
  public enum Kind {
    /** Stripe Checkout: the customer is sent to Stripe and comes back. */
    STRIPE,
    /** Another gateway, reached by an address with the payment's facts in it. */
    URL,
    /** IBAN, reference and QR code on the page itself. */
    BANK
  }
}
