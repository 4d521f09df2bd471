package org.postroom.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.mail.MailContent;
import org.postroom.outbox.Message.DocumentRef;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Browser.Page;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;

/** Many documents into the outbox at once: each once, together where that is wished. */
@ParameterizedClass
@EnumSource
class BulkTests {
  @Parameter TestDatabase database;
  private RunningPostroom postroom;
  private Browser browser;

  @BeforeEach
  void start() {
    postroom = RunningPostroom.start(database);
    partner("contoso", "ap@contoso.example");
    partner("fabrikam", "ap@fabrikam.example");
    document("invoice/INV-1", "contoso");
    document("invoice/INV-2", "contoso");
    document("packing_slip/PS-7", "contoso");
    document("invoice/INV-3", "fabrikam");
    document("invoice/INV-4", null);
    browser = Browser.signedIn(postroom);
  }

  @AfterEach
  void stop() {
    postroom.close();
  }

  @Test
  void eachDocumentIsShownWithItsPeopleAndWhatIsWrong() {
    Page page = picked("INV-1", "INV-3", "INV-4");
    assertThat(page.html().select(".bulk > li").eachText())
        .anySatisfy(row -> assertThat(row).contains("Invoice INV-1", "ap@contoso.example"))
        .anySatisfy(row -> assertThat(row).contains("Invoice INV-4", "Cannot go"));
    assertThat(page.html().selectFirst("button[value=send]").text()).isEqualTo("Send 2 messages");
    Page sent = browser.submit(page, "#bulk", Map.of("action", "send"));
    assertThat(sent.html().select("a[href^=/messages/]")).hasSize(2);
    assertThat(sent.html().select(".bad").text()).contains("INV-4");
    assertThat(messages()).hasSize(2);
    Page again = browser.submit(sent, "form:has(input[name=document])", Map.of());
    assertThat(again.html().select(".bulk > li")).hasSize(1);
  }

  @Test
  void combinedTheyShareOneMessageForTheSamePeople() throws Exception {
    undoSeconds(0);
    Page page = picked("INV-1", "INV-2", "PS-7", "INV-3");
    Page combined = browser.submit(page, "#bulk", Map.of("combine", "yes", "action", "update"));
    assertThat(combined.html().selectFirst("button[value=send]").text())
        .isEqualTo("Send 2 messages");
    assertThat(combined.html().text())
        .contains("In one message with Invoice INV-2, Packing slip PS-7.");
    browser.submit(combined, "#bulk", Map.of("action", "send"));
    assertThat(messages()).hasSize(2);
    JsonNode one =
        messages().stream()
            .filter(message -> message.get("partner").stringValue().equals("contoso"))
            .findFirst()
            .orElseThrow();
    assertThat(one.get("subject").stringValue())
        .startsWith("Invoice INV-1, Invoice INV-2, Packing slip PS-7 from ");
    byte[] mime =
        postroom.bytes("/api/v1/messages/" + one.get("id").stringValue() + "/content").body();
    MailContent mail = MailContent.read(mime);
    assertThat(mail.attachments()).hasSize(3);
    assertThat(mail.text()).contains("Invoice INV-1, Invoice INV-2, Packing slip PS-7.");
    eventually(
        () -> json(postroom.get("/api/v1/local_messages")).get("data").size(), size -> size == 2);
  }

  @Test
  void pressedTwiceEachGoesOnce() throws Exception {
    Page page = picked("INV-1", "INV-3");
    try (var two = Executors.newFixedThreadPool(2)) {
      Callable<Page> press = () -> browser.submit(page, "#bulk", Map.of("action", "send"));
      var first = two.submit(press);
      var second = two.submit(press);
      assertThat(first.get().path()).isEqualTo(second.get().path());
    }
    assertThat(messages()).hasSize(2);
  }

  @Test
  void changedOneByOneAndTakenBack() {
    undoSeconds(120);
    Page page = picked("INV-1", "INV-3");
    int place = page.html().select(".bulk > li").eachText().getFirst().contains("INV-1") ? 0 : 1;
    Page changed =
        browser.submit(
            page,
            "#bulk",
            Map.of(
                "to-" + place,
                "boss@contoso.example, x@contoso.example",
                "template-" + place,
                "built-in:invoice:de",
                "action",
                "update"));
    assertThat(changed.html().text()).contains("To boss@contoso.example, x@contoso.example");
    Page sent = browser.submit(changed, "#bulk", Map.of("action", "send"));
    assertThat(messages())
        .anySatisfy(message ->
            assertThat(message.get("template").stringValue()).isEqualTo("built-in:invoice:de"));
    Page back = browser.submit(sent, "form[action$=undo]", Map.of());
    assertThat(back.html().text()).contains("boss@contoso.example");
    assertThat(messages())
        .allSatisfy(
            message -> assertThat(message.get("state").stringValue()).isEqualTo("cancelled"));
    Page wrong = browser.submit(back, "#bulk", Map.of("when", "at", "at", "", "action", "send"));
    assertThat(wrong.html().select("[role=alert]").text()).contains("Choose day and time");
    Page tomorrow =
        browser.submit(
            back,
            "#bulk",
            Map.of(
                "when",
                "at",
                "at",
                java.time.LocalDate.now(java.time.ZoneOffset.UTC).plusDays(1) + "T17:00",
                "action",
                "send"));
    assertThat(tomorrow.html().select("a[href^=/messages/]")).hasSize(2);
    assertThat(messages().getFirst().get("due_at").stringValue()).contains("T17:00:00Z");
  }

