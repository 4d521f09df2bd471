package org.postroom.documents.einvoice;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.postroom.documents.einvoice.Einvoice.Category;
import org.postroom.documents.einvoice.Einvoice.Extra;
import org.postroom.documents.einvoice.Einvoice.Figures;
import org.postroom.documents.einvoice.Einvoice.Item;
import org.postroom.documents.einvoice.Einvoice.Payment;
import org.postroom.documents.einvoice.Einvoice.Period;
import org.postroom.documents.einvoice.Einvoice.TaxRow;

/**
 * The invoice as XML: UN/CEFACT Cross Industry Invoice D16B, profile EN 16931 (Factur-X 1.0). The
 * order of elements is that of the schema.
 */
final class Cii {
  private static final String RSM = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100";
  private static final String RAM =
      "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100";
  private static final String UDT = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100";
  private static final String PROFILE = "urn:cen.eu:en16931:2017";

  private final Einvoice invoice;
  private final XmlOut xml = new XmlOut();

  private Cii(Einvoice invoice) {
    this.invoice = invoice;
  }

  static byte[] write(Einvoice invoice) {
    return new Cii(invoice).write();
  }

  private byte[] write() {
    xml.open("rsm:CrossIndustryInvoice");
    xml.namespace("rsm", RSM);
    xml.namespace("ram", RAM);
    xml.namespace("udt", UDT);
    xml.in(
        "rsm:ExchangedDocumentContext",
        () ->
            xml.in(
                "ram:GuidelineSpecifiedDocumentContextParameter",
                () -> xml.text("ram:ID", PROFILE)));
    xml.in("rsm:ExchangedDocument", this::head);
    xml.in(
        "rsm:SupplyChainTradeTransaction",
        () -> {
          invoice
              .items()
              .forEach(item -> xml.in("ram:IncludedSupplyChainTradeLineItem", () -> item(item)));
          xml.in("ram:ApplicableHeaderTradeAgreement", this::agreement);
          xml.in("ram:ApplicableHeaderTradeDelivery", this::delivery);
          xml.in("ram:ApplicableHeaderTradeSettlement", this::settlement);
        });
    xml.close();
    return xml.bytes();
  }

  private void head() {
    xml.text("ram:ID", invoice.number());
    xml.text("ram:TypeCode", invoice.typeCode());
    xml.date("ram:IssueDateTime", invoice.issueDate());
    for (String note : invoice.notes())
      xml.in("ram:IncludedNote", () -> xml.text("ram:Content", note));
  }

  private void item(Item item) {
    xml.in("ram:AssociatedDocumentLineDocument", () -> xml.text("ram:LineID", item.id()));
    xml.in(
        "ram:SpecifiedTradeProduct",
        () -> {
          xml.text("ram:SellerAssignedID", item.sku());
          xml.text("ram:BuyerAssignedID", item.buyerSku());
          xml.text("ram:Name", item.name());
          xml.text("ram:Description", item.description());
        });
    xml.in(
        "ram:SpecifiedLineTradeAgreement",
        () -> xml.in("ram:NetPriceProductTradePrice", () -> price(item)));
    xml.in(
        "ram:SpecifiedLineTradeDelivery",
        () -> quantity("ram:BilledQuantity", item.quantity(), item.unit()));
    xml.in("ram:SpecifiedLineTradeSettlement", () -> lineSums(item));
  }

  private void price(Item item) {
    xml.number("ram:ChargeAmount", item.price());
    if (item.priceQuantity() != null)
      quantity("ram:BasisQuantity", item.priceQuantity(), item.unit());
  }

  private void lineSums(Item item) {
    xml.in("ram:ApplicableTradeTax", () -> category(item.category()));
    if (item.allowance().signum() != 0) allowance(false, item.allowance(), "Discount", null);
    if (item.charge().signum() != 0) allowance(true, item.charge(), "Charge", null);
    xml.in(
        "ram:SpecifiedTradeSettlementLineMonetarySummation",
        () -> xml.number("ram:LineTotalAmount", item.amount()));
  }

  /** An indicator tells allowances and charges apart, so their amounts are as they are. */
  private void allowance(
      boolean charge, BigDecimal amount, String reason, @Nullable Category category) {
    xml.in(
        "ram:SpecifiedTradeAllowanceCharge",
        () -> {
          xml.in("ram:ChargeIndicator", () -> xml.text("udt:Indicator", charge ? "true" : "false"));
          xml.number("ram:ActualAmount", amount);
          xml.text("ram:Reason", reason);
          if (category != null) xml.in("ram:CategoryTradeTax", () -> category(category));
        });
  }

  private void category(Category category) {
    xml.text("ram:TypeCode", "VAT");
    xml.text("ram:CategoryCode", category.code());
    if (category.rate() != null) xml.number("ram:RateApplicablePercent", category.rate());
  }

