package org.postroom.documents.ubl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.postroom.documents.Samples.bytes;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Samples;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;
import org.postroom.partners.Partner;

/** UBL as senders really write it, and as attackers do. */
class UblTests {
  private static final String INVOICE =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
        <cbc:ID>2026/0412</cbc:ID>
        <cbc:IssueDate>2026-11-02+01:00</cbc:IssueDate>
        <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
        <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
        <cbc:TaxCurrencyCode>SEK</cbc:TaxCurrencyCode>
        <cac:AccountingCustomerParty>
          <cbc:SupplierAssignedAccountID>C-77</cbc:SupplierAssignedAccountID>
          <cac:Party>
            <cac:PartyName><cbc:Name>Bäckerei Söhne &amp; Cie</cbc:Name></cac:PartyName>
            <cac:Contact><cbc:Name>Anna</cbc:Name><cbc:ElectronicMail>anna@baecker.example</cbc:ElectronicMail></cac:Contact>
          </cac:Party>
        </cac:AccountingCustomerParty>
        <cac:PaymentTerms><cbc:PaymentDueDate>2026-12-02</cbc:PaymentDueDate></cac:PaymentTerms>
        <cac:TaxTotal><cbc:TaxAmount currencyID="EUR">2.70</cbc:TaxAmount></cac:TaxTotal>
        <cac:TaxTotal><cbc:TaxAmount currencyID="SEK">30.10</cbc:TaxAmount></cac:TaxTotal>
        <cac:LegalMonetaryTotal>
          <cbc:TaxExclusiveAmount currencyID="EUR">30.00</cbc:TaxExclusiveAmount>
          <cbc:TaxInclusiveAmount currencyID="EUR">32.70</cbc:TaxInclusiveAmount>
          <cbc:PayableAmount currencyID="EUR">32.70</cbc:PayableAmount>
        </cac:LegalMonetaryTotal>
        <cac:InvoiceLine>
          <cbc:ID>1</cbc:ID>
          <cbc:InvoicedQuantity unitCode="KGM">25</cbc:InvoicedQuantity>
          <cbc:LineExtensionAmount currencyID="EUR">30.00</cbc:LineExtensionAmount>
          <cac:Item><cbc:Name>Rye flour</cbc:Name></cac:Item>
          <cac:Price><cbc:PriceAmount currencyID="EUR">120.00</cbc:PriceAmount><cbc:BaseQuantity unitCode="KGM">100</cbc:BaseQuantity></cac:Price>
        </cac:InvoiceLine>
      </Invoice>
      """;

  @Test
  void aTaxTotalInTheTaxOfficesCurrencyIsNotTheDocuments() {
    Document invoice = read(INVOICE).document();
    assertThat(invoice.totals().tax()).isEqualTo(new BigDecimal("2.70"));
    assertThat(invoice.currency()).isEqualTo("EUR");
    assertThat(invoice.issueDate()).isEqualTo(LocalDate.of(2026, 11, 2));
    assertThat(invoice.dueDate()).isEqualTo(LocalDate.of(2026, 12, 2));
    assertThat(invoice.lines().getFirst().priceQuantity()).isEqualTo(new BigDecimal("100"));
  }

  @Test
  void prefixesAreTheSendersBusiness() {
    Document expected = read(INVOICE).document();
    String swapped =
        INVOICE
            .replace("cac:", "ns1:")
            .replace("xmlns:cac", "xmlns:ns1")
            .replace("cbc:", "b.x:")
            .replace("xmlns:cbc", "xmlns:b.x");
    assertThat(read(swapped).document()).isEqualTo(expected);
    String prefixedRoot =
        INVOICE
            .replace("<Invoice xmlns=", "<u:Invoice xmlns:u=")
            .replace("</Invoice>", "</u:Invoice>");
    assertThat(read(prefixedRoot).document()).isEqualTo(expected);
    String bare =
        INVOICE.replaceAll("(</?)c[ab]c:", "$1").replaceAll(" xmlns(:c[ab]c)?=\"[^\"]*\"", "");
    assertThat(bare).doesNotContain("cbc:").doesNotContain("xmlns");
    assertThat(read(bare).document()).isEqualTo(expected);
  }

  @Test
  void otherEncodingsAreRead() {
    for (String name : new String[] {"ISO-8859-1", "UTF-16"}) {
      byte[] body = INVOICE.replace("UTF-8", name).getBytes(Charset.forName(name));
      assertThat(Ubl.read(body).document().buyer().name())
          .as(name)
          .isEqualTo("Bäckerei Söhne & Cie");
    }
  }

  @Test
  void aDocumentOfBarelyAnythingIsRead() {
    Document order =
        read("<Order xmlns='urn:oasis:names:specification:ubl:schema:xsd:Order-2'><c:ID xmlns:c='urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2'> 7 </c:ID></Order>")
            .document();
    assertThat(order.kind()).isEqualTo(DocumentKind.PURCHASE_ORDER);
    assertThat(order.number()).isEqualTo("7");
    assertThat(order.currency()).isEqualTo("XXX");
    assertThat(order.lines()).isEmpty();
    assertThat(order.partner()).isNull();
  }

  @Test
  void thePartyItGoesToIsBroughtAlong() {
    Partner customer = read(INVOICE).newcomer();
    assertThat(customer.ref()).isEqualTo("C-77");
    assertThat(customer.type()).isEqualTo(Partner.Type.CUSTOMER);
    assertThat(customer.emails().main()).extracting("spec").containsExactly("anna@baecker.example");
    assertThat(read(INVOICE).document().partner()).isEqualTo("C-77");
    String unnumbered = INVOICE.replaceAll("<cbc:SupplierAssignedAccountID>.*?>", "");
    assertThat(
            read(unnumbered.replace("C-77</cbc:SupplierAssignedAccountID>", "")).newcomer().ref())
        .isEqualTo("backerei-sohne-cie");
  }

  @Test
  void theAddressMayMakeABillOfAnInvoiceButNotAQuote() {
    byte[] body = bytes(INVOICE);
    assertThat(Ubl.read(body, DocumentKind.BILL, "2026/0412").document().kind())
        .isEqualTo(DocumentKind.BILL);
    assertThat(problem(() -> Ubl.read(body, DocumentKind.QUOTE, "2026/0412")).errors())
        .extracting(FieldError::code)
        .containsExactly("wrong_kind");
    Problem other = problem(() -> Ubl.read(body, DocumentKind.INVOICE, "2026/0413"));
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.errorAt("/Invoice/cbc:ID")).contains("2026/0413").contains("2026/0412");
  }

  @Test
  void everyErrorIsToldAtOnceWithItsPlaceAndLine() {
    Problem problem =
        refused(
            INVOICE
                .replace(">25<", ">25,5<")
                .replace("2026-11-02+01:00", "2.11.2026")
                .replace(
                    "currencyID=\"EUR\">32.70</cbc:Payable", "currencyID=\"USD\">x</cbc:Payable"));
    assertThat(problem.errors().stream().map(e -> e.pointer() + " " + e.code()))
        .containsExactlyInAnyOrder(
            "/Invoice/cbc:IssueDate not_a_date",
            "/Invoice/cac:InvoiceLine/cbc:InvoicedQuantity not_a_decimal",
            "/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount wrong_currency",
            "/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount not_a_decimal");
    assertThat(problem.errorAt("/Invoice/cbc:IssueDate")).contains("line 4");
  }

  @Test
  void placesCountElementsOfOneNameFromOne() {
    String line =
        INVOICE.substring(INVOICE.indexOf("  <cac:InvoiceLine>"), INVOICE.indexOf("</Invoice>"));
    String two = INVOICE.replace("</Invoice>", line.replace(">25<", ">many<") + "</Invoice>");
    assertThat(refused(two).errors())
        .extracting(FieldError::pointer)
        .containsExactly("/Invoice/cac:InvoiceLine[2]/cbc:InvoicedQuantity");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<CrossIndustryInvoice xmlns='urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100'/>",
        "<Invoice xmlns='urn:example:other'/>",
        "<html/>"
      })
  void otherXmlIsRefusedWithWhatIsAccepted(String xml) {
    Problem problem = refused(xml);
    assertThat(problem.status()).isEqualTo(422);
    assertThat(problem.detail())
        .contains("Invoice, CreditNote, Quotation, Order")
        .contains("Reminder");
  }

  @Test
  void aMissingNumberIsNamed() {
    assertThat(
            refused(INVOICE.replace("<cbc:ID>2026/0412</cbc:ID>", "")).errorAt("/Invoice/cbc:ID"))
        .contains("missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no xml",
        "<a>",
        "<a></b>",
        "<a/><b/>",
        "<a>\u0000</a>",
        "<a b='1' b='2'/>",
        "<x:a/>",
        "<a>&undefined;</a>",
        "<?xml version='1.0' encoding='KLINGON'?><a/>"
      })
  void whatIsNoXmlIs400(String body) {
    assertThat(refused(body).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE Invoice [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>",
        "<!DOCTYPE Invoice [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE Invoice SYSTEM 'http://127.0.0.1:9/x.dtd'>",
        "<!DOCTYPE Invoice [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/x.dtd'> %p;]>",
        "<!DOCTYPE Invoice>"
      })
  void aDoctypeIsRefusedAndNothingIsReadFromOutside(String doctype) {
    for (String entity : new String[] {"&c;", "&f;", "x"}) {
      String xml =
          INVOICE
              .replaceFirst("<Invoice", doctype.replace("$", "\\$") + "<Invoice")
              .replace("Rye flour", entity);
      Problem problem = Assertions.assertTimeout(Duration.ofSeconds(2), () -> refused(xml));
      assertThat(problem.status()).isEqualTo(400);
      assertThat(problem.detail()).contains("DOCTYPE");
    }
  }

  @Test
  void depthAttributesAndTextsAreBounded() {
    assertThat(refused("<Invoice>" + "<a>".repeat(60_000)).errors())
        .extracting(FieldError::code)
        .containsExactly("too_deep");
    assertThat(refused("<Invoice><UBLExtensions>" + "<a>".repeat(60_000)).errors())
        .extracting(FieldError::code)
        .containsExactly("too_deep");
    var attributes = new StringBuilder();
    for (int i = 0; i < 100; i++) attributes.append(" a").append(i).append("='1'");
    assertThat(refused("<Invoice" + attributes + "/>").errors())
        .extracting(FieldError::code)
        .containsExactly("too_many");
    assertThat(refused("<Invoice><ID>" + "x".repeat(200_000) + "</ID></Invoice>").errors())
        .extracting(FieldError::code)
        .containsExactly("too_long");
    assertThat(refused("<Invoice>" + "<a/>".repeat(1_000_001) + "</Invoice>").errors())
        .extracting(FieldError::code)
        .containsExactly("too_many");
  }

  @Test
  void tooManyLinesAreRefusedAndManyBrokenOnesAnswerQuickly() {
    String line = "<InvoiceLine><InvoicedQuantity>x</InvoicedQuantity></InvoiceLine>";
    Problem many = refused("<Invoice><ID>1</ID>" + line.repeat(20_001) + "</Invoice>");
    assertThat(many.errors()).extracting(FieldError::code).containsExactly("too_many");
    Problem broken =
        Assertions.assertTimeout(
            Duration.ofSeconds(10),
            () -> refused("<Invoice><ID>1</ID>" + line.repeat(20_000) + "</Invoice>"));
    assertThat(broken.errors()).hasSize(100);
  }

  @Test
  void controlCharactersAndLongTextsAreTold() {
    String long1 = INVOICE.replace("Rye flour", "r".repeat(3_000));
    assertThat(refused(long1).errors()).extracting(FieldError::code).contains("too_long");
    String control = INVOICE.replace("Rye flour", "Rye&#x85;\u0096flour");
    assertThat(refused(control).errors())
        .extracting(FieldError::code)
        .contains("control_character");
  }

  @Test
  void embeddedFilesAndExtensionsAreReadOver() {
    String embedded =
        INVOICE.replace(
            "<cac:PaymentTerms>",
            "<cac:AdditionalDocumentReference><cac:Attachment><cbc:EmbeddedDocumentBinaryObject>"
                + "QUJD".repeat(500_000)
                + "</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference><cac:PaymentTerms>");
    assertThat(read(embedded).document()).isEqualTo(read(INVOICE).document());
  }

  @Test
  void mutatedUblThrowsNothingButProblemsAndSoon() throws Exception {
    for (Path file : Samples.corpus()) mutate(Files.readAllBytes(file));
    mutate(INVOICE.getBytes(UTF_8));
  }

  private static void mutate(byte[] good) {
    for (int seed = 0; seed < 150; seed++) {
      byte[] mutated = mutated(good, new Random(seed));
      Assertions.assertTimeout(
          Duration.ofSeconds(2),
          () -> {
            try {
              Ubl.read(mutated);
            } catch (Problem expected) {
              assertThat(expected.status()).isIn(400, 422);
            }
          },
          "seed " + seed);
    }
  }

  /** Some bytes changed, a piece cut out, or a piece doubled. */
  private static byte[] mutated(byte[] good, Random random) {
    int from = random.nextInt(good.length);
    int to = Math.min(good.length, from + random.nextInt(200));
    String text = new String(good, UTF_8);
    switch (random.nextInt(4)) {
      case 0 -> {
        byte[] changed = good.clone();
        for (int i = 0; i < 5; i++)
          changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        return changed;
      }
      case 1 -> {
        return (text.substring(0, Math.min(from, text.length()))
                + text.substring(Math.min(to, text.length())))
            .getBytes(UTF_8);
      }
      case 2 -> {
        // Well-formed still, but with other words and figures.
        String[] odd = {
          "",
          "-",
          "99999999999999999999",
          "1e9",
          "NaN",
          "2026-13-45",
          "\u202e",
          "…".repeat(500),
          "XXXX"
        };
        String word = odd[random.nextInt(odd.length)];
        int nth = random.nextInt(60);
        var matcher = java.util.regex.Pattern.compile(">([^<>\\s][^<>]*)<").matcher(text);
        var out = new StringBuilder();
        while (matcher.find())
          matcher.appendReplacement(
              out,
              nth-- == 0
                  ? ">" + word + "<"
                  : java.util.regex.Matcher.quoteReplacement(matcher.group()));
        return matcher.appendTail(out).toString().getBytes(UTF_8);
      }
      default -> {
        // An element's name exchanged.
        return text.replaceAll(
                "(</?c[ab]c:)" + (random.nextBoolean() ? "ID" : "Party") + ">", "$1X>")
            .getBytes(UTF_8);
      }
    }
  }

  private static UblDocument read(String xml) {
    return Ubl.read(bytes(xml));
  }

  private static Problem refused(String xml) {
    return problem(() -> read(xml));
  }

  private static Problem problem(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return catchThrowableOfType(Problem.class, call);
  }
}
