package org.postroom.documents.ubl;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document.Adjustment;
import org.postroom.documents.Document.Tax;
import org.postroom.documents.Document.Totals;

/** Allowances, charges, taxes and sums of the whole document. */
final class UblMoney {
  private static final List<String> TOTALS =
      List.of(
          "LegalMonetaryTotal",
          "QuotedMonetaryTotal",
          "AnticipatedMonetaryTotal",
          "RequestedMonetaryTotal");
  private static final int MOST_ROWS = 200;

  private final Element root;
  private final Form form;
  private final Values values;
  private final String currency;

  UblMoney(Element root, Form form, Values values, String currency) {
    this.root = root;
    this.form = form;
    this.values = values;
    this.currency = currency;
  }

  List<Adjustment> adjustments() {
    return root.all("AllowanceCharge")
        .limit(MOST_ROWS)
        .map(this::adjustment)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .toList();
  }

  static boolean isCharge(Element allowanceCharge) {
    String indicator = allowanceCharge.text("ChargeIndicator");
    return "true".equals(indicator) || "1".equals(indicator);
  }

  /** Only the tax totals in the document's own currency: a second one is for the tax office. */
  List<Tax> taxes() {
    return root.all("TaxTotal")
        .filter(this::inOwnCurrency)
        .flatMap(total -> total.all("TaxSubtotal"))
        .limit(MOST_ROWS)
        .map(this::tax)
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .toList();
  }

  @Nullable Totals totals() {
    if (form.listsDocuments()) {
      Totals listed = listed();
      if (listed != null) return listed;
    }
    Element total = total();
    if (total == null) return null;
    BigDecimal lines = values.amount(total, "LineExtensionAmount");
    BigDecimal net = values.amount(total, "TaxExclusiveAmount");
    BigDecimal gross = values.amount(total, "TaxInclusiveAmount");
    BigDecimal tax = tax();
    if (tax == null && isTax(total, lines, net, gross)) {
      tax = net;
      net = gross == null || net == null ? null : gross.subtract(net);
    }
    return new Totals(
        lines,
        net,
        tax,
        gross,
        values.amount(total, "PrepaidAmount"),
        values.amount(total, "PayableRoundingAmount"),
        values.amount(total, "PayableAmount"));
  }

  /** Where our sums stand in the XML. */
  Map<String, String> places() {
    Map<String, String> places = new HashMap<>();
    Element total = total();
    if (total == null) return places;
    place(places, "/totals/gross", total, "TaxInclusiveAmount");
    place(places, "/totals/due", total, "PayableAmount");
    return places;
  }

  private @Nullable Adjustment adjustment(Element each) {
    boolean charge = isCharge(each);
    BigDecimal amount = values.amount(each, "Amount");
    if (amount == null) return null;
    String reason = values.text(each, "AllowanceChargeReason");
    if (reason == null) reason = charge ? "Charge" : "Allowance";
    return new Adjustment(
        reason, charge ? amount : amount.negate(), values.number(each, "TaxCategory", "Percent"));
  }

  private @Nullable Tax tax(Element subtotal) {
    BigDecimal amount = values.amount(subtotal, "TaxAmount");
    if (amount == null) return null;
    BigDecimal rate = values.number(subtotal, "TaxCategory", "Percent");
    String name = values.text(subtotal, "TaxCategory", "TaxScheme", "Name");
    return new Tax(
        name == null ? values.text(subtotal, "TaxCategory", "TaxScheme", "ID") : name,
        values.text(20, subtotal, "TaxCategory", "ID"),
        rate == null ? values.number(subtotal, "Percent") : rate,
        values.amount(subtotal, "TaxableAmount"),
        amount,
        exemption(subtotal));
  }

  private @Nullable String exemption(Element subtotal) {
    String reason = values.text(2_000, subtotal, "TaxCategory", "TaxExemptionReason");
    return reason == null
        ? values.text(2_000, subtotal, "TaxCategory", "TaxExemptionReasonCode")
        : reason;
  }

  private @Nullable BigDecimal tax() {
    return root.all("TaxTotal")
        .filter(this::inOwnCurrency)
        .map(total -> values.amount(total, "TaxAmount"))
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .reduce(BigDecimal::add)
        .orElse(null);
  }

  private boolean inOwnCurrency(Element taxTotal) {
    Element amount = taxTotal.first("TaxAmount");
    String own = amount == null ? null : amount.attribute("currencyID");
    return own == null || own.equals(currency);
  }

  /**
   * OIOUBL puts the tax itself into {@code TaxExclusiveAmount}. Told by the customization, and only
   * where the figures agree: lines, allowances, charges and that amount make the gross sum.
   */
  private boolean isTax(
      Element total,
      @Nullable BigDecimal lines,
      @Nullable BigDecimal net,
      @Nullable BigDecimal gross) {
    String customization = root.text("CustomizationID");
    if (customization == null || !customization.contains("OIOUBL")) return false;
    if (lines == null || net == null || gross == null) return false;
    BigDecimal sum =
        lines
            .add(orZero(values.amount(total, "ChargeTotalAmount")))
            .subtract(orZero(values.amount(total, "AllowanceTotalAmount")))
            .add(net);
    return sum.compareTo(gross) == 0;
  }

  /** A statement's balance; what a remittance advice pays. */
  private @Nullable Totals listed() {
    BigDecimal balance = values.amount(root, "TotalBalanceAmount");
    if (balance != null) return new Totals(null, null, null, null, null, null, balance);
    BigDecimal payment = values.amount(root, "TotalPaymentAmount");
    return payment == null
        ? null
        : new Totals(null, null, null, payment, payment, null, BigDecimal.ZERO);
  }

  private @Nullable Element total() {
    return TOTALS.stream().map(root::first).filter(Objects::nonNull).findFirst().orElse(null);
  }

  private static void place(Map<String, String> places, String ours, Element total, String name) {
    Element found = total.first(name);
    if (found != null) places.put(ours, found.place());
  }

  private static BigDecimal orZero(@Nullable BigDecimal number) {
    return number == null ? BigDecimal.ZERO : number;
  }
}