  private void agreement() {
    xml.text("ram:BuyerReference", reference("buyer_reference"));
    TradeParty.write(xml, "ram:SellerTradeParty", invoice.seller());
    TradeParty.write(xml, "ram:BuyerTradeParty", invoice.buyer());
    refer("ram:SellerOrderReferencedDocument", reference("sales_order"));
    String order = reference("customer_order");
    refer("ram:BuyerOrderReferencedDocument", order == null ? reference("order") : order);
    refer("ram:ContractReferencedDocument", reference("contract"));
    String project = reference("project");
    if (project != null)
      xml.in(
          "ram:SpecifiedProcuringProject",
          () -> {
            xml.text("ram:ID", project);
            // The schema wants a name, the standard (BT-11) knows none.
            xml.text("ram:Name", "Project reference");
          });
  }

  private void delivery() {
    if (invoice.shipTo() != null)
      TradeParty.writePlace(xml, "ram:ShipToTradeParty", invoice.shipTo());
    if (invoice.delivered() != null)
      xml.in(
          "ram:ActualDeliverySupplyChainEvent",
          () -> xml.date("ram:OccurrenceDateTime", invoice.delivered()));
    refer("ram:DespatchAdviceReferencedDocument", reference("shipment"));
    refer("ram:ReceivingAdviceReferencedDocument", reference("receipt"));
  }

  private void settlement() {
    Payment payment = invoice.payment();
    xml.text("ram:PaymentReference", payment.reference());
    xml.text("ram:InvoiceCurrencyCode", invoice.currency());
    if (payment.payee() != null)
      xml.in("ram:PayeeTradeParty", () -> xml.text("ram:Name", payment.payee()));
    if (payment.means() != null)
      xml.in("ram:SpecifiedTradeSettlementPaymentMeans", () -> means(payment));
    invoice.taxes().forEach(row -> xml.in("ram:ApplicableTradeTax", () -> tax(row)));
    Period period = invoice.period();
    if (period != null) xml.in("ram:BillingSpecifiedPeriod", () -> period(period));
    for (Extra extra : invoice.extras())
      allowance(extra.charge(), extra.amount(), extra.reason(), extra.category());
    if (payment.terms() != null || payment.dueDate() != null)
      xml.in(
          "ram:SpecifiedTradePaymentTerms",
          () -> {
            xml.text("ram:Description", payment.terms());
            xml.date("ram:DueDateDateTime", payment.dueDate());
          });
    xml.in("ram:SpecifiedTradeSettlementHeaderMonetarySummation", () -> figures(invoice.figures()));
    refer("ram:InvoiceReferencedDocument", reference("invoice"));
    String cost = reference("accounting_cost");
    if (cost != null)
      xml.in("ram:ReceivableSpecifiedTradeAccountingAccount", () -> xml.text("ram:ID", cost));
  }

  private void means(Payment payment) {
    xml.text("ram:TypeCode", payment.means());
    if (payment.iban() != null || payment.account() != null)
      xml.in(
          "ram:PayeePartyCreditorFinancialAccount",
          () -> {
            xml.text("ram:IBANID", payment.iban());
            xml.text("ram:AccountName", payment.accountName());
            xml.text("ram:ProprietaryID", payment.account());
          });
    if (payment.iban() != null && payment.bic() != null)
      xml.in(
          "ram:PayeeSpecifiedCreditorFinancialInstitution",
          () -> xml.text("ram:BICID", payment.bic()));
  }

  private void tax(TaxRow row) {
    xml.number("ram:CalculatedAmount", row.amount());
    xml.text("ram:TypeCode", "VAT");
    xml.text("ram:ExemptionReason", row.reason());
    xml.number("ram:BasisAmount", row.base());
    xml.text("ram:CategoryCode", row.category().code());
    xml.text("ram:ExemptionReasonCode", row.reasonCode());
    if (row.category().rate() != null)
      xml.number("ram:RateApplicablePercent", row.category().rate());
  }

  private void period(Period period) {
    xml.date("ram:StartDateTime", period.start());
    xml.date("ram:EndDateTime", period.end());
  }

  private void figures(Figures figures) {
    xml.number("ram:LineTotalAmount", figures.lines());
    xml.number("ram:ChargeTotalAmount", figures.charges());
    xml.number("ram:AllowanceTotalAmount", figures.allowances());
    xml.number("ram:TaxBasisTotalAmount", figures.net());
    xml.text("ram:TaxTotalAmount", figures.tax().toPlainString(), "currencyID", invoice.currency());
    if (figures.rounding().signum() != 0) xml.number("ram:RoundingAmount", figures.rounding());
    xml.number("ram:GrandTotalAmount", figures.gross());
    if (figures.paid().signum() != 0) xml.number("ram:TotalPrepaidAmount", figures.paid());
    xml.number("ram:DuePayableAmount", figures.due());
  }

  private void quantity(String name, BigDecimal quantity, String unit) {
    xml.text(name, quantity.toPlainString(), "unitCode", unit);
  }

  private void refer(String name, @Nullable String number) {
    if (number != null) xml.in(name, () -> xml.text("ram:IssuerAssignedID", number));
  }

  private @Nullable String reference(String word) {
    return invoice.references().get(word);
  }
}
