package org.postroom.documents.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.documents.Samples;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Browser.Page;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;
import tools.jackson.databind.JsonNode;

/** E-invoices, file names and files that go along, in the running product. */
@ExtendWith(WithChromium.class)
class DocumentSettingsTests {
  private static final String INVOICE =
      """
      {"partner": "%s", "issue_date": "2026-11-02", "due_date": "2026-12-02", "currency": "EUR",
       "seller": {"name": "Acme", "country": "DE", "tax_id": "DE123456789"},
       "lines": [{"description": "Rye flour", "quantity": "25", "unit": "kg", "unit_price": "1.20", "tax_rate": "9.00", "amount": "30.00"}],
       "totals": {"net": "30.00", "tax": "2.70", "gross": "32.70", "due": "32.70"},
       "bill_to": {"name": "Contoso Bakery"%s}}\
      """;
  private static RunningPostroom postroom;
  private static Browser browser;

  @BeforeAll
  static void start() {
    postroom = RunningPostroom.start();
    browser = Browser.signedIn(postroom);
    partner("contoso", "{}");
    partner("plain", "{\"einvoice\": \"off\"}");
    partner("strict", "{\"einvoice\": \"required\"}");
    document("whole", "contoso", ", \"country\": \"NL\"");
    document("gappy", "contoso", "");
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  @Test
  void invoicesCarryTheirFiguresWhereSwitchedOn() throws Exception {
    assertThat(xml(pdf("whole"))).isNull();
    assertThat(mode("on")).isEqualTo("on");
    assertThat(xml(pdf("whole")))
        .contains("<ram:DuePayableAmount>32.70<", "<ram:ID>whole</ram:ID>");
    assertThat(xml(pdf("gappy"))).isNull();
    JsonNode check = json(postroom.get("/api/v1/documents/invoice/gappy/einvoice"));
    assertThat(check.at("/possible").asBoolean()).isFalse();
    assertThat(check.at("/gaps/0").asString()).contains("buyer’s country");
    JsonNode sent = send("gappy");
    assertThat(sent.at("/state").asString()).isEqualTo("queued");
    assertThat(preview("gappy").at("/warnings").toString()).contains("buyer’s country");
    document("of-plain", "plain", ", \"country\": \"NL\"");
    assertThat(xml(pdf("of-plain"))).isNull();
    mode("off");
    document("of-strict", "strict", "");
    JsonNode refused = send("of-strict");
    assertThat(refused.at("/status").asInt()).isEqualTo(422);
    assertThat(refused.at("/errors/0/message").asString()).contains("buyer’s country");
    assertThat(postroom.get("/api/v1/documents/invoice/of-strict.pdf").statusCode()).isEqualTo(200);
  }

  @Test
  void aPdfOfTheErpsOwnStaysAndIsToldToHoldNoInvoice() throws Exception {
    mode("on");
    byte[] mine = pdf("whole");
    mode("off");
    byte[] bare = pdf("whole");
    came("own-with", mine);
    came("own-without", bare);
    mode("required");
    assertThat(pdf("own-with")).isEqualTo(mine);
    assertThat(pdf("own-without")).isEqualTo(bare);
    assertThat(send("own-with").at("/state").asString()).isEqualTo("queued");
    assertThat(send("own-without").at("/detail").asString()).contains("holds no invoice as XML");
    mode("off");
  }

  @Test
  void pdfsAreCalledByThePattern() {
    String pattern =
        "{\"pattern\": \"{{partner.ref}}_{{document.number}} {{document.kind_label}}\"}";
    assertThat(postroom.put("/api/v1/file_names", pattern).statusCode()).isEqualTo(200);
    var pdf = postroom.bytes("/api/v1/documents/invoice/whole.pdf");
    assertThat(pdf.headers().firstValue("Content-Disposition").orElse(""))
        .contains("contoso_whole Invoice.pdf");
    HttpResponse<String> bad =
        postroom.put("/api/v1/file_names", "{\"pattern\": \"{{#if document}\"}");
    assertThat(bad.statusCode()).isEqualTo(422);
    assertThat(json(bad).at("/errors/0/pointer").asString()).isEqualTo("/pattern");
    postroom.put("/api/v1/file_names", "{\"pattern\": \"{{document.nothing}}\"}");
    assertThat(disposition("whole")).contains("Invoice whole.pdf");
    JsonNode back = json(postroom.put("/api/v1/file_names", "{\"pattern\": null}"));
    assertThat(back.at("/pattern").asString()).contains("document.kind_label");
  }

  @Test
  void filesOfTheRecordAndStandingOnesArriveWithTheMail() {
    document("with files", "contoso", "");
    String files = "/api/v1/documents/invoice/with%20files/files";
    assertThat(upload("PUT", files + "/Gr%C3%B6%C3%9Fe%201.txt", "Maße").statusCode())
        .isEqualTo(201);
    assertThat(upload("PUT", files + "/a%2Fb.txt", "x").statusCode()).isEqualTo(422);
    assertThat(upload("PUT", files + "/a.pdf", "not a PDF").statusCode()).isEqualTo(422);
    HttpResponse<String> added =
        upload("POST", "/api/v1/standing_files?name=Terms.txt&kinds=invoice", "Terms.");
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    String id = json(added).at("/id").asString();
    assertThat(json(postroom.get(files)).at("/data/0/name").asString()).isEqualTo("Größe 1.txt");
    assertThat(postroom.get(files + "/Gr%C3%B6%C3%9Fe%201.txt").body()).isEqualTo("Maße");
    assertThat(json(postroom.get("/api/v1/standing_files/" + id)).at("/kinds").toString())
        .isEqualTo("[\"invoice\"]");
    String message = send("with files").at("/id").asString();
    String mime = postroom.get("/api/v1/messages/" + message + "/content").body();
    assertThat(mime).contains("filename=\"Terms.txt\"");
    upload("DELETE", "/api/v1/standing_files/" + id, "");
  }

  @Test
  void allOfItIsDoneOnPagesToo() {
    Page page = browser.open("/documents/settings");
    Page saved =
        browser.submit(
            page,
            "form[action='/documents/settings']",
            Map.of("einvoicing", "on", "pattern", "{{document.number}}"));
    assertThat(saved.html().text()).contains("Saved. New mails use it from now on.");
    assertThat(saved.html().selectFirst("#einvoicing option[selected]").val()).isEqualTo("on");
    assertThat(disposition("whole")).contains("\"whole.pdf\"");
    Page wrong =
        browser.submit(
            saved,
            "form[action='/documents/settings']",
            Map.of("einvoicing", "off", "pattern", "{{#each"));
    assertThat(wrong.html().selectFirst("#pattern").attr("aria-invalid")).isEqualTo("true");
    assertThat(wrong.html().selectFirst("#pattern").val()).isEqualTo("{{#each");
    browser.submit(
        saved, "form[action='/documents/settings']", Map.of("einvoicing", "off", "pattern", ""));
    assertThat(mode("off")).isEqualTo("off");
  }

  @Test
  void thePagesAreWellMade(Chromium chromium) {
    upload("PUT", "/api/v1/documents/invoice/whole/files/Plan%20A.txt", "Plan.");
    String added =
        json(upload("POST", "/api/v1/standing_files?name=AGB.txt&kinds=invoice&languages=de", "x"))
            .at("/id")
            .asString();
    for (Tab tab : new Tab[] {chromium.desktop(), chromium.phone()})
      try (tab) {
        tab.signIn(postroom);
        for (String path : List.of("/documents/settings", "/documents/invoice/whole")) {
          tab.open(postroom.url() + path);
          String name = path.substring(1).replace('/', '-');
          tab.screenshot(name + "-files-" + tab.page().viewportSize().width);
          tab.assertWellMade();
        }
      }
    upload("DELETE", "/api/v1/standing_files/" + added, "");
  }

  private static void partner(String ref, String attributes) {
    String body =
        """
        {"type": "customer", "name": "Contoso", "emails": {"main": ["info@contoso.example"]}, "attributes": %s}\
        """
            .formatted(attributes);
    assertThat(postroom.put("/api/v1/partners/" + ref, body).statusCode()).isLessThan(300);
  }

  private static void document(String number, String partner, String country) {
    String path = "/api/v1/documents/invoice/" + number.replace(" ", "%20");
    HttpResponse<String> put = postroom.put(path, INVOICE.formatted(partner, country));
    assertThat(put.statusCode()).as(put.body()).isLessThan(300);
  }

  /** With a PDF the ERP made itself. */
  private static void came(String number, byte[] pdf) throws IOException {
    var body = new ByteArrayOutputStream();
    String start =
        "--b\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"x\"\r\nContent-Type: %s\r\n\r\n";
    body.write(Samples.bytes(start.formatted("document", "application/json")));
    body.write(Samples.bytes(INVOICE.formatted("contoso", ", \"country\": \"NL\"")));
    body.write(Samples.bytes("\r\n" + start.formatted("pdf", "application/pdf")));
    body.write(pdf);
    body.write(Samples.bytes("\r\n--b--\r\n"));
    HttpResponse<String> put =
        postroom.send(
            postroom
                .request("/api/v1/documents/invoice/" + number)
                .header("Content-Type", "multipart/form-data; boundary=b")
                .PUT(BodyPublishers.ofByteArray(body.toByteArray())));
    assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
  }

  private static String mode(String mode) {
    HttpResponse<String> put =
        postroom.put("/api/v1/einvoicing", "{\"mode\": \"%s\"}".formatted(mode));
    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    return json(postroom.get("/api/v1/einvoicing")).at("/mode").asString();
  }

  private static byte[] pdf(String number) {
    return postroom.bytes("/api/v1/documents/invoice/" + number + ".pdf").body();
  }

  private static String disposition(String number) {
    return postroom
        .bytes("/api/v1/documents/invoice/" + number + ".pdf")
        .headers()
        .firstValue("Content-Disposition")
        .orElse("");
  }

  private static JsonNode send(String number) {
    return message("/api/v1/messages", number);
  }

  private static JsonNode preview(String number) {
    return message("/api/v1/messages?dry_run=true", number);
  }

  private static JsonNode message(String path, String number) {
    String body = "{\"document\": {\"kind\": \"invoice\", \"number\": \"%s\"}}".formatted(number);
    return json(postroom.post(path, body));
  }

  private static HttpResponse<String> upload(String method, String path, String content) {
    return postroom.send(postroom.request(path).method(method, BodyPublishers.ofString(content)));
  }

  /** The XML a PDF carries; null where it carries none. */
  private static String xml(byte[] pdf) throws Exception {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      var names = document.getDocumentCatalog().getNames();
      PDEmbeddedFilesNameTreeNode files = names == null ? null : names.getEmbeddedFiles();
      if (files == null) return null;
      byte[] xml = files.getNames().get("factur-x.xml").getEmbeddedFile().toByteArray();
      return new String(xml, StandardCharsets.UTF_8);
    }
  }
}
