package org.postroom.documents.ubl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postroom.documents.Document;
import org.postroom.documents.Document.Line;
import org.postroom.documents.Document.Party;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Samples;
import org.postroom.documents.intake.DocumentJson;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Every value of every document of the UBL corpus, against what the JDK's own XPath finds in the
 * same file.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UblCorpusTests {
  private static final Map<String, DocumentKind> KINDS =
      Map.ofEntries(
          Map.entry("Invoice", DocumentKind.INVOICE),
          Map.entry("CreditNote", DocumentKind.CREDIT_MEMO),
          Map.entry("Quotation", DocumentKind.QUOTE),
          Map.entry("Order", DocumentKind.PURCHASE_ORDER),
          Map.entry("OrderResponse", DocumentKind.SALES_ORDER),
          Map.entry("OrderResponseSimple", DocumentKind.SALES_ORDER),
          Map.entry("DespatchAdvice", DocumentKind.SHIPMENT),
          Map.entry("ReceiptAdvice", DocumentKind.ITEM_RECEIPT),
          Map.entry("RemittanceAdvice", DocumentKind.BILL_PAYMENT),
          Map.entry("Statement", DocumentKind.STATEMENT),
          Map.entry("Reminder", DocumentKind.REMINDER));

  static List<Path> corpus() {
    return Samples.corpus();
  }

  @Test
  void theCorpusHoldsEveryRootThatIsRead() throws Exception {
    List<String> roots = new ArrayList<>();
    for (Path file : corpus()) roots.add(new Told(file).root());
    assertThat(roots).containsAll(KINDS.keySet());
    for (Form form : Form.values()) assertThat(form.kind()).isEqualTo(KINDS.get(form.root()));
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void headAndPartiesAreThoseOfTheXml(Path file) throws Exception {
    var told = new Told(file);
    Document read = read(file);
    var soft = new SoftAssertions();
    soft.assertThat(read.kind()).isEqualTo(KINDS.get(told.root()));
    soft.assertThat(read.number()).isEqualTo(told.text("/*/ID"));
    soft.assertThat(read.issueDate()).isEqualTo(told.date("/*/IssueDate"));
    soft.assertThat(read.dueDate())
        .isEqualTo(told.date("(/*/DueDate | /*[not(DueDate)]/PaymentMeans/PaymentDueDate)[1]"));
    String currency =
        told.text("(/*/DocumentCurrencyCode | /*[not(DocumentCurrencyCode)]//@currencyID)[1]");
    soft.assertThat(read.currency()).isEqualTo(currency == null ? "XXX" : currency);
    soft.assertThat(read.deliveryDate())
        .isEqualTo(
            told.date(
                "(/*//Delivery[parent::Shipment or parent::*[not(parent::*)]]/ActualDeliveryDate |"
                    + " /*//Delivery[parent::Shipment or parent::*[not(parent::*)]][not(ActualDeliveryDate)]/RequestedDeliveryPeriod/EndDate)[1]"));
    party(
        soft,
        told,
        read.seller(),
        "/*/*[self::AccountingSupplierParty or self::SellerSupplierParty or self::DespatchSupplierParty]");
    party(
        soft,
        told,
        read.buyer(),
        "/*/*[self::AccountingCustomerParty or self::BuyerCustomerParty or self::DeliveryCustomerParty or (self::OriginatorCustomerParty and not(../BuyerCustomerParty))]");
    soft.assertThat(read.references().get("order")).isEqualTo(told.text("/*/OrderReference/ID"));
    soft.assertThat(read.references().get("contract"))
        .isEqualTo(told.text("(/*/ContractDocumentReference/ID | /*/Contract/ID)[1]"));
    soft.assertThat(read.references().get("shipment"))
        .isEqualTo(told.text("/*/DespatchDocumentReference/ID"));
    soft.assertThat(read.references().get("invoice"))
        .isEqualTo(told.text("/*/BillingReference/InvoiceDocumentReference/ID"));
    soft.assertThat(read.references().get("buyer_reference"))
        .isEqualTo(told.text("/*/BuyerReference"));
    soft.assertThat(read.notes().stream().map(UblCorpusTests::oneLine))
        .isEqualTo(told.texts("/*/Note"));
    soft.assertAll();
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void everyLineIsThatOfTheXml(Path file) throws Exception {
    var told = new Told(file);
    Document read = read(file);
    String path = "/*/*[substring(local-name(), string-length(local-name()) - 3) = 'Line']";
    assertThat(read.lines()).hasSize(told.count(path));
    var soft = new SoftAssertions();
    for (int i = 1; i <= read.lines().size(); i++)
      line(soft, told, read.lines().get(i - 1), "(" + path + ")[" + i + "]");
    soft.assertAll();
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void taxesTotalsAndPaymentAreThoseOfTheXml(Path file) throws Exception {
    var told = new Told(file);
    Document read = read(file);
    var soft = new SoftAssertions();
    String own = "/*/TaxTotal[TaxAmount/@currencyID='" + read.currency() + "']";
    soft.assertThat(read.taxes()).hasSize(told.count(own + "/TaxSubtotal"));
    for (int i = 1; i <= read.taxes().size(); i++) {
      var tax = read.taxes().get(i - 1);
      String at = "(" + own + "/TaxSubtotal)[" + i + "]";
      soft.assertThat(tax.amount()).isEqualTo(told.number(at + "/TaxAmount"));
      soft.assertThat(tax.base()).isEqualTo(told.number(at + "/TaxableAmount"));
      soft.assertThat(tax.rate()).isEqualTo(told.number(at + "/TaxCategory/Percent"));
      soft.assertThat(tax.category()).isEqualTo(told.text(at + "/TaxCategory/ID"));
      soft.assertThat(tax.exemption()).isEqualTo(told.text(at + "/TaxCategory/TaxExemptionReason"));
    }
    totals(soft, told, read);
    soft.assertThat(read.adjustments()).hasSize(told.count("/*/AllowanceCharge"));
    for (int i = 1; i <= read.adjustments().size(); i++) {
      String at = "(/*/AllowanceCharge)[" + i + "]";
      BigDecimal amount = told.number(at + "/Amount");
      boolean charge = "true".equals(told.text(at + "/ChargeIndicator"));
      soft.assertThat(read.adjustments().get(i - 1).amount())
          .isEqualTo(charge ? amount : amount.negate());
      soft.assertThat(read.adjustments().get(i - 1).reason())
          .isEqualTo(told.text(at + "/AllowanceChargeReason"));
    }
    payment(soft, told, read);
    soft.assertAll();
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void whatWasReadSurvivesTheDatabase(Path file) throws Exception {
    Document read = read(file);
    assertThat(DocumentJson.kept(read.kind(), read.number(), DocumentJson.keep(read)))
        .isEqualTo(read);
    var sent = DocumentJson.write(read);
    sent.remove("warnings");
    assertThat(DocumentJson.read(read.kind(), read.number(), sent)).isEqualTo(read);
  }

  private static void party(SoftAssertions soft, Told told, @Nullable Party party, String around) {
    if (told.count(around) == 0) {
      soft.assertThat(party).isNull();
      return;
    }
    String at = "(" + around + ")[1]/Party";
    String name = told.text(at + "/PartyName/Name");
    soft.assertThat(party.name())
        .isEqualTo(name == null ? told.text(at + "/PartyLegalEntity/RegistrationName") : name);
    soft.assertThat(party.country())
        .isEqualTo(told.text(at + "/PostalAddress/Country/IdentificationCode"));
    soft.assertThat(party.taxId()).isEqualTo(told.text(at + "/PartyTaxScheme/CompanyID"));
    String email = told.text(at + "/Contact/ElectronicMail");
    if (email == null) email = told.text(at + "/EndpointID[@schemeID='EM']");
    soft.assertThat(party.email()).isEqualToIgnoringCase(email);
    soft.assertThat(party.phone()).isEqualTo(told.text(at + "/Contact/Telephone"));
    soft.assertThat(party.ids())
        .containsAll(told.texts(at + "/PartyIdentification/ID", at + "/EndpointID"));
    String printed = String.join("|", party.address());
    for (String part :
        told.texts(
            at
                + "/PostalAddress/*[self::StreetName or self::BuildingNumber or self::BuildingName or self::AdditionalStreetName or self::Postbox or self::Department or self::CityName or self::PostalZone or self::CountrySubentity]"))
      soft.assertThat(printed).contains(part);
    for (String part : told.texts(at + "/PostalAddress/AddressLine/Line"))
      soft.assertThat(party.address()).contains(part);
  }

  private static void line(SoftAssertions soft, Told told, Line line, String at) {
    String in = told.count(at + "/LineItem") > 0 ? at + "/LineItem" : at;
    String name = told.text(in + "/Item/Name");
    if (name == null) name = told.text(in + "/Item/Description");
    if (name == null) name = told.text(at + "/BillingReference/*/ID");
    soft.assertThat(line.description()).as(at).isEqualTo(name == null ? "–" : name);
    soft.assertThat(line.id()).isEqualTo(told.text(in + "/ID"));
    soft.assertThat(line.sku()).isEqualTo(told.text(in + "/Item/SellersItemIdentification/ID"));
    String quantity =
        in
            + "/*[self::InvoicedQuantity or self::CreditedQuantity or self::Quantity or self::DeliveredQuantity or self::ReceivedQuantity]";
    soft.assertThat(line.quantity()).isEqualTo(told.number(quantity));
    String code = told.text(quantity + "/@unitCode");
    String unit =
        code == null
            ? null
            : Map.of("C62", "pcs", "EA", "pcs", "KGM", "kg", "LTR", "l", "MON", "months").get(code);
    soft.assertThat(line.unit()).as("unit " + code).isEqualTo(unit);
    soft.assertThat(line.unitPrice()).isEqualTo(told.number(in + "/Price/PriceAmount"));
    soft.assertThat(line.priceQuantity()).isEqualTo(told.number(in + "/Price/BaseQuantity"));
    BigDecimal percent = told.number(in + "/Item/ClassifiedTaxCategory/Percent");
    soft.assertThat(line.taxRate())
        .isEqualTo(
            percent == null
                ? told.number(in + "/TaxTotal/TaxSubtotal/TaxCategory/Percent")
                : percent);
    soft.assertThat(line.discount())
        .isEqualTo(told.number(in + "/AllowanceCharge[ChargeIndicator='false']/Amount"));
    BigDecimal amount = told.number(in + "/LineExtensionAmount");
    BigDecimal debit = told.number(at + "/DebitLineAmount");
    if (debit == null) soft.assertThat(line.amount()).isEqualTo(amount);
    else
      soft.assertThat(line.amount())
          .isEqualByComparingTo(debit.subtract(told.number(at + "/CreditLineAmount")));
    soft.assertThat(line.date()).isEqualTo(told.date(at + "/BillingReference/*/IssueDate"));
    List<String> details = line.details().stream().map(UblCorpusTests::oneLine).toList();
    String shown = line.description();
    for (String note : told.texts(at + "/Note", in + "/Item/Description"))
      if (!note.equals(shown)) soft.assertThat(details).contains(note);
  }

  private static void totals(SoftAssertions soft, Told told, Document read) {
    String at =
        "/*/*[self::LegalMonetaryTotal or self::QuotedMonetaryTotal or self::AnticipatedMonetaryTotal]";
    if (told.count("/*/TotalBalanceAmount") > 0) {
      soft.assertThat(read.totals().due()).isEqualTo(told.number("/*/TotalBalanceAmount"));
      return;
    }
    if (told.count("/*/TotalPaymentAmount") > 0) {
      soft.assertThat(read.totals().gross()).isEqualTo(told.number("/*/TotalPaymentAmount"));
      soft.assertThat(read.totals().paid()).isEqualTo(told.number("/*/TotalPaymentAmount"));
      return;
    }
    if (told.count(at) == 0) {
      soft.assertThat(read.totals()).isNull();
      return;
    }
    var totals = read.totals();
    soft.assertThat(totals.lines()).isEqualTo(told.number(at + "/LineExtensionAmount"));
    soft.assertThat(totals.gross()).isEqualTo(told.number(at + "/TaxInclusiveAmount"));
    soft.assertThat(totals.paid()).isEqualTo(told.number(at + "/PrepaidAmount"));
    soft.assertThat(totals.rounding()).isEqualTo(told.number(at + "/PayableRoundingAmount"));
    soft.assertThat(totals.due()).isEqualTo(told.number(at + "/PayableAmount"));
    boolean oioubl = String.valueOf(told.text("/*/CustomizationID")).startsWith("OIOUBL");
    BigDecimal exclusive = told.number(at + "/TaxExclusiveAmount");
    // OIOUBL says the tax there; the corpus' quotation is one.
    soft.assertThat(oioubl ? totals.tax() : totals.net()).isEqualTo(exclusive);
    if (oioubl) soft.assertThat(totals.net()).isEqualByComparingTo(totals.lines());
    else
      soft.assertThat(totals.tax())
          .isEqualTo(
              told.number(
                  "/*/TaxTotal[TaxAmount/@currencyID='" + read.currency() + "']/TaxAmount"));
  }

  private static void payment(SoftAssertions soft, Told told, Document read) {
    String account = told.text("/*/PaymentMeans/PayeeFinancialAccount/ID");
    String compact = account == null ? null : account.replace(" ", "");
    boolean iban = compact != null && Character.isLetter(compact.charAt(0));
    soft.assertThat(read.payment().iban()).isEqualTo(iban ? compact : null);
    if (compact != null && !iban)
      soft.assertThat(read.fields()).containsEntry("bank_account", account);
    String branch = "/*/PaymentMeans/PayeeFinancialAccount/FinancialInstitutionBranch";
    String bic = told.text(branch + "/FinancialInstitution/ID");
    if (bic == null) bic = told.text(branch + "/ID");
    soft.assertThat(read.payment().bic()).isEqualTo(iban ? bic : null);
    soft.assertThat(read.payment().reference()).isEqualTo(told.text("/*/PaymentMeans/PaymentID"));
    String terms = read.payment().terms();
    soft.assertThat(terms == null ? null : oneLine(terms))
        .isEqualTo(told.text("/*/PaymentTerms/Note"));
  }

  private static Document read(Path file) throws Exception {
    return Ubl.read(Files.readAllBytes(file)).document();
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  /** What XPath finds, by local names. */
  private static final class Told {
    private final org.w3c.dom.Document document;

    Told(Path file) throws Exception {
      // Without namespaces the JDK's parser keeps prefixes in names, so they are cut off first.
      String xml =
          Files.readString(file)
              .replaceAll("<(/?)[a-z]+:", "<$1")
              .replaceAll(" xmlns(:\\w+)?\\s*=\\s*\"[^\"]*\"", " ")
              .replaceAll("xsi:schemaLocation=\"[^\"]*\"", "")
              .replaceAll("(?s)\\s+xmlns=\"[^\"]*\"", "");
      document =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(Samples.bytes(xml)));
    }

    String root() {
      return document.getDocumentElement().getNodeName();
    }

    int count(String path) {
      return nodes(path).getLength();
    }

    @Nullable String text(String path) {
      return texts(path).stream().findFirst().orElse(null);
    }

    List<String> texts(String... paths) {
      List<String> texts = new ArrayList<>();
      for (String path : paths) texts.addAll(texts(path));
      return texts;
    }

    List<String> texts(String path) {
      List<String> texts = new ArrayList<>();
      NodeList nodes = nodes(path);
      for (int i = 0; i < nodes.getLength(); i++) {
        Node node = nodes.item(i);
        String text = oneLine(node.getTextContent());
        if (!text.isEmpty()) texts.add(text);
      }
      return texts;
    }

    @Nullable BigDecimal number(String path) {
      String text = text(path);
      return text == null ? null : new BigDecimal(text);
    }

    @Nullable LocalDate date(String path) {
      String text = text(path);
      return text == null ? null : LocalDate.parse(text);
    }

    private NodeList nodes(String path) {
      try {
        return (NodeList)
            XPathFactory.newDefaultInstance()
                .newXPath()
                .evaluate(path, document, XPathConstants.NODESET);
      } catch (javax.xml.xpath.XPathExpressionException wrong) {
        throw new IllegalStateException(path, wrong);
      }
    }
  }
}
