package org.postroom.partners;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a mail is for; each has its own recipient order. */
public enum Purpose {
  QUOTE,
  ORDER_CONFIRMATION,
  ORDER_ALLOCATION,
  ORDER_RELEASE,
  SHIP_CONFIRMATION,
  INVOICE,
  CREDIT_MEMO,
  REMINDER,
  STATEMENT,
  PAYMENT_SUCCEEDED,
  PAYMENT_DECLINED,
  DEPOSIT_LINK,
  PAYMENT_LINK,
  QUOTE_APPROVAL,
  PACKING_SLIP,
  RMA,
  PURCHASE_ORDER,
  ITEM_RECEIPT,
  BILL,
  BILL_PAYMENT,
  GOODS_RECEIVED,
  PORTAL_INVITATION,
  DIRECT_DEBIT_INVITATION;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Purpose> of(String word) {
    return Arrays.stream(values()).filter(purpose -> purpose.word().equals(word)).findFirst();
  }
}
