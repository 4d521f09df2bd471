package org.postroom.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Browser.Page;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;
import tools.jackson.databind.JsonNode;

/** Importing and exporting partners, who gets what, and documents that nobody gets. */
@ExtendWith(WithChromium.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PartnerPagesTests {
  @TempDir static Path folder;
  private static RunningPostroom postroom;
  private static Browser browser;
  private static Tab desktop;
  private static Tab phone;

  @BeforeAll
  static void start(Chromium chromium) {
    postroom = RunningPostroom.start();
    browser = Browser.signedIn(postroom);
    desktop = chromium.desktop();
    phone = chromium.phone();
    desktop.signIn(postroom);
    phone.signIn(postroom);
  }

  @AfterAll
  static void stop() {
    desktop.close();
    phone.close();
    postroom.close();
  }

  @Test
  @Order(1)
  void aFileIsShownBeforeItIsStored() throws Exception {
    assertThat(browser.open("/partners").html().select("a[href=/imports/partners]")).isNotEmpty();
    look("/imports/partners", "import-partners");
    Path file =
        Files.writeString(
            folder.resolve("kunden.csv"),
            "Key;Name;E-mail;Language\ncontoso;Contoso Bakery;;en\nc2;Fabrikam;no address;en\n");
    desktop.open(postroom.url() + "/imports/partners");
    desktop.page().setInputFiles("#file", file);
    desktop.page().click("text=Check the file");
    desktop.page().waitForURL("**/imports/partners/imp_*");
    assertThat(desktop.page().innerText("main")).contains("Line 3", "Fabrikam", "main");
    assertThat(postroom.get("/api/v1/partners/contoso").statusCode()).isEqualTo(404);
    desktop.screenshot("import-check-desktop");
    desktop.assertWellMade();
    phone.open(desktop.page().url());
    phone.screenshot("import-check-phone");
    phone.assertWellMade();
    desktop.page().click("text=Import all but the refused");
    desktop.page().waitForURL("**/partners");
    assertThat(desktop.page().innerText("main"))
        .contains("1 partners added, 0 changed, 1 lines refused.");
    assertThat(postroom.get("/api/v1/partners/contoso").statusCode()).isEqualTo(200);
    assertThat(postroom.get("/api/v1/partners.csv").body()).contains("contoso,customer,Contoso Bakery,en");
  }

  @Test
  @Order(2)
  void programsImportTooAllOrNothing() {
    String file = "ref,name,main\nc3,Good,a@x.example\nc4,Bad,no address\n";
    JsonNode refused = json(send("", file));
    assertThat(refused.at("/errors/0/pointer").asString()).isEqualTo("/lines/3/main");
    assertThat(postroom.get("/api/v1/partners/c3").statusCode()).isEqualTo(404);
    JsonNode dry = json(send("?dry_run=true", file));
    assertThat(dry.get("stored").asBoolean()).isFalse();
    assertThat(dry.get("refused").asInt()).isEqualTo(1);
    JsonNode stored = json(send("?skip_refused=true", file));
    assertThat(stored.get("created").asInt()).isEqualTo(1);
    assertThat(postroom.get("/api/v1/partners/c3").statusCode()).isEqualTo(200);
  }

  @Test
  @Order(3)
  void whoGetsWhatIsChangedShownAndRestored() {
    assertThat(browser.open("/recipient-orders").html().text())
        .contains("bill-to, else billing, else main");
    look("/recipient-orders", "recipient-orders");
    String path = "/recipient-orders/invoice";
    Page more = browser.submit(path, "#order", Map.of("do", "add"));
    assertThat(more.html().select("fieldset.rule-group")).hasSize(4);
    Page saved =
        browser.submit(
            "/recipient-orders/invoice",
            "#order",
            Map.of("do", "save", "alternative/0", "contact", "count", "2", "alternative/1", "main"));
    assertThat(saved.html().text()).contains("Saved: who gets “Invoice”.", "contact, else main");
    postroom.put(
        "/api/v1/partners/c5",
        """
        {"name": "Tailspin", "emails": {"main": ["m@tailspin.example"]},
         "contacts": [{"name": "Eve", "email": "eve@tailspin.example"}]}\
        """);
    Page example = browser.open(path + "?example=c5");
    assertThat(example.html().select("[role=status]").text())
        .isEqualTo(
            "Mail to Tailspin would go to eve@tailspin.example. Because: Contact of Tailspin.");
    look(path + "?example=c5", "recipient-order");
    Page none = browser.submit(path, "#order", Map.of("do", "save", "count", "0"));
    assertThat(none.html().select("[role=alert]").text()).contains("1 to 12 groups");
    Page back = browser.submit(path, "form[action$=/restore]", Map.of());
    assertThat(back.html().text()).contains("goes by the built-in order again.");
    assertThat(json(postroom.get("/api/v1/audit")).findValuesAsString("what"))
        .contains("recipient_order.changed");
  }

  @Test
  @Order(4)
  void aDocumentNobodyGetsIsWorkUntilItHasAnAddress() {
    postroom.put("/api/v1/documents/invoice/INV-9", "{\"currency\": \"EUR\", \"partner\": \"contoso\"}");
    postroom.send(
        postroom
            .request("/api/v1/automations/invoice_issued")
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString("{\"enabled\": true}")));
    tell("e1", "INV-9");
    eventually(
        () -> browser.open("/").html().text(),
        text -> text.contains("1 document has nobody to go to"));
    Page list = browser.open("/no-address");
    assertThat(list.html().select("tbody").text())
        .contains("Invoice INV-9", "Contoso Bakery", "No address: looked for")
        .contains("The automatic mail “");
    look("/no-address", "no-address");
    Page still = browser.submit(list, "form[action$=/send]", Map.of());
    assertThat(still.html().select("[role=alert]").text()).contains("No address: looked for");
    String edit = still.html().select("a[href$=/edit]").attr("href");
    browser.submit(edit, "main form", Map.of("emails/main", "info@contoso.example"));
    Page sent = browser.submit("/no-address", "form[action$=/send]", Map.of());
    assertThat(sent.html().text())
        .contains("On its way to info@contoso.example.", "Every document had somebody to go to.");
    assertThat(browser.open("/").html().text()).doesNotContain("nobody to go to");
    JsonNode messages = json(postroom.get("/api/v1/messages")).get("data");
    assertThat(messages.size()).isEqualTo(1);
  }

  @Test
  @Order(5)
  void whatIsSentByHandOrNeedNotGoLeavesTheList() {
    for (String number : new String[] {"INV-10", "INV-11"}) {
      postroom.put("/api/v1/documents/invoice/" + number, "{\"currency\": \"EUR\"}");
      tell(number, number);
    }
    eventually(
        () -> browser.open("/no-address").html().select("tbody tr").size(), size -> size == 2);
    postroom.post(
        "/api/v1/messages",
        "{\"document\": {\"kind\": \"invoice\", \"number\": \"INV-10\"}, \"to\": [\"a@b.example\"]}");
    Page one = browser.open("/no-address");
    assertThat(one.html().select("tbody th a").eachText()).containsExactly("Invoice INV-11");
    Page none = browser.submit(one, "form[action$=/dismiss]", Map.of());
    assertThat(none.html().text()).contains("Every document had somebody to go to.");
  }

  private static void tell(String id, String number) {
    var told =
        postroom.send(
            postroom
                .request("/api/v1/events")
                .header("Content-Type", "application/cloudevents+json")
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"specversion": "1.0", "id": "%s", "source": "/erp", "type": "invoice.issued",
                         "data": {"kind": "invoice", "number": "%s"}}\
                        """
                            .formatted(id, number))));
    assertThat(told.statusCode()).isEqualTo(202);
  }

  private static java.net.http.HttpResponse<String> send(String query, String file) {
    return postroom.send(
        postroom
            .request("/api/v1/partners/import" + query)
            .header("Content-Type", "text/csv")
            .POST(BodyPublishers.ofString(file)));
  }

  private static void look(String path, String name) {
    for (Tab tab : new Tab[] {desktop, phone}) {
      assertThat(tab.open(postroom.url() + path).status()).isEqualTo(200);
      tab.screenshot(name + (tab == phone ? "-phone" : "-desktop"));
      tab.assertWellMade();
    }
  }
}
