package org.postroom.documents.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.postroom.documents.Samples.bytes;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.documents.Document;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Samples;
import org.postroom.http.Problem;
import org.postroom.http.Problem.FieldError;

class DocumentJsonTests {
  @Test
  void readsTheShapeOfTheApi() {
    Document invoice = read(Samples.invoice());
    assertThat(invoice.partner()).isEqualTo("contoso");
    assertThat(invoice.lines()).hasSize(1);
    assertThat(invoice.lines().getFirst().unitPrice()).isEqualTo(new BigDecimal("1.20"));
    assertThat(invoice.totals().gross()).isEqualTo(new BigDecimal("32.70"));
    assertThat(invoice.billTo().name()).isEqualTo("Contoso Bakery");
    assertThat(invoice.billTo().email()).isNull();
    assertThat(invoice.fields()).containsEntry("po_number", "4711");
  }

  @Test
  void whatIsWrittenReadsBackEqual() {
    for (int seed = 0; seed < 400; seed++) {
      Document document = Samples.random(new Random(seed), DocumentKind.INVOICE, "N-" + seed);
      Document kept =
          DocumentJson.kept(DocumentKind.INVOICE, "N-" + seed, DocumentJson.keep(document));
      assertThat(kept).as("seed %d, kept", seed).isEqualTo(document);
      var sent = DocumentJson.write(document);
      sent.remove("warnings");
      assertThat(read("N-" + seed, sent.toString())).as("seed %d, sent", seed).isEqualTo(document);
    }
  }

  @Test
  void jsonNumbersStayExact() {
    Document document =
        read(
            "{\"currency\":\"EUR\",\"totals\":{\"due\":0.10,\"gross\":12345678901234567.89,\"net\":1e2}}");
    assertThat(document.totals().due()).isEqualTo(new BigDecimal("0.10"));
    assertThat(document.totals().gross()).isEqualTo(new BigDecimal("12345678901234567.89"));
    assertThat(document.totals().net()).isEqualTo(new BigDecimal("100"));
  }

  @Test
  void everyErrorIsToldAtOnceWithItsPointer() {
    Problem problem =
        refused(
            """
            {"isue_date": "2026-11-02", "due_date": "2.11.2026", "currency": "EURO", "partner": 7,
             "bill_to": {"name": "a\\u0007b", "email": "nobody", "country": "DEU"},
             "lines": [{"quantity": "1,5"}, 3, {"description": "x", "amount": "1e5"}],
             "adjustments": [{"reason": "x"}], "taxes": {}, "language": "german!",
             "payment": {"iban": "12"}, "totals": {"gross": true}}
            """);
    assertThat(problem.status()).isEqualTo(422);
    assertThat(problem.errors().stream().map(e -> e.pointer() + " " + e.code()))
        .containsExactlyInAnyOrder(
            "/isue_date unknown_field",
            "/due_date not_a_date",
            "/currency not_a_currency",
            "/partner wrong_type",
            "/bill_to/name control_character",
            "/bill_to/email not_an_email_address",
            "/bill_to/country not_a_country",
            "/lines/0/description required",
            "/lines/0/quantity not_a_decimal",
            "/lines/1 wrong_type",
            "/lines/2/amount not_a_decimal",
            "/adjustments/0/amount required",
            "/taxes wrong_type",
            "/language not_a_language",
            "/payment/iban not_an_iban",
            "/totals/gross not_a_decimal");
    assertThat(problem.errorAt("/isue_date")).contains("“issue_date”");
  }

  @ParameterizedTest
  @CsvSource({
    "unitprice,unit_price",
    "Description,description",
    "taxRate,tax_rate",
    "qty,",
    "quantitiy,quantity"
  })
  void namesTheFieldThatWasMeant(String wrong, String meant) {
    Problem problem =
        refused(
            "{\"currency\":\"EUR\",\"lines\":[{\"description\":\"x\",\"" + wrong + "\":\"1\"}]}");
    String message = problem.errorAt("/lines/0/" + wrong);
    if (meant == null) assertThat(message).doesNotContain("Did you mean");
    else assertThat(message).contains("Did you mean “" + meant + "”?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "{",
        "{\"a\":1}x",
        "{\"currency\":\"EUR\",\"currency\":\"USD\"}",
        "\u0000",
        "{\"n\":NaN}"
      })
  void whatIsNoJsonIs400(String body) {
    assertThat(refused(body).status()).isEqualTo(400);
  }

  @Test
  void deepNestingIsRefusedQuickly() {
    assertThat(refused("[".repeat(100_000)).status()).isEqualTo(400);
    Problem problem =
        refused(
            "{\"currency\":\"EUR\",\"fields\":{\"a\":" + "[".repeat(10) + "]".repeat(10) + "}}");
    assertThat(problem.errors()).extracting(FieldError::code).containsExactly("too_deep");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "1e-999999999", "1234567890123456789", "0.12345678901"})
  void numbersOfAbsurdSizeAreRefusedWithoutBeingWrittenOut(String number) {
    assertThat(
            refused("{\"currency\":\"EUR\",\"totals\":{\"due\":" + number + "}}")
                .errorAt("/totals/due"))
        .isNotNull();
    assertThat(
            refused("{\"currency\":\"EUR\",\"fields\":{\"x\":" + number + "}}")
                .errorAt("/fields/x"))
        .isNotNull();
  }

  @Test
  void twentyThousandLinesFitAndOneMoreDoesNot() {
    String line = "{\"description\":\"x\"}";
    String most = line + ("," + line).repeat(19_999);
    assertThat(read("{\"currency\":\"EUR\",\"lines\":[" + most + "]}").lines()).hasSize(20_000);
    assertThat(refused("{\"currency\":\"EUR\",\"lines\":[" + most + "," + line + "]}").errors())
        .extracting(FieldError::code)
        .containsExactly("too_many");
  }

  @Test
  void aPackingSlipNeedsNoCurrencyAnInvoiceDoes() {
    Document slip = DocumentJson.read(DocumentKind.PACKING_SLIP, "P1", bytes("{}"));
    assertThat(slip.currency()).isEqualTo("XXX");
    assertThat(refused("{}").errorAt("/currency")).isNotNull();
  }

  @Test
  void kindAndNumberInTheBodyMustBeThoseOfTheAddress() {
    read("{\"kind\":\"invoice\",\"number\":\"INV-1\",\"currency\":\"EUR\"}");
    Problem problem = refused("{\"kind\":\"quote\",\"number\":\"INV-2\",\"currency\":\"EUR\"}");
    assertThat(problem.errors())
        .extracting(FieldError::pointer)
        .containsExactly("/kind", "/number");
  }

  @Test
  void mutatedJsonThrowsNothingButProblems() {
    byte[] good = bytes(DocumentJson.write(Samples.full(DocumentKind.INVOICE, "INV-1")).toString());
    for (int seed = 0; seed < 3_000; seed++) {
      var random = new Random(seed);
      byte[] mutated = good.clone();
      for (int i = 0; i <= random.nextInt(4); i++)
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
      try {
        DocumentJson.read(DocumentKind.INVOICE, "INV-1", mutated);
      } catch (Problem expected) {
        assertThat(expected.status()).as("seed %d", seed).isIn(400, 422);
      }
    }
  }

  private static Document read(String body) {
    return read("INV-1", body);
  }

  private static Document read(String number, String body) {
    return DocumentJson.read(DocumentKind.INVOICE, number, bytes(body));
  }

  private static Problem refused(String body) {
    return catchThrowableOfType(Problem.class, () -> read(body));
  }
}
