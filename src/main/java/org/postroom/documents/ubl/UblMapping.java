package org.postroom.documents.ubl;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.Document;
import org.postroom.documents.Document.Contact;
import org.postroom.documents.Document.Party;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Ledger;
import org.postroom.documents.intake.Wording;

/** From one UBL document to ours: what belongs where, part by part. */
final class UblMapping {
  private static final List<String> SUPPLIERS =
      List.of("AccountingSupplierParty", "SellerSupplierParty", "DespatchSupplierParty");
  private static final List<String> CUSTOMERS =
      List.of(
          "BuyerCustomerParty",
          "AccountingCustomerParty",
          "DeliveryCustomerParty",
          "OriginatorCustomerParty");

  private final Element root;
  private final Form form;
  private final DocumentKind kind;
  private final Values values = new Values();
  private final Parties parties = new Parties(values);

  UblMapping(Element root, Form form, DocumentKind kind) {
    this.root = root;
    this.form = form;
    this.kind = kind;
  }

  UblDocument read(String number) {
    String currency = currency();
    values.expect(currency);
    Element seller = one(SUPPLIERS);
    Element buyer = one(CUSTOMERS);
    Element receiver = kind.toVendor() ? seller : buyer;
    var money = new UblMoney(root, form, values, currency);
    Document document = document(number, currency, seller, buyer, receiver, money);
    values.errors().throwIfAny();
    var newcomer = receiver == null ? null : new Newcomer(receiver, values).partner(document);
    return new UblDocument(
        document.withPartner(newcomer == null ? null : newcomer.ref()), newcomer, money.places());
  }

  private Document document(
      String number,
      String currency,
      @Nullable Element seller,
      @Nullable Element buyer,
      @Nullable Element receiver,
      UblMoney money) {
    Ledger ledger = form == Form.STATEMENT ? new UblLedger(root, values, currency).read() : null;
    return new Document(
        kind,
        number,
        null,
        values.date(root, "IssueDate"),
        dueDate(),
        deliveryDate(),
        currency,
        null,
        parties.party(seller),
        parties.party(buyer),
        billTo(buyer),
        shipTo(buyer),
        contact(receiver),
        List.of(),
        ledger == null ? new UblLines(root, form, values).read() : List.of(),
        money.adjustments(),
        money.taxes(),
        money.totals(),
        new UblPayment(root, values).terms(),
        references(),
        values.notes(root, "Note"),
        fields(),
        ledger,
        List.of());
  }

  /** Where no currency is named for the document, that of its first amount counts. */
  private String currency() {
    String code = root.text("DocumentCurrencyCode");
    if (code == null) code = root.text("PricingCurrencyCode");
    if (code == null)
      code =
          root.tree()
              .map(element -> element.attribute("currencyID"))
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(null);
    if (code == null || Wording.isCurrency(code)) return code == null ? "XXX" : code;
    Element named = root.first("DocumentCurrencyCode");
    values.note(
        named == null ? root : named,
        "not_a_currency",
        "“"
            + (code.length() > 20 ? code.substring(0, 20) : code)
            + "” is not a currency code of ISO 4217.");
    return "XXX";
  }

  private @Nullable Element one(List<String> names) {
    return names.stream().map(root::first).filter(Objects::nonNull).findFirst().orElse(null);
  }

  private @Nullable LocalDate dueDate() {
    LocalDate date = values.date(root, "DueDate");
    if (date == null) date = values.date(root, "PaymentMeans", "PaymentDueDate");
    if (date == null) date = values.date(root, "PaymentTerms", "PaymentDueDate");
    if (date == null) date = values.date(root, "PaymentTerms", "SettlementPeriod", "EndDate");
    return date;
  }

