package org.postroom.reminders.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.json;

import java.time.Duration;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.reminders.Reminders;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Browser.Page;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;
import tools.jackson.databind.JsonNode;

/** A person without JavaScript sets reminders up, looks at what would go, and holds some back. */
@ExtendWith(WithChromium.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReminderPagesTests {
  private static final String LADDER = "main form[action$=/reminders/ladder]";
  private static ReminderScene scene;
  private static RunningPostroom postroom;
  private static Browser browser;
  private static Tab desktop;
  private static Tab phone;

  @BeforeAll
  static void start(Chromium chromium) {
    scene = ReminderScene.filled();
    postroom = scene.postroom;
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
  void theNextRunSaysWhoWouldGetWhatAndWhoWouldNot() {
    Document next = browser.open("/reminders").html();
    assertThat(next.select(".status-chip").text()).contains("Off");
    assertThat(next.select("section:contains(Would get a reminder) tbody th").eachText())
        .containsExactlyInAnyOrder(
            "Contoso Bakery Step 3 of 3", "Fabrikam Brot GmbH Step 2 of 3", "Tailspin Toys Step 3 of 3");
    assertThat(next.select("section:contains(Would not, and why) tbody").text())
        .contains("Northwind Traders", "INV-301", "455.00 EUR")
        .containsIgnoringCase("address");
    look("/reminders", "reminders-next");
  }

  @Test
  @Order(2)
  void whatIsWrongWithTheLadderStandsBesideItsField() {
    Page wrong =
        browser.submit(
            "/reminders/ladder",
            LADDER,
            Map.of(
                "do", "save",
                "steps/1/days", "",
                "steps/2/days", "3",
                "steps/2/side", "before",
                "time/from", "08:00",
                "time/until", "07:00",
                "min_amount", "ten",
                "most_per_day", "0"));
    assertThat(wrong.html().select("[role=alert] a").eachAttr("href"))
        .containsExactlyInAnyOrder("#steps-1-days", "#time-until", "#min_amount", "#most_per_day");
    assertThat(wrong.html().select("#steps-1-days").attr("value")).isEqualTo("3");
    assertThat(wrong.html().select("#time-until ~ .invalid-feedback").text())
        .contains("past midnight");
    assertThat(version()).isEqualTo("\"1\"");
  }

  @Test
  @Order(3)
  void anotherLadderIsTriedBeforeItIsSaved() {
    Map<String, String> five =
        Map.of(
            "steps/3/days", "30",
            "steps/3/side", "after",
            "steps/4/days", "45",
            "steps/4/side", "after",
            "min_amount", "100",
            "pauses_when_erp_silent", "yes");
    Page tried = browser.submit("/reminders/ladder", LADDER, with(five, "do", "try"));
    assertThat(tried.html().select(".n-info").text())
        .contains("Not saved yet", "2 mails about 3 invoices");
    assertThat(version()).isEqualTo("\"1\"");
    Page saved = browser.submit(tried, LADDER, Map.of("do", "save", "pauses_when_erp_silent", "yes"));
    assertThat(saved.html().select("[role=status]").text()).contains("Saved.");
    assertThat(saved.html().select("svg.ladder").attr("aria-label"))
        .isEqualTo(
            "The ladder: step 1 3 days before the due date, step 2 7 days after the due date, step 3"
                + " 14 days after the due date, step 4 30 days after the due date, step 5 45 days"
                + " after the due date.");
    JsonNode plan = json(postroom.get("/api/v1/reminders/plan"));
    assertThat(plan.get("steps")).hasSize(5);
    assertThat(plan.get("min_amount").asString()).isEqualTo("100");
    assertThat(plan.at("/time/days")).hasSize(7);
    look("/reminders/ladder", "reminders-ladder");
    Page stale = browser.submit(tried, LADDER, Map.of("do", "save"));
    assertThat(stale.html().select("[role=alert]").text()).contains("Somebody changed this");
  }

  @Test
  @Order(4)
  void aMailIsLookedAtAsItWouldArrive() {
    String preview =
        browser
            .open("/reminders")
            .html()
            .select("tr:contains(Contoso) a:contains(Preview)")
            .attr("href");
    Page page = browser.open(preview);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.html().select(".kv").text()).contains("ap@contoso.example");
    assertThat(page.html().select(".rcp").text()).contains(".pdf");
    Page mail = browser.open(page.html().select("iframe").attr("src"));
    assertThat(mail.html().text()).contains("1,560.50");
    assertThat(mail.response().headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("sandbox");
    look(preview, "reminders-preview");
    assertThat(browser.open("/reminders/preview?partner=northwind&invoice=INV-301").status())
        .isEqualTo(404);
  }

  @Test
  @Order(5)
  void oneStepIsSkippedAndACustomerNeverReminded() {
    Page skipped =
        browser.submit("/reminders", "form:has([name=kind][value=skip]):has([value=INV-102])", Map.of());
    assertThat(skipped.path()).isEqualTo("/reminders");
    assertThat(skipped.html().select("[role=status]").text()).contains("INV-102", "step 2");
    Page excluded =
        browser.submit(skipped, "form:has([value=excluded]):has([value=tailspin])", Map.of());
    String kept = excluded.html().select("section:contains(Would not, and why) tbody").text();
    assertThat(kept).contains("INV-102", "Left out by", "INV-401", "Never reminded");
  }

  @Test
  @Order(6)
  void disputesAndPromisesAreKeptAndEnded() {
    Page wrong =
        browser.submit(
            "/reminders/stops", "main form[action$=/stops]", Map.of("kind", "promise", "invoice", "INV-9"));
    assertThat(wrong.html().select("[role=alert] a").eachAttr("href"))
        .containsExactlyInAnyOrder("#invoice", "#until");
    Page kept =
        browser.submit(
            wrong,
            "main form[action$=/stops]",
            Map.of("invoice", "INV-201", "until", "2099-12-24", "note", "Said so on the phone"));
    assertThat(kept.html().select("tbody").text())
        .contains("INV-201", "Promised to pay", "24 Dec 2099", "Said so on the phone", "Administrator");
    look("/reminders/stops", "reminders-stops");
    Page ended = browser.submit(kept, "tr:contains(tailspin) form", Map.of());
    assertThat(ended.html().select("tbody").text()).doesNotContain("tailspin");
  }

  @Test
  @Order(7)
  void theInvoicesPageSaysWhatComesAndHoldsItBack() {
    Document promised = browser.open("/documents/invoice/INV-201").html();
    assertThat(promised.select("#reminders").text())
        .contains("No reminder is to come, because of this:")
        .contains("Promised to pay until 24 Dec 2099, says Administrator: Said so on the phone");
    Document later = browser.open("/documents/invoice/INV-402").html();
    assertThat(later.select("#reminders").text())
        .contains("Next reminder:", "(step 1), once reminders are switched on.");
    Page disputed =
        browser.submit(
            "/documents/invoice/INV-402",
            "#reminders form:has([value=dispute])",
            Map.of("note", "Wrong flour"));
    assertThat(disputed.path()).isEqualTo("/documents/invoice/INV-402");
    assertThat(disputed.html().select("#reminders").text())
        .contains("No reminder is to come, because of this:", "Disputed", "Wrong flour");
    look("/documents/invoice/INV-402", "reminders-invoice");
    Page ended = browser.submit(disputed, "#reminders form[action$=/end]", Map.of());
    assertThat(ended.html().select("#reminders").text()).contains("Next reminder:");
    Page partner =
        browser.submit("/partners/fabrikam", "#reminders form:has([value=excluded])", Map.of());
    assertThat(partner.path()).isEqualTo("/partners/fabrikam");
    assertThat(partner.html().select("#reminders").text()).contains("No reminders", "INV-201");
    look("/partners/fabrikam", "reminders-partner");
  }

  @Test
  @Order(8)
  void aFormLeadsNobodyElsewhere() {
    for (String back : new String[] {"//evil.example", "https://evil.example", "/documents//evil"}) {
      Page there =
          browser.submit(
              "/reminders/stops",
              "main form[action$=/stops]",
              Map.of("kind", "dispute", "partner", "northwind", "back", back));
      assertThat(there.path()).isEqualTo("/reminders/stops");
    }
  }

  @Test
  @Order(9)
  void switchingOnAsksOnceWithTheCount() {
    Page ask = browser.open("/reminders/switch");
    assertThat(ask.html().select("main").text()).contains("2 mails about 2 invoices");
    look("/reminders/switch", "reminders-switch");
    Page on = browser.submit(ask, "main form", Map.of("enabled", "on"));
    assertThat(on.html().select("[role=status]").text()).contains("Reminders are on.");
    assertThat(json(postroom.get("/api/v1/automations/overdue_reminder")).get("enabled").asBoolean())
        .isTrue();
  }

  @Test
  @Order(10)
  void theHistorySaysWhatWentAndWhatDidNot() {
    postroom.bean(Reminders.class).run();
    Document all = browser.open("/reminders/history").html();
    assertThat(all.select("tr:contains(INV-101)").text()).contains("contoso", "Message made");
    assertThat(all.select("tr:contains(INV-301)").text()).contains("Not sent");
    assertThat(all.select("tr:contains(INV-102)").text()).contains("Left out by");
    look("/reminders/history", "reminders-history");
    Page sent = browser.open("/reminders/history?outcome=sent&partner=contoso");
    assertThat(sent.html().select("tbody tr")).hasSize(1);
    String message = sent.html().select("tbody a[href^=/messages/]").attr("href");
    assertThat(browser.open(message).html().select("main").text()).contains("ap@contoso.example");
    assertThat(browser.open("/documents/invoice/INV-101").html().select("#reminders").text())
        .contains("Message made");
    Page nothing = browser.open("/reminders/history?invoice=INV-999");
    assertThat(nothing.html().text()).contains("Nothing matches.", "Clear filters");
  }

  @Test
  @Order(11)
  void everyPageSaysThatTheErpIsSilent() {
    scene.erpSilentFor(Duration.ofDays(9));
    assertThat(browser.open("/outbox").html().select(".notice").text())
        .contains("The ERP last told us about payments 9 days ago; reminders paused.");
    look("/reminders", "reminders-silent");
    browser.submit("/reminders", "form[action$=/reminders/switch]", Map.of());
    assertThat(browser.open("/outbox").html().select(".notice")).isEmpty();
  }

  @Test
  @Order(12)
  void theKeyboardReachesEverything() {
    desktop.open(postroom.url() + "/reminders/ladder");
    desktop.tabTo("#steps-0-days");
    desktop.page().keyboard().press("Control+A");
    desktop.page().keyboard().type("5");
    desktop.tabTo("button[value=save]:not([aria-hidden])");
    desktop.press("Enter");
    desktop.page().waitForSelector("[role=status]:has-text('Saved.')");
    assertThat(json(postroom.get("/api/v1/reminders/plan")).at("/steps/0/days").asInt())
        .isEqualTo(-5);
  }

  private static Map<String, String> with(Map<String, String> fields, String name, String value) {
    Map<String, String> all = new java.util.HashMap<>(fields);
    all.put(name, value);
    return all;
  }

  private static String version() {
    return postroom.get("/api/v1/reminders/plan").headers().firstValue("ETag").orElseThrow();
  }

  private static void look(String path, String name) {
    for (Tab tab : new Tab[] {desktop, phone}) {
      assertThat(tab.open(postroom.url() + path).status()).isEqualTo(200);
      tab.screenshot(name + (tab == phone ? "-phone" : "-desktop"));
      tab.assertWellMade();
    }
  }
}
