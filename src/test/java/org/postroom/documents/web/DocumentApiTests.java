package org.postroom.documents.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.documents.Samples.bytes;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.access.Caller;
import org.postroom.db.Database;
import org.postroom.documents.DocumentFilter;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.documents.DocumentsForTests;
import org.postroom.documents.Samples;
import org.postroom.http.Problem;
import org.postroom.testkit.TestDatabase;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockPart;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Documents over REST, on the real capability and a real database. */
class DocumentApiTests {
  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
  private static final String BASE = "/api/v1/documents";
  private Database database;
  private Documents documents;
  private Caller caller = Samples.ERP;
  private MockMvc mvc;

  @BeforeEach
  void open() {
    database = TestDatabase.SQLITE.open(null);
    documents = DocumentsForTests.on(database);
    mvc =
        MockMvcBuilders.standaloneSetup(
                new DocumentController(documents), new DocumentListController(documents))
            .setCustomArgumentResolvers(new Callers())
            .setControllerAdvice(new Problems())
            .setMessageConverters(
                new org.springframework.http.converter.ByteArrayHttpMessageConverter(),
                new JacksonJsonHttpMessageConverter(JSON))
            .build();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void putAnswers201Then200AndGetGivesItBack() throws Exception {
    var created = put("/invoice/INV-2026-0412", "application/json", Samples.invoice());
    assertThat(created.getStatus()).isEqualTo(201);
    assertThat(created.getHeader("Location")).isEqualTo(BASE + "/invoice/INV-2026-0412");
    assertThat(
            put("/invoice/INV-2026-0412", "application/json; charset=utf-8", Samples.invoice())
                .getStatus())
        .isEqualTo(200);
    JsonNode body = json(get("/invoice/INV-2026-0412"));
    assertThat(body).isEqualTo(json(created));
    assertThat(body.at("/kind").stringValue()).isEqualTo("invoice");
    assertThat(body.at("/number").stringValue()).isEqualTo("INV-2026-0412");
    assertThat(body.at("/version").intValue()).isEqualTo(1);
    assertThat(body.at("/lines/0/unit_price").stringValue()).isEqualTo("1.20");
    assertThat(body.at("/totals/due").stringValue()).isEqualTo("32.70");
    assertThat(body.at("/amount_due").stringValue()).isEqualTo("32.70");
    assertThat(body.at("/created_at").stringValue()).endsWith("Z");
    assertThat(body.at("/warnings/0").stringValue()).contains("contoso").contains("not known");
    for (String name : new String[] {"warnings", "partner", "updated_at", "payments"})
      assertThat(body.has(name)).as(name).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"INV%202026.11", "2024%2F0012", "R%C3%A9%E6%BC%A2", "a.b.c", "50%25", "x%3Fy%23z"})
  void numbersMayHoldDotsSpacesSlashesAndAnyScript(String encoded) throws Exception {
    var created = put("/invoice/" + encoded, "application/json", Samples.invoice());
    assertThat(created.getStatus()).isEqualTo(201);
    String number = java.net.URLDecoder.decode(encoded, java.nio.charset.StandardCharsets.UTF_8);
    assertThat(json(created).at("/number").stringValue()).isEqualTo(number);
    String path = created.getHeader("Location").substring(BASE.length());
    assertThat(json(get(path)).at("/number").stringValue()).isEqualTo(number);
    assertThat(pay(path, payment("P1", "1.00")).getStatus()).isEqualTo(201);
  }

  @Test
  void theAddressOfThePdfIsNotADocument() throws Exception {
    put("/invoice/INV-1", "application/json", Samples.invoice());
    assertThat(get("/invoice/INV-1.pdf").getStatus()).isIn(404, 405);
  }

  @Test
  void anUnknownKindOrNumberIs404() throws Exception {
    Problem kind = problem(put("/invoices/INV-1", "application/json", Samples.invoice()));
    assertThat(kind.status()).isEqualTo(404);
    assertThat(kind.detail()).contains("invoice, credit_memo");
    assertThat(get("/invoice/INV-1").getStatus()).isEqualTo(404);
  }

