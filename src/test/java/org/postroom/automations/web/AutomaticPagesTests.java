package org.postroom.automations.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.accounts.Account.Health.State;
import org.postroom.accounts.Accounts;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Browser.Page;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;
import tools.jackson.databind.JsonNode;

/**
 * Somebody without JavaScript switches automatic mails on, settles them, and looks what they did.
 */
@ExtendWith(WithChromium.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AutomaticPagesTests {
  private static final String FORM = "main form:has([name=version])";
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
    put(
        "partners/contoso",
        "{\"name\": \"Contoso Bakery\", \"emails\": {\"main\": [\"info@contoso.example\"]}}");
    put("partners/quiet", "{\"name\": \"Quiet & Co\"}");
    invoice("INV-1", "contoso", "6000.00");
    invoice("INV-2", "contoso", "40.00");
    invoice("INV-3", "quiet", "900.00");
    put(
        "documents/item_receipt/IR-7",
        "{\"currency\": \"EUR\", \"partner\": \"quiet\","
            + " \"lines\": [{\"description\": \"Flour\", \"quantity\": \"2\"}]}");
    for (String number : new String[] {"INV-1", "INV-2", "INV-3"})
      tell("first/" + number, "invoice.issued", "invoice", number);
  }

  @AfterAll
  static void stop() {
    desktop.close();
    phone.close();
    postroom.close();
  }

  @Test
  @Order(1)
  void allOffShowsWhatWouldHaveBeenSent() {
    Page list = browser.open("/automatic");
    assertThat(list.html().select("main").text()).contains("All automatic emails are off");
    assertThat(list.html().select("main .card-title").eachText())
        .contains("Sales", "Shipping", "Payments", "Purchasing");
    assertThat(list.html().select("main a[href=/reminders], main a[href=/statements/schedule]"))
        .hasSize(2);
    Page trial = browser.open("/automatic/invoice_issued/would-have-sent");
    assertThat(trial.html().select("main").text())
        .contains("2 mails for 3 events", "info@contoso.example", "is switched off");
    Page mail =
        browser.open(trial.html().select("main a[href*=/would-have-sent/evt_]").attr("href"));
    assertThat(mail.html().select("iframe").attr("sandbox")).isEmpty();
    assertThat(mail.html().select("iframe").hasAttr("sandbox")).isTrue();
    Page frame = browser.open(mail.html().select("iframe").attr("src"));
    assertThat(frame.response().headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("sandbox");
    assertThat(frame.html().text()).contains("INV-2");
    look("/automatic", "automatic-off");
    look("/automatic/invoice_issued/would-have-sent", "automatic-trial");
    look(mail.path(), "automatic-trial-mail");
  }

  @Test
  @Order(2)
  void switchingOnAsksOnceWithWhatWouldGo() {
    Page ask =
        browser.submit(
            "/automatic", "form[action=/automatic/invoice_issued/switch]", Map.of("enabled", "on"));
    assertThat(ask.html().text()).contains("It would have sent 2 mails in the last 7 days.");
    assertThat(enabled("invoice_issued")).isFalse();
    look(ask.path(), "automatic-ask");
    Page on = browser.submit(ask, "main form", Map.of());
    assertThat(on.html().text()).contains("“Invoice issued” is on.");
    assertThat(enabled("invoice_issued")).isTrue();
  }

  @Test
  @Order(3)
  void whatIsWrongStandsAtItsField() {
    Page wrong =
        browser.submit(
            "/automatic/invoice_issued",
            FORM,
            Map.of(
                "do",
                "save",
                "to",
                "addresses",
                "cc",
                "not an address",
                "except/partners",
                "nobody",
                "delay",
                "soon",
                "hours",
                "yes",
                "working_time/from",
                "18:00",
                "working_time/until",
                "08:00"));
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.html().select("[role=alert] a").eachAttr("href"))
        .contains("#cc", "#delay", "#working_time-until");
    assertThat(wrong.html().select("#cc").text()).isEqualTo("not an address");
    assertThat(wrong.html().select("#cc-wrong")).isNotEmpty();
    Page unknown =
        browser.submit(
            "/automatic/invoice_issued", FORM, Map.of("do", "save", "except/partners", "nobody"));
    assertThat(unknown.html().select("#except-partners-wrong").text())
        .contains("There is no partner “nobody”.");
    assertThat(json(postroom.get("/api/v1/automations/invoice_issued")).get("cc")).isEmpty();
  }

  @Test
  @Order(4)
  void whatIsSettledIsKeptAndComesBackTheSame() {
    Page row = browser.submit("/automatic/invoice_issued", FORM, Map.of("do", "group"));
    assertThat(row.html().select(".rule-row")).hasSize(1);
    Map<String, String> typed = new HashMap<>();
    typed.put("do", "save");
    typed.put("c/0/0/field", "document.gross");
    typed.put("c/0/0/operator", "at_least");
    typed.put("c/0/0/value", "100 EUR");
    typed.put("bcc", "archive@acme.example");
    typed.put("delay", "5");
    typed.put("unit", "minutes");
    typed.put("except/documents", "Invoice INV-3");
    Page saved = browser.submit(row, FORM, typed);
    assertThat(saved.status()).as(saved.html().select("[role=alert]").text()).isEqualTo(200);
    assertThat(saved.html().text()).contains("Saved.");
    JsonNode kept = json(postroom.get("/api/v1/automations/invoice_issued"));
    assertThat(kept.at("/condition/value").asString()).isEqualTo("100");
    assertThat(kept.get("delay").asString()).isEqualTo("PT5M");
    assertThat(kept.at("/except/documents/0/number").asString()).isEqualTo("INV-3");
    assertThat(kept.at("/bcc/0").asString()).isEqualTo("archive@acme.example");
    Page stale = browser.submit(row, FORM, typed);
    assertThat(stale.status()).isEqualTo(422);
    assertThat(stale.html().text()).contains("Somebody changed this meanwhile.");
    Page again = browser.submit("/automatic/invoice_issued", FORM, Map.of("do", "save"));
    assertThat(again.html().text()).contains("Saved.");
    JsonNode same = json(postroom.get("/api/v1/automations/invoice_issued"));
    for (String field : new String[] {"condition", "delay", "except", "bcc", "to", "enabled"})
      assertThat(same.get(field)).as(field).isEqualTo(kept.get(field));
  }

  @Test
  @Order(5)
  void theHistorySaysWhatWasSentAndWhyNot() {
    invoice("INV-4", "contoso", "500.00");
    invoice("INV-5", "contoso", "50.00");
    for (String number : new String[] {"INV-3", "INV-4", "INV-5"})
      tell("second/" + number, "invoice.issued", "invoice", number);
    Page all = browser.open("/automatic/invoice_issued");
    assertThat(all.html().select("#history").text())
        .contains("Invoice INV-4 Mail made", "makes an exception of this document")
        .contains("Only sent if the gross amount is at least 100 EUR");
    Page excluded = browser.open("/automatic/invoice_issued?result=skipped&code=excluded");
    assertThat(excluded.html().select("#history tbody tr")).hasSize(1);
    String csv =
        browser.open("/automatic/invoice_issued/history.csv?result=sent").response().body();
    assertThat(csv.lines()).hasSize(2);
    assertThat(csv).contains("INV-4,sent");
    look("/automatic/invoice_issued", "automatic-one");
    Page document = browser.open("/documents/invoice/INV-4");
    assertThat(document.html().select("#automatic").text())
        .contains("invoice.issued", "Mail made", "Invoice issued");
    look("/documents/invoice/INV-4", "automatic-document");
  }

  @Test
  @Order(6)
  void goodsReceivedCanBeToldInsidePostroom() {
    Page saved =
        browser.submit("/automatic/goods_received", FORM, Map.of("do", "save", "to", "internal"));
    assertThat(saved.html().text()).contains("Saved.");
    browser.submit("/automatic/goods_received/switch", "main form", Map.of());
    tell("goods", "goods.received", "item_receipt", "IR-7");
    Page told = browser.open("/notifications");
    assertThat(told.html().select("tbody").text())
        .contains("Goods received: item receipt IR-7", "Quiet & Co");
    assertThat(browser.open("/automatic/goods_received").html().select("#history").text())
        .contains("Told inside Postroom");
    look("/automatic/goods_received", "automatic-goods");
  }

  @Test
  @Order(7)
  void eventsAreFilteredAndExplained() {
    Page one = browser.open("/automatic/events?type=goods.received&kind=item_receipt&number=IR-7");
    assertThat(one.html().select("tbody tr")).hasSize(1);
    Page event = browser.open(one.html().select("tbody a[href^=/automatic/events/]").attr("href"));
    assertThat(event.html().select("main").text())
        .contains("When goods were received", "Told inside Postroom", "/erp/acme", "goods");
    Page none = browser.open("/automatic/events?type=quote.issued");
    assertThat(none.html().text()).contains("No events match.");
    look("/automatic/events", "automatic-events");
    look(event.path(), "automatic-event");
  }

  @Test
  @Order(8)
  void onButNotWorkingIsSaidWhereItIsSeen() {
    String account = json(postroom.get("/api/v1/accounts")).at("/data/0/id").asString();
    String company = postroom.bean(org.postroom.access.Access.class).companies().getFirst().id();
    postroom
        .bean(Accounts.class)
        .needsAttention(company, account, State.NEEDS_ADMINISTRATOR, "The mailbox is full.");
    Page list = browser.open("/automatic");
    assertThat(list.html().select("tr:has(form[action=/automatic/invoice_issued/switch])").text())
        .contains("On, but not working", "The mailbox is full.");
    assertThat(list.html().select("tr:has(form[action=/automatic/goods_received/switch])").text())
        .doesNotContain("not working");
    assertThat(browser.open("/").html().select(".needs").text())
        .contains("“Invoice issued” is on, but not working");
    look("/automatic", "automatic-broken");
    look("/automatic/invoice_issued", "automatic-one-broken");
  }

  @Test
  @Order(9)
  void theKeyboardSwitchesOff() {
    desktop.open(postroom.url() + "/automatic/goods_received");
    desktop.tabTo("main form[action$='/switch'] button");
    desktop.press("Enter");
    desktop.page().locator("text=is off. Its events are kept").waitFor();
    assertThat(enabled("goods_received")).isFalse();
  }

  private static boolean enabled(String name) {
    return json(postroom.get("/api/v1/automations/" + name)).get("enabled").booleanValue();
  }

  private static void invoice(String number, String partner, String gross) {
    put(
        "documents/invoice/" + number,
        """
        {"currency": "EUR", "partner": "%s", "issue_date": "2026-11-02", "due_date": "2026-12-02",
         "totals": {"net": "%s", "gross": "%s"},
         "lines": [{"description": "Flour", "quantity": "1", "amount": "%s"}]}\
        """
            .formatted(partner, gross, gross, gross));
  }

  private static void put(String path, String body) {
    assertThat(postroom.put("/api/v1/" + path, body).statusCode()).isEqualTo(201);
  }

  private static void tell(String id, String type, String kind, String number) {
    var told =
        postroom.send(
            postroom
                .request("/api/v1/events")
                .header("Content-Type", "application/cloudevents+json")
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"specversion": "1.0", "id": "%s", "source": "/erp/acme", "type": "%s",
                         "data": {"kind": "%s", "number": "%s"}}
                        """
                            .formatted(id, type, kind, number))));
    String event = json(told).get("id").asString();
    eventually(
        () -> json(postroom.get("/api/v1/events/" + event)).get("state").asString(),
        state -> !state.equals("accepted"));
  }

  private static void look(String path, String name) {
    for (Tab tab : new Tab[] {desktop, phone}) {
      assertThat(tab.open(postroom.url() + path).status()).isEqualTo(200);
      tab.screenshot(name + (tab == phone ? "-phone" : ""));
      tab.assertWellMade();
    }
  }
}