  private @Nullable LocalDate deliveryDate() {
    return Stream.concat(root.all("Delivery"), root.all("Shipment", "Delivery"))
        .map(this::deliveryDate)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** What happened counts before what was promised, and that before what was asked for. */
  private @Nullable LocalDate deliveryDate(Element delivery) {
    LocalDate date = values.date(delivery, "ActualDeliveryDate");
    if (date == null) date = values.date(delivery, "LatestDeliveryDate");
    if (date == null) date = values.date(delivery, "PromisedDeliveryPeriod", "EndDate");
    if (date == null) date = values.date(delivery, "EstimatedDeliveryPeriod", "EndDate");
    if (date == null) date = values.date(delivery, "RequestedDeliveryPeriod", "EndDate");
    return date;
  }

  /** Where buyer and payer are two parties, the bill goes to the one of the accounts. */
  private @Nullable Party billTo(@Nullable Element buyer) {
    Element accounting = root.first("AccountingCustomerParty");
    return accounting == null || accounting == buyer ? null : parties.party(accounting);
  }

  private @Nullable Party shipTo(@Nullable Element buyer) {
    Element delivery = root.first("Delivery");
    if (delivery == null) delivery = root.first("Shipment", "Delivery");
    Element customer = root.first("DeliveryCustomerParty");
    if (customer == null) customer = buyer;
    String name = customer == null ? null : parties.name(Parties.inner(customer));
    Party shipTo = parties.shipTo(delivery, name);
    return shipTo == null ? parties.party(root.first("DeliveryCustomerParty")) : shipTo;
  }

  private @Nullable Contact contact(@Nullable Element receiver) {
    Contact contact = parties.contact(receiver);
    if (contact != null || receiver == null) return contact;
    String outer = kind.toVendor() ? "SellerContact" : "AccountingContact";
    Element element = receiver.first(outer);
    return element == null
        ? null
        : new Contact(values.text(element, "Name"), null, values.text(100, element, "Telephone"));
  }

  private Map<String, String> references() {
    Map<String, String> references = new LinkedHashMap<>();
    refer(references, "order", "OrderReference", "ID");
    refer(references, "sales_order", "OrderReference", "SalesOrderID");
    refer(references, "quote", "QuotationDocumentReference", "ID");
    refer(references, "request_for_quote", "RequestForQuotationDocumentReference", "ID");
    refer(references, "contract", "ContractDocumentReference", "ID");
    refer(references, "contract", "Contract", "ID");
    refer(references, "shipment", "DespatchDocumentReference", "ID");
    refer(references, "receipt", "ReceiptDocumentReference", "ID");
    refer(references, "invoice", "BillingReference", "InvoiceDocumentReference", "ID");
    refer(references, "credit_memo", "BillingReference", "CreditNoteDocumentReference", "ID");
    refer(references, "statement", "StatementDocumentReference", "ID");
    refer(references, "originator", "OriginatorDocumentReference", "ID");
    refer(references, "project", "ProjectReference", "ID");
    refer(references, "buyer_reference", "BuyerReference");
    refer(references, "customer_order", "CustomerReference");
    refer(references, "accounting_cost", "AccountingCost");
    refer(references, "accounting_cost", "AccountingCostCode");
    refer(references, "tracking", "Delivery", "TrackingID");
    refer(references, "tracking", "Shipment", "Delivery", "TrackingID");
    refer(references, "carrier", "Shipment", "Consignment", "CarrierParty", "PartyName", "Name");
    refer(references, "carrier", "Shipment", "Delivery", "CarrierParty", "PartyName", "Name");
    return references;
  }

  private void refer(Map<String, String> references, String word, String... path) {
    if (references.containsKey(word)) return;
    List<String> all = new ArrayList<>();
    root.all(path)
        .limit(50)
        .forEach(found -> {
          String text = values.text(100, found);
          if (text != null && !all.contains(text)) all.add(text);
        });
    String joined = String.join(", ", all);
    if (!joined.isEmpty())
      references.put(word, joined.length() > Wording.SHORT ? all.getFirst() : joined);
  }

  /** What has no place of its own in a document but may be wanted in a text or layout. */
  private Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    field(fields, "type_code", root.text(form.root() + "TypeCode"));
    field(fields, "period_start", first("InvoicePeriod", "StatementPeriod", "StartDate"));
    field(fields, "period_end", first("InvoicePeriod", "StatementPeriod", "EndDate"));
    field(fields, "valid_until", root.text("ValidityPeriod", "EndDate"));
    field(fields, "tax_point_date", root.text("TaxPointDate"));
    field(fields, "delivery_terms", root.text("DeliveryTerms", "SpecialTerms"));
    field(fields, "accepted", root.text("AcceptedIndicator"));
    field(fields, "rejection_note", root.text("RejectionNote"));
    Element payee = root.first("PayeeParty");
    if (payee != null) field(fields, "payee", parties.name(Parties.inner(payee)));
    new UblPayment(root, values).fields(fields);
    return fields;
  }

  private @Nullable String first(String one, String other, String name) {
    String text = root.text(one, name);
    return text == null ? root.text(other, name) : text;
  }

  static void field(Map<String, Object> fields, String name, @Nullable String text) {
    if (text != null && Wording.trouble(text, Wording.LONG) == null) fields.put(name, text);
  }
}