  @Test
  void otherContentTypesAre415AndSayWhatIsTaken() throws Exception {
    Problem problem = problem(put("/invoice/INV-1", "text/csv", "a;b"));
    assertThat(problem.status()).isEqualTo(415);
    assertThat(problem.detail()).contains("application/xml");
    assertThat(post("", "application/json", Samples.invoice()).getStatus()).isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/xml", "text/xml"})
  void thirtyMegabytesAre413AndNothingIsStored(String type) throws Exception {
    byte[] large = new byte[30 * 1024 * 1024];
    java.util.Arrays.fill(large, (byte) ' ');
    Problem problem = problem(send("PUT", "/invoice/INV-1", type, large));
    assertThat(problem.status()).isEqualTo(413);
    assertThat(problem.detail()).contains("20 MB");
    assertThat(documents.list("co_1", DocumentFilter.ALL, 10, null).data()).isEmpty();
  }

  @Test
  void writingNeedsTheRightBeforeTheBodyIsLookedAt() throws Exception {
    caller = Samples.caller("co_1", Set.of());
    assertThat(put("/invoice/INV-1", "application/json", "{").getStatus()).isEqualTo(403);
    assertThat(post("", "application/xml", "<").getStatus()).isEqualTo(403);
    assertThat(pay("/invoice/INV-1", "{").getStatus()).isEqualTo(403);
  }

  @Test
  void ublSaysItselfWhatItIs() throws Exception {
    for (var file : Samples.corpus()) {
      var answer = send("POST", "", "application/xml", Files.readAllBytes(file));
      assertThat(answer.getStatus()).as(file.toString()).isIn(200, 201);
      JsonNode sent = json(answer);
      assertThat(json(get(answer.getHeader("Location").substring(BASE.length())))).isEqualTo(sent);
      assertThat(sent.at("/partner").isString()).isTrue();
    }
  }

  @Test
  void ublAtAnAddressMustCarryItsNumber() throws Exception {
    String order = "<Order><ID>4711</ID></Order>";
    assertThat(put("/sales_order/4711", "text/xml", order).getStatus()).isEqualTo(201);
    assertThat(problem(put("/sales_order/4712", "text/xml", order)).errors().getFirst().pointer())
        .isEqualTo("/Order/cbc:ID");
    assertThat(put("/quote/4711", "text/xml", order).getStatus()).isEqualTo(422);
  }

  @Test
  void theCallerMayNameThePartner() throws Exception {
    String order =
        "<Invoice><ID>1</ID><AccountingCustomerParty><Party><PartyName><Name>Contoso Bakery</Name></PartyName></Party></AccountingCustomerParty></Invoice>";
    assertThat(json(put("/invoice/1", "application/xml", order)).at("/partner").stringValue())
        .isEqualTo("contoso-bakery");
    assertThat(
            json(put("/invoice/1?partner=C-9", "application/xml", order))
                .at("/partner")
                .stringValue())
        .isEqualTo("C-9");
    assertThat(json(post("?partner=C-10", "application/xml", order)).at("/partner").stringValue())
        .isEqualTo("C-10");
  }

  @Test
  void aFinishedPdfComesAsAForm() throws Exception {
    var answer = form(Map.of("document", bytes(Samples.invoice()), "pdf", pdf()));
    assertThat(answer.getStatus()).isEqualTo(201);
    assertThat(json(answer).at("/pdf_pages").intValue()).isEqualTo(2);
    assertThat(documents.pdf("co_1", DocumentKind.INVOICE, "INV-1").orElseThrow().bytes())
        .isEqualTo(pdf());
    assertThat(problem(form(Map.of("pdf", pdf()))).errors().getFirst().pointer())
        .isEqualTo("document");
    assertThat(
            problem(form(Map.of("document", bytes(Samples.invoice()), "pdf", bytes("MZ"))))
                .errors()
                .getFirst()
                .code())
        .isEqualTo("not_a_pdf");
    assertThat(
            problem(
                    form(
                        Map.of(
                            "document",
                            bytes(Samples.invoice()),
                            "pdf",
                            new byte[21 * 1024 * 1024])))
                .status())
        .isEqualTo(413);
  }

  @Test
  void paymentsAreToldListedAndNotTwice() throws Exception {
    put("/invoice/INV-1", "application/json", Samples.invoice());
    JsonNode paid = json(pay("/invoice/INV-1", payment("P1", "32.70")));
    assertThat(paid.at("/amount_due").stringValue()).isEqualTo("0.00");
    assertThat(paid.at("/totals/paid").stringValue()).isEqualTo("32.70");
    pay("/invoice/INV-1", payment("P1", "32.70"));
    JsonNode list = json(get("/invoice/INV-1/payments"));
    assertThat(list.at("/data").size()).isEqualTo(1);
    assertThat(list.at("/data/0/reference").stringValue()).isEqualTo("P1");
    assertThat(list.at("/has_more").booleanValue()).isFalse();
    assertThat(problem(pay("/invoice/INV-1", "{\"amount\":\"0\",\"when\":1}")).errors())
        .extracting(Problem.FieldError::pointer)
        .containsExactlyInAnyOrder("/reference", "/amount", "/date", "/when");
    assertThat(pay("/invoice/INV-9", payment("P1", "1")).getStatus()).isEqualTo(404);
  }

  @Test
  void whatWasGivenCanBePutBackWithoutChangingWhatIsDue() throws Exception {
    put("/invoice/INV-1", "application/json", Samples.invoice());
    JsonNode paid = json(pay("/invoice/INV-1", payment("P1", "12.70")));
    var body = (tools.jackson.databind.node.ObjectNode) paid;
    body.remove(
        java.util.List.of(
            "id",
            "version",
            "warnings",
            "amount_due",
            "payments",
            "pdf_pages",
            "created_at",
            "updated_at"));
    var again = put("/invoice/INV-1", "application/json", body.toString());
    assertThat(again.getStatus()).isEqualTo(200);
    assertThat(json(again).at("/amount_due").stringValue()).isEqualTo("20.00");
  }

  @Test
  void listsPage() throws Exception {
    for (int i = 0; i < 3; i++) put("/invoice/INV-" + i, "application/json", Samples.invoice());
    var first = get("?kind=invoice&q=inv%26-&limit=2");
    assertThat(json(first).at("/data").size()).isZero();
    first = get("?kind=invoice&q=inv-&limit=2");
    assertThat(json(first).at("/data").size()).isEqualTo(2);
    assertThat(json(first).at("/has_more").booleanValue()).isTrue();
    assertThat(json(first).at("/data/0").has("lines")).isFalse();
    String cursor = json(first).at("/next_cursor").stringValue();
    JsonNode second = json(get("?kind=invoice&q=inv-&limit=2&cursor=" + cursor));
    assertThat(second.at("/data").size()).isEqualTo(1);
    assertThat(second.at("/next_cursor").isNull()).isTrue();
    for (String wrong :
        new String[] {"?limit=0", "?cursor=x", "?from=x", "?open=maybe", "?q=" + "x".repeat(201)})
      assertThat(get(wrong).getStatus()).as(wrong).isEqualTo(422);
    assertThat(get("?kind=letter").getStatus()).isEqualTo(404);
  }

  @Test
  void theSchemaIsServed() throws Exception {
    var answer = call("GET", "/api/v1/schemas/document.json", null, new byte[0]);
    assertThat(answer.getStatus()).isEqualTo(200);
    assertThat(json(answer).at("/$schema").stringValue())
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
  }

  private MockHttpServletResponse put(String path, String type, String body) throws Exception {
    return send("PUT", path, type, bytes(body));
  }

  private MockHttpServletResponse post(String path, String type, String body) throws Exception {
    return send("POST", path, type, bytes(body));
  }

  private MockHttpServletResponse pay(String path, String body) throws Exception {
    return post(path + "/payments", "application/json", body);
  }

  private MockHttpServletResponse get(String path) throws Exception {
    return call("GET", BASE + path, null, new byte[0]);
  }

  private MockHttpServletResponse send(String method, String path, String type, byte[] body)
      throws Exception {
    return call(method, BASE + path, type, body);
  }

  private MockHttpServletResponse call(String method, String path, String type, byte[] body)
      throws Exception {
    var request = request(HttpMethod.valueOf(method), URI.create(path)).content(body);
    if (type != null) request.contentType(type);
    return mvc.perform(request).andReturn().getResponse();
  }

  private MockHttpServletResponse form(Map<String, byte[]> parts) throws Exception {
    var request = multipart(HttpMethod.PUT, URI.create(BASE + "/invoice/INV-1"));
    parts.forEach((name, content) -> request.part(new MockPart(name, name + ".bin", content)));
    return mvc.perform(request).andReturn().getResponse();
  }

  private static String payment(String reference, String amount) {
    return "{\"reference\":\"%s\",\"amount\":\"%s\",\"date\":\"2026-11-20\"}"
        .formatted(reference, amount);
  }

  private static byte[] pdf() throws Exception {
    var out = new ByteArrayOutputStream();
    try (var document = new PDDocument()) {
      document.setDocumentId(1L);
      document.addPage(new PDPage());
      document.addPage(new PDPage());
      document.save(out);
    }
    return out.toByteArray();
  }

  private static JsonNode json(MockHttpServletResponse response) throws Exception {
    return JSON.readTree(response.getContentAsByteArray());
  }

  /** The problem as the test's advice wrote it. */
  private static Problem problem(MockHttpServletResponse response) throws Exception {
    JsonNode body = json(response);
    var errors = new java.util.ArrayList<Problem.FieldError>();
    for (JsonNode error : body.at("/errors"))
      errors.add(
          new Problem.FieldError(
              error.at("/pointer").stringValue(),
              error.at("/code").stringValue(),
              error.at("/message").stringValue()));
    return errors.isEmpty()
        ? Problem.of(response.getStatus(), "", body.at("/detail").stringValue())
        : Problem.invalid(errors);
  }

  private final class Callers implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
      return parameter.getParameterType().equals(Caller.class);
    }

    @Override
    public Object resolveArgument(
        MethodParameter parameter,
        ModelAndViewContainer container,
        NativeWebRequest request,
        WebDataBinderFactory binder) {
      return caller;
    }
  }

  @RestControllerAdvice
  static final class Problems {
    @ExceptionHandler
    ResponseEntity<Map<String, Object>> problem(Problem problem) {
      return ResponseEntity.status(problem.status())
          .body(Map.of("detail", problem.detail(), "errors", problem.errors()));
    }
  }
}
