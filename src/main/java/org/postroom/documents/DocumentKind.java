package org.postroom.documents;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of business documents. The word in addresses and JSON is the name in lower case. */
public enum DocumentKind {
  QUOTE,
  SALES_ORDER,
  INVOICE,
  CREDIT_MEMO,
  PACKING_SLIP,
  SHIPMENT,
  RMA,
  DEPOSIT,
  RECEIPT,
  STATEMENT,
  REMINDER,
  PURCHASE_ORDER,
  ITEM_RECEIPT,
  BILL,
  BILL_PAYMENT;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As people read it: "Invoice", "Credit memo". */
  public String words() {
    if (this == RMA) return "RMA";
    return name().charAt(0) + word().substring(1).replace('_', ' ');
  }

  public static Optional<DocumentKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
  }

  /** Whether the other side is somebody we buy from. */
  public boolean toVendor() {
    return switch (this) {
      case PURCHASE_ORDER, ITEM_RECEIPT, BILL, BILL_PAYMENT -> true;
      default -> false;
    };
  }

  /** Whether the document shows what things cost. */
  public boolean priced() {
    return switch (this) {
      case PACKING_SLIP, SHIPMENT, ITEM_RECEIPT, RMA -> false;
      default -> true;
    };
  }

  /** Whether the document asks for money, and so shows how to pay. */
  public boolean asksForPayment() {
    return switch (this) {
      case INVOICE, DEPOSIT, STATEMENT, REMINDER -> true;
      default -> false;
    };
  }
}
