package org.postroom.payments;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.StoredDocument;

/** What documents ask their customers for. */
final class Asked {
  private Asked() {}

  /** What is to be paid now; zero where it is paid, overpaid or says nothing about money. */
  static BigDecimal due(StoredDocument stored) {
    BigDecimal due = stored.amountDue();
    return due == null ? BigDecimal.ZERO : due.max(BigDecimal.ZERO);
  }

  /**
   * The deposit a document asks for: what is due of a deposit request; of others the field {@code
   * deposit_amount}, or {@code deposit_percent} of the gross sum.
   */
  static Optional<BigDecimal> deposit(StoredDocument stored) {
    Document document = stored.document();
    if (document.kind() == DocumentKind.DEPOSIT) return positive(due(stored));
    Optional<BigDecimal> amount =
        number(document.fields().get("deposit_amount")).filter(it -> fits(it, document));
    if (amount.isPresent()) return positive(amount.get());
    BigDecimal gross = document.totals() == null ? null : document.totals().gross();
    if (gross == null) return Optional.empty();
    return number(document.fields().get("deposit_percent"))
        .filter(percent -> percent.signum() > 0 && percent.compareTo(BigDecimal.valueOf(100)) <= 0)
        .map(percent -> share(gross, percent, document.currency()))
        .flatMap(Asked::positive);
  }

  /** The last day of a quote: its field {@code valid_until}, else its due date. */
  static @Nullable LocalDate validUntil(Document quote) {
    Object told = quote.fields().get("valid_until");
    try {
      if (told != null) return LocalDate.parse(told.toString().strip());
    } catch (DateTimeException noDate) {
      // The ERP's own words; the due date serves.
    }
    return quote.dueDate();
  }

  /** How many decimals amounts of a currency have. */
  static int digits(String currency) {
    try {
      return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    } catch (IllegalArgumentException unknown) {
      return 2;
    }
  }

  /** Whether an amount can be paid in that currency, and by anybody. */
  static boolean isPayable(BigDecimal amount, String currency) {
    return amount.stripTrailingZeros().scale() <= digits(currency)
        && amount.precision() - amount.scale() <= 15;
  }

  private static boolean fits(BigDecimal amount, Document document) {
    return isPayable(amount, document.currency());
  }

  private static BigDecimal share(BigDecimal gross, BigDecimal percent, String currency) {
    return gross
        .multiply(percent)
        .movePointLeft(2)
        .setScale(digits(currency), RoundingMode.HALF_UP);
  }

  private static Optional<BigDecimal> positive(BigDecimal amount) {
    return amount.signum() > 0 ? Optional.of(amount) : Optional.empty();
  }

  private static Optional<BigDecimal> number(@Nullable Object told) {
    if (told == null || told.toString().length() > 40) return Optional.empty();
    try {
      var number = new BigDecimal(told.toString().strip());
      return Math.abs(number.scale()) > 20 ? Optional.empty() : Optional.of(number);
    } catch (NumberFormatException words) {
      return Optional.empty();
    }
  }
}
