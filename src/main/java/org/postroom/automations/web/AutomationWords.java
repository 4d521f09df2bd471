package org.postroom.automations.web;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.automations.Automation;
import org.postroom.automations.BusinessEvent.Outcome;
import org.postroom.automations.EventType;

/** Automatic mails and events in plain words. */
final class AutomationWords {
  private AutomationWords() {}

  /** In the order of the page. */
  static final List<String> GROUPS =
      List.of("Sales", "Shipping", "Payments", "Purchasing", "Customers");

  static String group(Automation automation) {
    return switch (automation.word()) {
      case "quote_issued",
          "order_confirmation",
          "order_allocation",
          "order_release",
          "invoice_issued" ->
          "Sales";
      case "shipment_confirmation", "packing_slip_with_invoice" -> "Shipping";
      case "bill_payment", "goods_received" -> "Purchasing";
      case "overdue_reminder",
          "monthly_statement",
          "deposit_requested",
          "payment_requested",
          "payment_succeeded",
          "payment_declined" ->
          "Payments";
      default -> "Customers";
    };
  }

  /** When it goes. */
  static String when(Automation automation) {
    if (automation == Automation.OVERDUE_REMINDER) return "Before or after an invoice is due";
    if (automation == Automation.MONTHLY_STATEMENT) return "On its day of the month";
    if (automation == Automation.PACKING_SLIP_WITH_INVOICE)
      return "When an invoice was issued and its packing slip is known: both in one mail";
    EventType trigger = automation.trigger();
    return trigger == null ? "By itself" : when(trigger.word());
  }

  static String when(String event) {
    return switch (event) {
      case "quote.issued" -> "When a quote was issued";
      case "sales_order.confirmed" -> "When a sales order was confirmed";
      case "sales_order.allocated" -> "When goods were allocated to a sales order";
      case "sales_order.released" -> "When a sales order was released";
      case "sales_order.deposit_requested" -> "When a deposit is asked for";
      case "shipment.shipped" -> "When a shipment was packed and shipped";
      case "invoice.issued" -> "When an invoice was issued";
      case "invoice.payment_requested" -> "When payment of an invoice is asked for";
      case "bill.paid" -> "When a vendor’s bill was paid";
      case "goods.received" -> "When goods were received";
      case "payment.succeeded" -> "When a payment came in";
      case "payment.declined" -> "When a payment failed";
      case "quote.approved" -> "When a customer approved a quote";
      case "quote.declined" -> "When a customer declined a quote";
      case "customer.portal_invited" -> "When a customer is invited to the portal";
      case "customer.direct_debit_requested" -> "When a direct debit mandate is asked for";
      default -> "When “" + event + "” is told";
    };
  }

  /** Where an automation without an event has its own page; null for all others. */
  static @Nullable String ownPage(Automation automation) {
    return switch (automation) {
      case OVERDUE_REMINDER -> "/reminders";
      case MONTHLY_STATEMENT -> "/statements/schedule";
      default -> null;
    };
  }

  /** Titles by word, and events nothing listens to by their own word. */
  static Map<String, String> titles() {
    return Arrays.stream(Automation.values())
        .collect(Collectors.toMap(Automation::word, Automation::title));
  }

  /** For choosing: word to words. */
  static Map<String, String> events() {
    Map<String, String> events = new LinkedHashMap<>();
    events.put("", "All events");
    for (EventType type : EventType.values())
      events.put(
          type.word(), when(type.word()).replaceFirst("^When ", "").replaceFirst("^an? ", ""));
    events.replaceAll((word, words) -> capital(words));
    return events;
  }

  /** Why not, in two or three words; for filters. */
  static Map<String, String> reasons() {
    Map<String, String> reasons = new LinkedHashMap<>();
    reasons.put("", "All reasons");
    reasons.put("switched_off", "Switched off");
    reasons.put("switched_off_for_partner", "Switched off for the partner");
    reasons.put("excluded", "Exception");
    reasons.put("condition", "Condition not met");
    reasons.put("already_sent", "Already sent");
    reasons.put("nothing_due", "Nothing due");
    reasons.put("no_recipient", "Nobody to send to");
    reasons.put("unknown_document", "Document not known");
    reasons.put("no_packing_slip", "No packing slip");
    return reasons;
  }

  /** "Sent", "Went along", "Told inside Postroom" or "Skipped". */
  static String result(Outcome outcome) {
    if (!outcome.done()) return "Skipped";
    if (Outcome.NOTIFIED.equals(outcome.code())) return "Told inside Postroom";
    return Outcome.GOES_ALONG.equals(outcome.code()) ? "Went along" : "Mail made";
  }

  static String capital(String words) {
    return words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
