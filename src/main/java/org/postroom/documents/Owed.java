package org.postroom.documents;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document.Totals;

/**
 * A document's own part of a {@link Receivable}, as its row keeps it.
 *
 * @param face what it came to, signed
 * @param paid what the document itself says took it away, signed as {@code face}
 * @param sign 1 where a payment told lowers the balance, -1 where it raises it
 */
record Owed(BigDecimal face, BigDecimal paid, int sign) {

  /** Null where the document is no receivable. */
  static @Nullable Owed of(Document document) {
    return switch (document.kind()) {
      case INVOICE -> invoice(document);
      case CREDIT_MEMO -> credit(invoice(document));
      case RECEIPT -> receipt(document);
      case DEPOSIT -> deposit(document);
      default -> null;
    };
  }

  /** Whether its own paid sum may include payments told; a receipt's is the money it confirms. */
  static boolean takesIn(DocumentKind kind) {
    return kind != DocumentKind.RECEIPT;
  }

  /** The customer's own number. */
  static @Nullable String reference(Document document) {
    return Stream.of("customer_order", "buyer_reference")
        .map(document.references()::get)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** Whether something of it is still open after these payments. */
  boolean isOpen(DocumentKind kind, List<Payment> payments) {
    BigDecimal told =
        payments.stream()
            .filter(payment -> payment.counted() || !takesIn(kind))
            .map(Payment::amount)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return face.subtract(paid).subtract(effect(told)).signum() != 0;
  }

  /** What a payment told takes away, signed. */
  BigDecimal effect(BigDecimal payment) {
    return sign < 0 ? payment.negate() : payment;
  }

  private static @Nullable Owed invoice(Document document) {
    BigDecimal due = document.amountDue();
    Totals totals = document.totals();
    if (due == null || totals == null) return null;
    // Without a due sum the gross sum is what is to be paid, whatever "paid" says.
    BigDecimal paid = totals.due() == null ? BigDecimal.ZERO : Sums.paid(totals);
    return new Owed(due.add(paid), paid, 1);
  }

  /** Most write a credit as a positive sum, some as a negative one. */
  private static @Nullable Owed credit(@Nullable Owed sum) {
    if (sum == null || sum.face().signum() < 0) return sum;
    return new Owed(sum.face().negate(), sum.paid().negate(), -1);
  }

  /** A receipt that names its invoice only confirms what the invoice's own payments say. */
  private static @Nullable Owed receipt(Document document) {
    Totals totals = document.totals();
    if (totals == null || document.references().containsKey("invoice")) return null;
    return Stream.of(totals.gross(), totals.paid(), totals.due())
        .filter(Objects::nonNull)
        .findFirst()
        .map(received -> new Owed(received.negate(), BigDecimal.ZERO, -1))
        .orElse(null);
  }

  private static @Nullable Owed deposit(Document document) {
    Totals totals = document.totals();
    return totals == null ? null : new Owed(BigDecimal.ZERO, Sums.paid(totals), 1);
  }
}
