package org.postroom.automations;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The business events that can be told. The word is the CloudEvents {@code type}. */
public enum EventType {
  SALES_ORDER_ALLOCATED("sales_order.allocated"),
  SALES_ORDER_RELEASED("sales_order.released"),
  SALES_ORDER_CONFIRMED("sales_order.confirmed"),
  SALES_ORDER_DEPOSIT_REQUESTED("sales_order.deposit_requested"),
  SHIPMENT_SHIPPED("shipment.shipped"),
  INVOICE_ISSUED("invoice.issued"),
  INVOICE_PAYMENT_REQUESTED("invoice.payment_requested"),
  BILL_PAID("bill.paid"),
  GOODS_RECEIVED("goods.received"),
  PAYMENT_SUCCEEDED("payment.succeeded"),
  PAYMENT_DECLINED("payment.declined"),
  QUOTE_ISSUED("quote.issued"),
  QUOTE_APPROVED("quote.approved"),
  QUOTE_DECLINED("quote.declined"),
  CUSTOMER_PORTAL_INVITED("customer.portal_invited"),
  CUSTOMER_DIRECT_DEBIT_REQUESTED("customer.direct_debit_requested");

  private final String word;

  EventType(String word) {
    this.word = word;
  }

  /** Whether only Postroom itself tells it: the customer decided on Postroom's own page. */
  public boolean own() {
    return this == QUOTE_APPROVED || this == QUOTE_DECLINED;
  }

  /** Whether it is about a payment, and may say which. */
  public boolean payment() {
    return this == PAYMENT_SUCCEEDED || this == PAYMENT_DECLINED;
  }

  /** Whether it is about a partner, not about a document. */
  public boolean invitation() {
    return this == CUSTOMER_PORTAL_INVITED || this == CUSTOMER_DIRECT_DEBIT_REQUESTED;
  }

  public String word() {
    return word;
  }

  public static Optional<EventType> of(String word) {
    return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
  }

  /** Of those that may be told to Postroom. */
  public static List<String> words() {
    return Arrays.stream(values()).filter(type -> !type.own()).map(EventType::word).toList();
  }
}
