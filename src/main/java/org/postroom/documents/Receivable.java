package org.postroom.documents;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a document adds to its customer's balance and what took it away again. Amounts are signed:
 * positive is owed to us, negative is the customer's credit.
 *
 * <ul>
 *   <li>An invoice adds what is to be paid; payments take it away.
 *   <li>A credit memo takes away; what of it was paid out or used for an invoice adds again.
 *   <li>A receipt that names no invoice takes away what was received.
 *   <li>A deposit takes away what was paid of it; what was merely asked for is not owed.
 * </ul>
 *
 * @param reference the customer's own number
 * @param date of issue; the day it arrived where it says none
 * @param dueDate the date of issue where it says none
 * @param amount what it came to on its date, zero for a deposit
 * @param settlements by date
 */
public record Receivable(
    DocumentKind kind,
    String number,
    String partner,
    @Nullable String reference,
    LocalDate date,
    LocalDate dueDate,
    String currency,
    BigDecimal amount,
    List<Settlement> settlements) {

  public Receivable {
    settlements = List.copyOf(settlements);
  }

  /**
   * What changed it later.
   *
   * @param reference of the payment; null for what the document itself says is paid
   */
  public record Settlement(LocalDate date, @Nullable String reference, BigDecimal amount) {}
}