  @Test
  void aBatchOverTheApiCombinesOnTheSameTerms() {
    String body =
        """
        {"combine": true, "messages": [
          {"document": {"kind": "invoice", "number": "INV-1"}},
          {"subject": "Hello", "text": "Hi.", "to": ["nobody"]},
          {"document": {"kind": "packing_slip", "number": "PS-7"}},
          {"document": {"kind": "invoice", "number": "INV-2"}, "text": "With words of its own."},
          {"document": {"kind": "invoice", "number": "INV-3"}}]}
        """;
    JsonNode data = json(postroom.post("/api/v1/messages/batch", body)).get("data");
    assertThat(data.size()).isEqualTo(5);
    assertThat(data.get(0).get("id")).isEqualTo(data.get(2).get("id"));
    assertThat(data.get(1).at("/errors/0/pointer").stringValue()).isEqualTo("/to/0");
    assertThat(data.get(3).get("id")).isNotEqualTo(data.get(0).get("id"));
    assertThat(messages()).hasSize(3);
  }

  @Test
  void whatIsTooManyOrNothingIsSaidAtOnce() {
    Bulk bulk = postroom.bean(Bulk.class);
    Caller caller = Caller.postroom(company());
    List<DocumentRef> many =
        java.util.stream.IntStream.range(0, 101)
            .mapToObj(n -> new DocumentRef("invoice", "X" + n))
            .toList();
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> bulk.start(caller, many))
        .hasMessageContaining("At most 100");
    Page nothing = browser.submit("/documents", "#picked", Map.of());
    assertThat(nothing.path()).isEqualTo("/documents");
    assertThat(nothing.html().select("[role=alert]").text()).contains("Tick the documents first");
  }

  /** The browser of these tests sends one value a name: so the list comes as a form of its own. */
  private Page picked(String... numbers) {
    List<DocumentRef> documents =
        java.util.Arrays.stream(numbers)
            .map(number ->
                new DocumentRef(number.startsWith("PS") ? "packing_slip" : "invoice", number))
            .toList();
    assertThat(browser.open("/documents").html().select("input[name=document]").eachAttr("value"))
        .containsAll(documents.stream().map(MessageDraft.Typed::further).toList());
    String me = postroom.bean(Access.class).people(company()).getFirst().id();
    Caller caller = postroom.bean(Access.class).caller(me, company()).orElseThrow();
    return browser.open("/send/bulk/" + postroom.bean(Bulk.class).start(caller, documents).id());
  }

  private List<JsonNode> messages() {
    List<JsonNode> all = new java.util.ArrayList<>();
    json(postroom.get("/api/v1/messages")).get("data").forEach(all::add);
    return all;
  }

  private void undoSeconds(int seconds) {
    postroom
        .bean(Sending.class)
        .choose(Caller.postroom(company()), new SendingChoices(seconds, false, 30));
  }

  private String company() {
    return postroom.bean(Access.class).companies().getFirst().id();
  }

  private void partner(String ref, String billing) {
    put(
        "/api/v1/partners/" + ref,
        "{\"type\": \"customer\", \"name\": \"%s\", \"emails\": {\"main\": [\"%s\"]}}"
            .formatted(ref, billing));
  }

  private void document(String path, String partner) {
    Map<String, String> fields = new HashMap<>();
    fields.put("partner", partner == null ? "null" : "\"" + partner + "\"");
    put(
        "/api/v1/documents/" + path,
        "{\"partner\": %s, \"currency\": \"EUR\", \"lines\": [{\"description\": \"Rye\", \"amount\": \"30.00\"}]}"
            .formatted(fields.get("partner")));
  }

  private void put(String path, String body) {
    HttpResponse<String> reply = postroom.put(path, body);
    assertThat(reply.statusCode()).as(reply.body()).isBetween(200, 201);
  }
}
