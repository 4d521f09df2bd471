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
  QUOTE_ISSUED("quote.issued");

  private final String word;

  EventType(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  public static Optional<EventType> of(String word) {
    return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(EventType::word).toList();
  }
}
