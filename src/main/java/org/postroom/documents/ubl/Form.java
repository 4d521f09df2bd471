package org.postroom.documents.ubl;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postroom.documents.DocumentKind;

/** The UBL documents that are read, by root element: which kind they are, and what may differ. */
enum Form {
  INVOICE(
      "Invoice",
      "InvoiceLine",
      "InvoicedQuantity",
      DocumentKind.INVOICE,
      DocumentKind.BILL,
      DocumentKind.DEPOSIT,
      DocumentKind.RECEIPT),
  CREDIT_NOTE(
      "CreditNote",
      "CreditNoteLine",
      "CreditedQuantity",
      DocumentKind.CREDIT_MEMO,
      DocumentKind.RMA),
  QUOTATION("Quotation", "QuotationLine", "Quantity", DocumentKind.QUOTE),
  ORDER("Order", "OrderLine", "Quantity", DocumentKind.PURCHASE_ORDER, DocumentKind.SALES_ORDER),
  ORDER_RESPONSE(
      "OrderResponse",
      "OrderLine",
      "Quantity",
      DocumentKind.SALES_ORDER,
      DocumentKind.PURCHASE_ORDER),
  ORDER_RESPONSE_SIMPLE(
      "OrderResponseSimple",
      "OrderLine",
      "Quantity",
      DocumentKind.SALES_ORDER,
      DocumentKind.PURCHASE_ORDER),
  DESPATCH_ADVICE(
      "DespatchAdvice",
      "DespatchLine",
      "DeliveredQuantity",
      DocumentKind.SHIPMENT,
      DocumentKind.PACKING_SLIP),
  RECEIPT_ADVICE("ReceiptAdvice", "ReceiptLine", "ReceivedQuantity", DocumentKind.ITEM_RECEIPT),
  REMITTANCE_ADVICE(
      "RemittanceAdvice",
      "RemittanceAdviceLine",
      "",
      DocumentKind.BILL_PAYMENT,
      DocumentKind.RECEIPT),
  STATEMENT("Statement", "StatementLine", "", DocumentKind.STATEMENT),
  REMINDER("Reminder", "ReminderLine", "", DocumentKind.REMINDER);

  private final String root;
  private final String line;
  private final String quantity;
  private final List<DocumentKind> kinds;

  Form(String root, String line, String quantity, DocumentKind... kinds) {
    this.root = root;
    this.line = line;
    this.quantity = quantity;
    this.kinds = List.of(kinds);
  }

  static Optional<Form> of(String root) {
    return Arrays.stream(values()).filter(form -> form.root.equals(root)).findFirst();
  }

  static String roots() {
    return Arrays.stream(values()).map(form -> form.root).collect(Collectors.joining(", "));
  }

  String root() {
    return root;
  }

  /** The element of one line. */
  String line() {
    return line;
  }

  /** The element of a line's quantity; empty for lists of other documents. */
  String quantity() {
    return quantity;
  }

  /** What it is unless the address says otherwise. */
  DocumentKind kind() {
    return kinds.getFirst();
  }

  /** What the address may make of it. */
  List<DocumentKind> kinds() {
    return kinds;
  }

  /** Whether a line stands for another document, with debit and credit. */
  boolean listsDocuments() {
    return quantity.isEmpty();
  }
}
