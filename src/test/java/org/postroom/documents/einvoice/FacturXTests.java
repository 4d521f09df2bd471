package org.postroom.documents.einvoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.documents.einvoice.Cases.changed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.db.Settings;
import org.postroom.documents.Document;
import org.postroom.documents.Layouts;
import org.postroom.documents.Printing;
import org.postroom.documents.Samples;
import org.postroom.documents.ubl.Ubl;
import org.postroom.testkit.EinvoiceJudge;

/** Invoices with their figures as XML, judged by an independent validator. */
class FacturXTests {
  private static final Layouts LAYOUTS =
      new Layouts(new Settings(Map.of("POSTROOM_HOME", "target/none")));

  @Test
  void anIndependentValidatorFindsThemValid(@TempDir Path folder) throws IOException {
    var soft = new SoftAssertions();
    try (EinvoiceJudge judge = EinvoiceJudge.start()) {
      for (var each : all().entrySet()) {
        List<String> gaps = FacturX.gaps(each.getValue());
        soft.assertThat(gaps).as(each.getKey()).isEmpty();
        if (!gaps.isEmpty()) continue;
        Path file = folder.resolve(each.getKey().replaceAll("[^A-Za-z0-9]+", "-") + ".pdf");
        Files.write(file, made(each.getValue()));
        EinvoiceJudge.Verdict verdict = judge.judge(file);
        soft.assertThat(verdict.valid()).as(each.getKey() + "\n" + verdict.report()).isTrue();
        soft.assertThat(verdict.report())
            .as(each.getKey())
            .contains("flavour=3b", "isCompliant=true", "urn:cen.eu:en16931:2017");
      }
    }
    soft.assertAll();
  }

  @Test
  void theSameInvoiceGivesTheSameBytes() {
    Printing printing = Cases.invoice(Cases.oneRate());
    assertThat(made(printing)).isEqualTo(made(printing));
  }

  @Test
  void whatIsWrittenIsWhatTheDocumentSays() {
    String xml = new String(Cii.write(new Reading(Cases.invoice(Cases.prepaid())).read()));
    assertThat(xml)
        .contains("<ram:LineTotalAmount>99.99</ram:LineTotalAmount>")
        .contains("<ram:TaxTotalAmount currencyID=\"EUR\">19.00</ram:TaxTotalAmount>")
        .contains("<ram:TotalPrepaidAmount>50.00</ram:TotalPrepaidAmount>")
        .contains("<ram:RoundingAmount>0.01</ram:RoundingAmount>")
        .contains("<ram:DuePayableAmount>69.00</ram:DuePayableAmount>")
        .contains("<ram:BilledQuantity unitCode=\"XBG\">3</ram:BilledQuantity>")
        .contains("<ram:PostcodeCode>20457</ram:PostcodeCode>")
        .contains("<ram:CityName>Hamburg</ram:CityName>")
        .contains("<ram:ID schemeID=\"VA\">DE123456789</ram:ID>")
        .contains("<ram:IBANID>DE89370400440532013000</ram:IBANID>")
        .contains("<udt:DateTimeString format=\"102\">20261202</udt:DateTimeString>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "country": "IE", || buyer’s country
          "name": "Contoso Bakery Ltd.", || buyer’s name
          "issue_date": "2026-11-02", || issue_date is missing
          "tax_rate": "9.00", "amount": "30.00" | "amount": "30.00", "tax_category": "X" | “X” is no tax category
          "tax_rate": "9.00", "amount": "30.00" | "amount": "30.00", "tax_rate": "0" | no tax_category
          "tax_rate": "9.00", "amount": "30.00" | "amount": "30.00", "tax_rate": "19" | no row for S 19 %
          "tax_rate": "9.00", "amount": "30.00" | "tax_rate": "9.00" | Line 1 has no amount
          "amount": "30.00"}] | "amount": "30.001"}] | at most two decimals
          "base": "30.00", "amount": "2.70" | "base": "29.00", "amount": "2.70" | Lines taxed at S 9 % make 30.00
          "base": "30.00", "amount": "2.70" | "base": "30.00", "amount": "2.90" | the tax summary says 2.90
          "gross": "32.70", | "gross": "32.71", | Net and tax make 32.70, the document says 32.71
          "due": "32.70" | "due": "32.60" | Gross less paid makes 32.70
          "net": "30.00" | "net": "30.01" | Lines, allowances and charges add up to 30.00
          """)
  void whatIsMissingOrContradictsItselfIsToldBefore(String from, String to, String told) {
    Printing broken = Cases.invoice(changed(Cases.oneRate(), from, to));
    assertThat(FacturX.gaps(broken)).anySatisfy(gap -> assertThat(gap).contains(told));
    byte[] pdf = {1, 2, 3};
    FacturX.Made made = FacturX.finish(broken, pdf);
    assertThat(made.pdf()).isSameAs(pdf);
    assertThat(made.gaps()).isEqualTo(FacturX.gaps(broken));
  }

  @Test
  void whatTheStandardAsksOfSpecialTaxIsToldBefore() {
    String noReason =
        changed(Cases.exempt(), ", \"exemption\": \"Education, section 4 no. 21 UStG\"", "");
    assertThat(gaps(noReason))
        .containsExactly(
            "Exempt from VAT (E) needs the reason: taxes[].exemption, in words or as a VATEX code.");
    String noNumber = changed(Cases.zero("AE", "", ""), "\"tax_id\": \"IE 6388047V\", ", "");
    assertThat(gaps(noNumber)).singleElement().asString().contains("buyer’s VAT number");
    assertThat(gaps(Cases.zero("K", "", "")))
        .hasSize(2)
        .anySatisfy(gap -> assertThat(gap).contains("delivery_date"))
        .anySatisfy(gap -> assertThat(gap).contains("ship_to.country"));
    String noTerms = changed(Cases.severalRates(), "\"due_date\": \"2026-12-02\", ", "");
    assertThat(gaps(noTerms)).singleElement().asString().contains("due_date or payment terms");
    String nobody =
        Cases.oneRate()
            .replaceFirst(
                "\\{",
                "{\"seller\": {\"name\": \"Shop\", \"country\": \"DE\", \"tax_id\": \"22/123/4567\"}, ");
    assertThat(gaps(nobody)).singleElement().asString().contains("Nothing identifies the seller");
    String stranger =
        Cases.oneRate().replaceFirst("\\{", "{\"seller\": {\"name\": \"Somebody else\"}, ");
    assertThat(gaps(stranger))
        .hasSize(2)
        .anySatisfy(gap -> assertThat(gap).contains("seller’s country"))
        .anySatisfy(gap -> assertThat(gap).contains("seller’s VAT number"));
  }

  /**
   * Only what contradicts the standard itself is not made: a tax representative's case and so on.
   */
  private static Map<String, Printing> all() {
    Map<String, Printing> all = new LinkedHashMap<>(Cases.good());
    for (Path file : Samples.corpus()) {
      String name = file.getFileName().toString();
      if (name.startsWith("ubl-tc434")) all.put(name, Cases.printing(read(file)));
    }
    return all;
  }

  private static Document read(Path file) {
    try {
      return Ubl.read(Files.readAllBytes(file)).document();
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private static List<String> gaps(String json) {
    return FacturX.gaps(Cases.invoice(json));
  }

  private static byte[] made(Printing printing) {
    byte[] pdf = LAYOUTS.print(printing).pdf();
    FacturX.Made made = FacturX.finish(printing, pdf);
    assertThat(made.gaps()).isEmpty();
    return made.pdf();
  }
}
