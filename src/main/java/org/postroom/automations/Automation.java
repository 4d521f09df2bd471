package org.postroom.automations;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postroom.partners.Purpose;

/** The automatic mails there are: which event makes which mail. Each is off until switched on. */
public enum Automation {
  INVOICE_ISSUED(EventType.INVOICE_ISSUED, Purpose.INVOICE, "Invoice issued"),
  PACKING_SLIP_WITH_INVOICE(
      EventType.INVOICE_ISSUED, Purpose.INVOICE, "Packing slip with the invoice"),
  OVERDUE_REMINDER(null, Purpose.REMINDER, "Overdue invoice reminder"),
  MONTHLY_STATEMENT(null, Purpose.STATEMENT, "Monthly statement"),
  ORDER_CONFIRMATION(
      EventType.SALES_ORDER_CONFIRMED, Purpose.ORDER_CONFIRMATION, "Order confirmed"),
  ORDER_ALLOCATION(EventType.SALES_ORDER_ALLOCATED, Purpose.ORDER_ALLOCATION, "Order allocated"),
  ORDER_RELEASE(EventType.SALES_ORDER_RELEASED, Purpose.ORDER_RELEASE, "Order released"),
  SHIPMENT_CONFIRMATION(EventType.SHIPMENT_SHIPPED, Purpose.SHIP_CONFIRMATION, "Order shipped"),
  BILL_PAYMENT(EventType.BILL_PAID, Purpose.BILL_PAYMENT, "Bill paid"),
  GOODS_RECEIVED(EventType.GOODS_RECEIVED, Purpose.GOODS_RECEIVED, "Goods received"),
  DEPOSIT_REQUESTED(
      EventType.SALES_ORDER_DEPOSIT_REQUESTED, Purpose.DEPOSIT_LINK, "Deposit requested"),
  PAYMENT_REQUESTED(EventType.INVOICE_PAYMENT_REQUESTED, Purpose.PAYMENT_LINK, "Payment requested"),
  PAYMENT_SUCCEEDED(EventType.PAYMENT_SUCCEEDED, Purpose.PAYMENT_SUCCEEDED, "Payment received"),
  PAYMENT_DECLINED(EventType.PAYMENT_DECLINED, Purpose.PAYMENT_DECLINED, "Payment declined"),
  QUOTE_ISSUED(EventType.QUOTE_ISSUED, Purpose.QUOTE, "Quote issued"),
  PORTAL_INVITATION(
      EventType.CUSTOMER_PORTAL_INVITED, Purpose.PORTAL_INVITATION, "Invitation to the portal"),
  DIRECT_DEBIT_INVITATION(
      EventType.CUSTOMER_DIRECT_DEBIT_REQUESTED,
      Purpose.DIRECT_DEBIT_INVITATION,
      "Invitation to direct debit");

  private final @Nullable EventType trigger;
  private final Purpose purpose;
  private final String title;

  Automation(@Nullable EventType trigger, Purpose purpose, String title) {
    this.trigger = trigger;
    this.purpose = purpose;
    this.title = title;
  }

  /**
   * The event that sets it off; null where Postroom does so by itself, by due dates and schedules.
   */
  public @Nullable EventType trigger() {
    return trigger;
  }

  public Purpose purpose() {
    return purpose;
  }

  /** What its mail is for with these options: asking to approve a quote is a purpose of its own. */
  public Purpose purpose(Options options) {
    return this == QUOTE_ISSUED && options.approval() ? Purpose.QUOTE_APPROVAL : purpose;
  }

  /** Whether it may come again for the same document, for another occasion: payments, requests. */
  boolean repeats() {
    return switch (this) {
      case DEPOSIT_REQUESTED, PAYMENT_REQUESTED, PAYMENT_SUCCEEDED, PAYMENT_DECLINED -> true;
      default -> false;
    };
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** The name in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Automation> of(String word) {
    return Arrays.stream(values()).filter(automation -> automation.word().equals(word)).findFirst();
  }

  static List<Automation> on(EventType type) {
    return Arrays.stream(values()).filter(automation -> automation.trigger == type).toList();
  }
}
