package org.postroom.compose;

import org.postroom.documents.DocumentKind;
import org.postroom.partners.Purpose;

/** What a mail is for when nobody says more than which document it carries. */
public final class Purposes {
  private Purposes() {}

  public static Purpose of(DocumentKind kind) {
    return switch (kind) {
      case QUOTE -> Purpose.QUOTE;
      case SALES_ORDER -> Purpose.ORDER_CONFIRMATION;
      case INVOICE -> Purpose.INVOICE;
      case CREDIT_MEMO -> Purpose.CREDIT_MEMO;
      case PACKING_SLIP -> Purpose.PACKING_SLIP;
      case SHIPMENT -> Purpose.SHIP_CONFIRMATION;
      case RMA -> Purpose.RMA;
      case DEPOSIT -> Purpose.DEPOSIT_LINK;
      case RECEIPT -> Purpose.PAYMENT_SUCCEEDED;
      case STATEMENT -> Purpose.STATEMENT;
      case REMINDER -> Purpose.REMINDER;
      case PURCHASE_ORDER -> Purpose.PURCHASE_ORDER;
      case ITEM_RECEIPT -> Purpose.ITEM_RECEIPT;
      case BILL -> Purpose.BILL;
      case BILL_PAYMENT -> Purpose.BILL_PAYMENT;
    };
  }
}
