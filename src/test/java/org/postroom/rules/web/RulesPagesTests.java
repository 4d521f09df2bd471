package org.postroom.rules.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.json;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Browser.Page;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;
import tools.jackson.databind.JsonNode;

/** A person without JavaScript writes rules, tries them, orders them, switches them on. */
@ExtendWith(WithChromium.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RulesPagesTests {
  private static final String EDITOR = "main form:has([name=outer])";
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
    for (String[] one :
        new String[][] {
          {"INV-1", "6000.00", "EUR"}, {"INV-2", "4000.00", "EUR"}, {"INV-3", "9000.00", "USD"}
        })
      assertThat(
              postroom
                  .put(
                      "/api/v1/documents/invoice/" + one[0],
                      """
                      {"currency": "%s", "partner": "contoso", "buyer": {"name": "Contoso Bakery"},
                       "totals": {"net": "%s", "gross": "%s"}, "fields": {"incoterm": "DAP"},
                       "lines": [{"description": "Flour", "sku": "HAZ-1", "quantity": "1"}]}\
                      """
                          .formatted(one[2], one[1], one[1]))
                  .statusCode())
          .isEqualTo(201);
  }

  @AfterAll
  static void stop() {
    desktop.close();
    phone.close();
    postroom.close();
  }

  @Test
  @Order(1)
  void anEmptyListLeadsToTheEditor() {
    Page list = browser.open("/rules");
    assertThat(list.html().text()).contains("No rules yet.");
    assertThat(list.html().select("a[href=/rules/new]")).isNotEmpty();
    look("/rules", "rules-empty");
    look("/rules/new", "rules-new");
  }

  @Test
  @Order(2)
  void whatIsWrongStandsBesideItsField() {
    Page wrong =
        browser.submit(
            "/rules/new",
            EDITOR,
            Map.of(
                "do",
                "save",
                "c/0/0/field",
                "document.gross",
                "c/0/0/operator",
                "more_than",
                "c/0/0/value",
                "5,000"));
    assertThat(wrong.html().select("[role=alert] a").eachAttr("href"))
        .containsExactlyInAnyOrder("#name", "#c-0-0-value", "#effects");
    assertThat(wrong.html().select(".rule-row .invalid-feedback").text())
        .contains("Say in which currency");
    assertThat(wrong.html().select("#c-0-0-value").attr("value")).isEqualTo("5,000");
  }

  @Test
  @Order(3)
  void rowsAndGroupsComeAndGoByPosts() {
    Page two = browser.submit("/rules/new", EDITOR, Map.of("do", "add:0", "name", "Large"));
    assertThat(two.html().select(".rule-row")).hasSize(2);
    assertThat(two.html().select("#name").attr("value")).isEqualTo("Large");
    Page groups = browser.submit(two, EDITOR, Map.of("do", "group"));
    assertThat(groups.html().select(".rule-group")).hasSize(2);
    assertThat(groups.html().select("select#outer")).hasSize(1);
    Page fewer = browser.submit(groups, EDITOR, Map.of("do", "remove:0:0"));
    assertThat(fewer.html().select(".rule-row")).hasSize(2);
    Page none = browser.submit(fewer, EDITOR, Map.of("do", "ungroup:1"));
    assertThat(none.html().select(".rule-group")).hasSize(1);
    assertThat(postroom.get("/api/v1/rules").body()).contains("\"data\":[]");
  }

  @Test
  @Order(4)
  void aSavedRuleIsOffAndShowsWhatItWouldHaveDone() {
    Page two = browser.submit("/rules/new", EDITOR, Map.of("do", "group"));
    Page three = browser.submit(two, EDITOR, Map.of("do", "add:1"));
    Page tried =
        browser.submit(
            three,
            EDITOR,
            Map.ofEntries(
                Map.entry("do", "save"),
                Map.entry("name", "Large invoices"),
                Map.entry("c/0/0/field", "document.gross"),
                Map.entry("c/0/0/operator", "more_than"),
                Map.entry("c/0/0/value", "5,000 EUR"),
                Map.entry("c/1/mode", "any"),
                Map.entry("c/1/0/field", "any document.lines[].sku"),
                Map.entry("c/1/0/operator", "starts_with"),
                Map.entry("c/1/0/value", "haz"),
                Map.entry("c/1/1/field", "document.fields."),
                Map.entry("c/1/1/own", "incoterm"),
                Map.entry("c/1/1/operator", "is_one_of"),
                Map.entry("c/1/1/value", "DAP, DDP"),
                Map.entry("held", "yes"),
                Map.entry("effects/hold", "Check the customs code"),
                Map.entry("effects/delay", "2"),
                Map.entry("effects/recipients/cc", "customs@acme.example"),
                Map.entry("attachments", "record")));
    assertThat(tried.path()).endsWith("/try");
    assertThat(tried.html().text())
        .contains("Saved, and still off.", "Matches 1 of the last 3 documents.", "INV-1")
        .contains(
            "If the gross amount is more than 5,000 EUR and (any line’s item number starts with"
                + " “haz” or the document’s own field “incoterm” is one of DAP, DDP):")
        .contains("Further recipients, further attachments, when it goes, held for approval");
    Page on = browser.submit(tried, "main form[action$=/switch]", Map.of());
    assertThat(on.html().text()).contains("“Large invoices” is on.");
    look(tried.path(), "rules-try");
    look(tried.path().replace("/try", "/edit"), "rules-edit");
    JsonNode rule = json(postroom.get("/api/v1/rules")).at("/data/0");
    assertThat(rule.at("/condition/all/0/value").asString()).isEqualTo("5000");
    assertThat(rule.at("/condition/all/0/currency").asString()).isEqualTo("EUR");
    assertThat(rule.at("/condition/all/1/any/1/value/1").asString()).isEqualTo("DDP");
    assertThat(rule.at("/effects/delay").asString()).isEqualTo("PT2H");
  }

  @Test
  @Order(5)
  void savingTheOpenedRuleAgainChangesNothing() {
    JsonNode before = json(postroom.get("/api/v1/rules")).at("/data/0");
    Page saved =
        browser.submit(
            "/rules/" + before.get("id").asString() + "/edit",
            EDITOR,
            Map.of("do", "save", "held", "yes", "attachments", "record"));
    assertThat(saved.path()).endsWith("/try");
    assertThat(json(postroom.get("/api/v1/rules")).at("/data/0")).isEqualTo(before);
  }

  @Test
  @Order(6)
  void rulesAreOrderedAndDeepOnesShownAsText() {
    String deep =
        """
        {"name": "Deep", "effects": {"do_not_send": "Internal"}, "condition":
          {"any": [{"all": [{"any": [{"field": "document.fields.a", "operator": "is_true"},
                                     {"field": "partner.ref", "operator": "is", "value": "x"}]},
                            {"field": "document.currency", "operator": "is", "value": "USD"}]},
                   {"field": "purpose", "operator": "is", "value": "rma"}]}}\
        """;
    String id = json(postroom.post("/api/v1/rules", deep)).get("id").asString();
    Page up = browser.submit("/rules", "form[action=/rules/" + id + "/move]", Map.of());
    assertThat(up.html().select("tbody th a").eachText()).containsExactly("Deep", "Large invoices");
    look("/rules", "rules-list");
    Page edit = browser.open("/rules/" + id + "/edit");
    assertThat(edit.html().text()).contains("nests deeper than this page shows");
    JsonNode before = json(postroom.get("/api/v1/rules/" + id)).get("condition");
    browser.submit(edit, EDITOR, Map.of("do", "save", "stopped", "yes", "name", "Renamed"));
    JsonNode after = json(postroom.get("/api/v1/rules/" + id));
    assertThat(after.get("name").asString()).isEqualTo("Renamed");
    assertThat(after.get("condition")).isEqualTo(before);
    Page stale =
        browser.submit(edit, EDITOR, Map.of("do", "save", "stopped", "yes", "name", "Again"));
    assertThat(stale.html().text()).contains("Somebody changed this rule meanwhile.");
  }

  @Test
  @Order(7)
  void deletingAsksFirst() {
    String ask = browser.open("/rules").html().select("a[href$=/delete]").attr("href");
    look(ask, "rules-delete");
    Page gone = browser.submit(ask, "main form", Map.of());
    assertThat(gone.html().text()).contains("was deleted.");
    assertThat(gone.html().select("tbody tr")).hasSize(1);
  }

  private static void look(String path, String name) {
    for (Tab tab : new Tab[] {desktop, phone}) {
      assertThat(tab.open(postroom.url() + path).status()).isEqualTo(200);
      tab.screenshot(name + (tab == phone ? "-phone" : "-desktop"));
      tab.assertWellMade();
    }
  }
}
