package org.postroom.receivables;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/**
 * A payment that names no invoice.
 *
 * @param reference the ERP's own, once per partner
 * @param amount received; negative where it was given back or used for an invoice
 */
public record OnAccount(
    String reference, String currency, BigDecimal amount, LocalDate date, Instant recordedAt) {}
