package org.postroom.payments;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * Money that arrived by a link, as its provider says.
 *
 * @param reference the provider's own, such as {@code pi_…}; the same again is the same payment
 * @param way in words: "Stripe", "Bank transfer", "noted by Maria Lund"
 */
public record Paid(String reference, BigDecimal amount, String currency, Instant at, String way) {}
