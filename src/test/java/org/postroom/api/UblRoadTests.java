package org.postroom.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Samples;
import org.postroom.testkit.RunningPostroom;
import tools.jackson.databind.JsonNode;

/** UBL of every kind on its whole road: handed in over REST, laid out, sent, and read in the mail. */
class UblRoadTests {
  private static RunningPostroom postroom;

  @BeforeAll
  static void start() {
    postroom = RunningPostroom.start();
    postroom.put("/api/v1/einvoicing", "{\"mode\": \"on\"}");
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  static List<Path> corpus() {
    return Samples.corpus();
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void whatWasHandedInArrives(Path file) throws Exception {
    String partner = "p-" + file.getFileName().toString().replaceAll("[^A-Za-z0-9]", "-");
    String address = partner.toLowerCase(Locale.ROOT) + "@customer.example";
    put(
        "/api/v1/partners/" + partner,
        "{\"name\": \"%s\", \"emails\": {\"main\": [\"%s\"]}}".formatted(partner, address));
    JsonNode document = handIn(file, partner);
    String kind = document.at("/kind").asString();
    String number = document.at("/number").asString();
    JsonNode sent =
        json(
            postroom.post(
                "/api/v1/messages",
                "{\"document\": {\"kind\": \"%s\", \"number\": \"%s\"}, \"to\": [\"%s\"]}"
                    .formatted(kind, number, address)));
    assertThat(sent.at("/state").asString()).as(sent.toString()).isEqualTo("queued");
    MimeMessage mail = received(address);
    assertThat(mail.getSubject()).contains(kind.equals("statement") ? "statement" : number);
    assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly(address);
    String text = pdf(mail).replaceAll("[\\s\u00a0\u202f]+", " ");
    assertThat(text).contains(number);
    assertThat(text.toLowerCase(Locale.ROOT)).contains(name(document).toLowerCase(Locale.ROOT));
    BigDecimal shown = total(document);
    if (shown != null) assertThat(text.replaceAll("[^0-9]", "")).contains(digits(shown));
  }

  @Test
  void aStatementOfSeveralCurrenciesKeepsThemApart() {
    String line =
        """
        <cac:StatementLine><cbc:ID>%1$s</cbc:ID><cbc:DebitLineAmount currencyID="%2$s">%3$s</cbc:DebitLineAmount>
          <cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>INV-%1$s</cbc:ID><cbc:IssueDate>2026-10-0%1$s</cbc:IssueDate></cac:InvoiceDocumentReference></cac:BillingReference>
        </cac:StatementLine>""";
    String xml =
        """
        <Statement xmlns="urn:oasis:names:specification:ubl:schema:xsd:Statement-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
          <cbc:ID>ST-1</cbc:ID><cbc:IssueDate>2026-11-01</cbc:IssueDate><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
          <cac:AccountingCustomerParty><cac:Party><cac:PartyName><cbc:Name>Contoso</cbc:Name></cac:PartyName></cac:Party></cac:AccountingCustomerParty>
          %s%s%s
        </Statement>"""
            .formatted(
                line.formatted("1", "EUR", "1234.50"),
                line.formatted("2", "USD", "77.00"),
                line.formatted("3", "EUR", "5.50"));
    JsonNode document = json(xml(xml, "?partner=st"));
    assertThat(document.at("/ledger/groups/0/currency").asString()).isEqualTo("EUR");
    assertThat(document.at("/ledger/groups/0/balance").asString()).isEqualTo("1240.00");
    assertThat(document.at("/ledger/groups/1/currency").asString()).isEqualTo("USD");
    assertThat(document.at("/ledger/groups/1/entries/0/number").asString()).isEqualTo("INV-2");
  }

  private static JsonNode handIn(Path file, String partner) throws Exception {
    HttpResponse<String> put = xml(Files.readString(file), "?partner=" + partner);
    assertThat(put.statusCode()).as(put.body()).isBetween(200, 201);
    return json(put);
  }

  private static HttpResponse<String> xml(String xml, String query) {
    return postroom.send(
        postroom
            .request("/api/v1/documents" + query)
            .header("Content-Type", "application/xml")
            .POST(BodyPublishers.ofString(xml)));
  }

  private static void put(String path, String body) {
    HttpResponse<String> put = postroom.put(path, body);
    assertThat(put.statusCode()).as(put.body()).isLessThan(300);
  }

  private static MimeMessage received(String address) throws Exception {
    String id = eventually(() -> caught(address), Optional::isPresent).orElseThrow();
    byte[] mime = postroom.bytes("/api/v1/local_messages/" + id + "/content").body();
    return new MimeMessage(null, new ByteArrayInputStream(mime));
  }

  private static Optional<String> caught(String address) {
    JsonNode list = json(postroom.get("/api/v1/local_messages?limit=200"));
    for (JsonNode one : list.get("data"))
      if (one.toString().contains("\"" + address + "\""))
        return Optional.of(one.get("id").asString());
    return Optional.empty();
  }

  private static String pdf(Part part) throws Exception {
    if (part.isMimeType("application/pdf")) return text(part.getInputStream().readAllBytes());
    if (!(part.getContent() instanceof Multipart parts)) return "";
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < parts.getCount(); i++) all.append(pdf(parts.getBodyPart(i)));
    return all.toString();
  }

  private static String text(byte[] pdf) throws Exception {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document).replace('\u00a0', ' ');
    }
  }

  /** Whom the document goes to, as far as it names anybody. */
  private static String name(JsonNode document) {
    boolean toVendor =
        DocumentKind.of(document.at("/kind").asString()).orElseThrow().toVendor();
    String first = toVendor ? "/seller/name" : "/bill_to/name";
    for (String party : List.of(first, "/buyer/name", "/seller/name")) {
      String name = document.at(party).asString("");
      if (!name.isEmpty()) return name;
    }
    return "";
  }

  private static BigDecimal total(JsonNode document) {
    String due = document.at("/totals/gross").asString("");
    return due.isEmpty() ? null : new BigDecimal(due);
  }

  private static String digits(BigDecimal amount) {
    return amount.abs().setScale(2).toPlainString().replace(".", "");
  }
}
