package org.postroom.receivables;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Receivable;

/** One change of a customer's balance in one currency. */
record Movement(
    LocalDate date,
    @Nullable LocalDate dueDate,
    String kind,
    String number,
    @Nullable String reference,
    BigDecimal amount) {
  static final String PAYMENT = "payment";

  /** A day's documents stand before its payments. */
  static final Comparator<Movement> IN_ORDER =
      Comparator.comparing(Movement::date)
          .thenComparing(movement -> movement.kind().equals(PAYMENT))
          .thenComparing(Movement::kind)
          .thenComparing(Movement::number)
          .thenComparing(movement -> movement.reference() == null ? "" : movement.reference());

  /** The document and everything that settled it. */
  static List<Movement> of(Receivable document) {
    List<Movement> all = new ArrayList<>();
    if (document.amount().signum() != 0)
      all.add(
          new Movement(
              document.date(),
              document.dueDate(),
              document.kind().word(),
              document.number(),
              document.reference(),
              document.amount()));
    for (Receivable.Settlement settlement : document.settlements())
      all.add(
          new Movement(
              settlement.date(),
              null,
              PAYMENT,
              document.number(),
              settlement.reference(),
              settlement.amount()));
    return all;
  }

  static Movement of(OnAccount payment) {
    return new Movement(
        payment.date(), null, PAYMENT, payment.reference(), null, payment.amount().negate());
  }
}
