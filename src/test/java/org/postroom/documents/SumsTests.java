package org.postroom.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.postroom.documents.Samples.bytes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.documents.intake.DocumentJson;
import org.postroom.documents.ubl.Ubl;
import org.postroom.http.Problem;

/** What adds up is silent, what does not is said with both figures, what cannot be is refused. */
class SumsTests {
  @Test
  void theInvoiceOfTheApiAddsUp() {
    assertThat(warnings(Samples.invoice())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "EUR,3,0.3333,1.00",
    "EUR,1000,0.12,120.40",
    "JPY,3,33,100",
    "KWD,3,0.3333,1.001",
    "EUR,-2,5.00,-10.00",
    "EUR,7,14.2857,100.00"
  })
  void roundingOfALineIsSilent(String currency, String quantity, String price, String amount) {
    assertThat(warnings(line(currency, quantity, price, amount))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"EUR,3,0.3333,1.03", "JPY,3,33,102", "KWD,3,0.3333,1.01", "EUR,6,18.33,-109.98"})
  void aWrongLineIsToldWithBothFigures(
      String currency, String quantity, String price, String amount) {
    List<String> warnings = warnings(line(currency, quantity, price, amount));
    assertThat(warnings).hasSize(1);
    assertThat(warnings.getFirst())
        .startsWith("Line 1: quantity × price makes ")
        .contains(" " + currency)
        .contains(amount);
  }

  @Test
  void discountAndPriceQuantityBelongToTheLine() {
    assertThat(
            warnings(
                "{\"currency\":\"EUR\",\"lines\":[{\"description\":\"x\",\"quantity\":\"50\",\"unit_price\":\"120\",\"price_quantity\":\"100\",\"discount\":\"10\",\"amount\":\"50.00\"}]}"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "100.00,20.00,120.00,0",
    "100.00,20.00,120.01,0",
    "100.00,20.00,120.50,1",
    "100.00,20.00,119.00,1",
    "-100.00,-20.00,-120.00,0",
    "0.00,0.00,0.00,0"
  })
  void grossIsNetAndTaxWithinOnePercent(String net, String tax, String gross, int warnings) {
    assertThat(warnings(totals("net", net, "tax", tax, "gross", gross))).hasSize(warnings);
  }

  @ParameterizedTest
  @CsvSource({
    "100.00,20.00,125.00",
    "100.00,20.00,100.00",
    "100.00,0.00,-100.00",
    "0.00,0.00,5.00",
    "100.00,20.00,0.00"
  })
  void aGrossThatContradictsIsRefused(String net, String tax, String gross) {
    Problem problem = refused(totals("net", net, "tax", tax, "gross", gross));
    assertThat(problem.status()).isEqualTo(422);
    assertThat(problem.errorAt("/totals/gross")).contains("EUR");
    assertThat(problem.errors().getFirst().code()).isEqualTo("contradiction");
  }

  @Test
  void dueIsGrossLessPaid() {
    assertThat(warnings(totals("gross", "120.00", "paid", "20.00", "due", "100.00"))).isEmpty();
    assertThat(warnings(totals("gross", "120.00", "paid", "20.00", "due", "100.50")).getFirst())
        .isEqualTo("Gross less paid makes 100.00 EUR, due says 100.50 EUR.");
    assertThat(
            refused(totals("gross", "120.00", "paid", "20.00", "due", "120.00"))
                .errorAt("/totals/due"))
        .isNotNull();
  }

  @Test
  void linesAdjustmentsAndTaxesAreAddedUp() {
    String body =
        "{\"currency\":\"EUR\",\"lines\":[{\"description\":\"x\",\"amount\":\"100.00\"}],\"adjustments\":[{\"reason\":\"Freight\",\"amount\":\"10.00\"}],"
            + "\"taxes\":[{\"rate\":\"20\",\"base\":\"110.00\",\"amount\":\"22.00\"}],\"totals\":{\"lines\":\"100.00\",\"net\":\"%s\",\"tax\":\"%s\"}}";
    assertThat(warnings(body.formatted("110.00", "22.00"))).isEmpty();
    assertThat(warnings(body.formatted("100.00", "20.00")))
        .containsExactly(
            "Lines, allowances and charges add up to 110.00 EUR, the document says 100.00 EUR net.",
            "The tax summary adds up to 22.00 EUR, the document says 20.00 EUR tax.");
  }

  @Test
  void manyWarningsAreCutShort() {
    String line =
        "{\"description\":\"x\",\"quantity\":\"1\",\"unit_price\":\"1\",\"amount\":\"9\"}";
    List<String> warnings =
        warnings("{\"currency\":\"EUR\",\"lines\":[" + line + ("," + line).repeat(99) + "]}");
    assertThat(warnings).hasSize(21).last().isEqualTo("And 80 more.");
  }

  @Test
  void aWrongCheckDigitOfAnIbanIsAWarning() {
    assertThat(
            warnings(
                "{\"currency\":\"EUR\",\"payment\":{\"iban\":\"DE89 3704 0044 0532 0130 00\"}}"))
        .isEmpty();
    assertThat(
            warnings(
                "{\"currency\":\"EUR\",\"payment\":{\"iban\":\"DE89 3704 0044 0532 0130 01\"}}"))
        .hasSize(1);
  }

  @Test
  void noDocumentOfTheCorpusIsRefused() throws Exception {
    for (Path file : Samples.corpus()) {
      Document document = Ubl.read(Files.readAllBytes(file)).document();
      assertThat(Sums.check(document, UnaryOperator.identity()).lines())
          .isEqualTo(document.lines());
    }
  }

  @Test
  void aRefusalOfUblPointsIntoTheXml() {
    String xml =
        "<Invoice><ID>1</ID><DocumentCurrencyCode>EUR</DocumentCurrencyCode><TaxTotal><TaxAmount>20</TaxAmount></TaxTotal><LegalMonetaryTotal>"
            + "<TaxExclusiveAmount>100</TaxExclusiveAmount><TaxInclusiveAmount>200</TaxInclusiveAmount></LegalMonetaryTotal></Invoice>";
    var ubl = Ubl.read(bytes(xml));
    Problem problem =
        catchThrowableOfType(
            Problem.class, () -> Sums.check(ubl.document(), place -> ubl.places().get(place)));
    assertThat(problem.errors().getFirst().pointer())
        .isEqualTo("/Invoice/LegalMonetaryTotal/TaxInclusiveAmount");
  }

  private static String line(String currency, String quantity, String price, String amount) {
    return "{\"currency\":\"%s\",\"lines\":[{\"description\":\"x\",\"quantity\":\"%s\",\"unit_price\":\"%s\",\"amount\":\"%s\"}]}"
        .formatted(currency, quantity, price, amount);
  }

  private static String totals(String... pairs) {
    var out = new StringBuilder("{\"currency\":\"EUR\",\"totals\":{");
    for (int i = 0; i < pairs.length; i += 2)
      out.append(i == 0 ? "" : ",").append("\"%s\":\"%s\"".formatted(pairs[i], pairs[i + 1]));
    return out.append("}}").toString();
  }

  private static List<String> warnings(String body) {
    return Sums.check(read(body), UnaryOperator.identity()).warnings();
  }

  private static Problem refused(String body) {
    return catchThrowableOfType(
        Problem.class, () -> Sums.check(read(body), UnaryOperator.identity()));
  }

  private static Document read(String body) {
    return DocumentJson.read(DocumentKind.INVOICE, "INV-1", bytes(body));
  }
}
