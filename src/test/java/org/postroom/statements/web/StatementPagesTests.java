package org.postroom.statements.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;

/** From choosing customers to the messages of a run, on a desktop and on a phone. */
@ExtendWith(WithChromium.class)
class StatementPagesTests {
  private static RunningPostroom postroom;

  @BeforeAll
  static void start() {
    postroom = RunningPostroom.start();
    customer("contoso", "Contoso Bakery", "[\"ap@contoso.example\"]");
    customer("fabrikam", "Fabrikam Mills and Grain Trading", "[\"office@fabrikam.example\"]");
    customer("mute", "Nobody There", "[]");
    customer("paid", "Paid Everything", "[\"a@paid.example\"]");
    invoice("INV-2026-0412", "contoso", "EUR", "1284.50", "2026-08-02");
    invoice("INV-2026-0500", "contoso", "EUR", "89.90", "2026-11-02");
    invoice("INV-2026-0501", "contoso", "USD", "500.00", "2026-10-02");
    invoice("INV-2026-0502", "contoso", "JPY", "25000", "2026-11-02");
    invoice("INV-2026-0503", "fabrikam", "EUR", "32.70", "2026-11-02");
    invoice("INV-2026-0504", "mute", "EUR", "32.70", "2026-11-02");
    made(
        postroom.post(
            "/api/v1/documents/invoice/INV-2026-0412/payments",
            "{\"reference\": \"BANK-17\", \"amount\": \"284.50\", \"date\": \"2026-11-10\"}"));
    made(
        postroom.post(
            "/api/v1/partners/contoso/payments",
            "{\"reference\": \"BANK-18\", \"amount\": \"20.00\", \"currency\": \"EUR\", \"date\": \"2026-11-12\"}"));
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  @Test
  void aRunIsChosenLookedAtStartedAndEndsWithItsMessages(Chromium chromium) {
    try (Tab tab = chromium.desktop()) {
      tab.signIn(postroom);
      tab.open(postroom.url() + "/statements");
      seen(tab, "statements");
      tab.page().locator("#date").fill("2026-11-21");
      tab.page().locator("main form button[type=submit]").click();
      tab.page().waitForSelector("#page-state:has-text('Ready to send')");
      assertThat(tab.page().locator("main tbody tr").count()).isEqualTo(2);
      assertThat(tab.page().locator("#page-actions").textContent()).contains("Send 2 statements");
      String address = tab.page().url();
      seen(tab, "statement-run-planned");
      tab.page().locator("text=Will not be sent").last().click();
      assertThat(tab.page().locator("main tbody").textContent())
          .contains("Nothing is owed either way.")
          .contains("Nobody There");
      seen(tab, "statement-run-not");
      tab.open(address);
      tab.page().locator("text=Send 2 statements").click();
      tab.page().waitForSelector("#page-state:has-text('Done')");
      assertThat(tab.page().locator("main tbody tr a:has-text('Message')").count()).isEqualTo(2);
      seen(tab, "statement-run-done");
      tab.page().locator("main tbody tr a:has-text('Message')").first().click();
      assertThat(tab.page().locator("main").textContent()).contains("STM-contoso-2026-11-21");
    }
    try (Tab tab = chromium.phone()) {
      tab.signIn(postroom);
      tab.open(postroom.url() + "/statements");
      seen(tab, "statements");
      tab.page().locator("main tbody th a").first().click();
      seen(tab, "statement-run-done");
      tab.page().locator("text=Not sent").last().click();
      seen(tab, "statement-run-not");
    }
  }

  @Test
  void aCustomersStatementIsShownPrintedAndSent(Chromium chromium) {
    for (Tab tab : new Tab[] {chromium.desktop(), chromium.phone()})
      try (tab) {
        tab.signIn(postroom);
        tab.open(postroom.url() + "/partners/contoso");
        seen(tab, "partner-statement");
        tab.open(postroom.url() + "/partners/contoso/statement?as_of=2026-11-21");
        assertThat(tab.page().locator("main").textContent())
            .contains("EUR: 1,069.90 EUR")
            .contains("USD: 500.00 USD")
            .contains("JPY: 25,000 JPY");
        seen(tab, "statement-open");
        tab.open(postroom.url() + "/partners/contoso/statement?kind=activity&as_of=2026-11-21");
        assertThat(tab.page().locator("main").textContent()).contains("Opening balance");
        seen(tab, "statement-activity");
        tab.open(postroom.url() + "/partners/contoso/statement?as_of=soon");
        assertThat(tab.page().locator(".notice[role=alert]").isVisible()).isTrue();
        seen(tab, "statement-wrong");
        tab.open(postroom.url() + "/partners/contoso/statement?as_of=2026-11-20");
        tab.page().locator("text=Send statement").click();
        tab.page().waitForSelector("button[value=send]");
        assertThat(tab.page().locator("main").textContent()).contains("STM-contoso-2026-11-20");
      }
  }

  @Test
  void whatIsWrongStandsBesideItsField(Chromium chromium) {
    for (Tab tab : new Tab[] {chromium.desktop(), chromium.phone()})
      try (tab) {
        tab.signIn(postroom);
        tab.open(postroom.url() + "/statements");
        tab.page().locator("#min_amount").fill("a lot");
        tab.page().locator("#ageing").fill("30, 20");
        tab.page().locator("main form button[type=submit]").click();
        tab.page().waitForSelector(".notice[role=alert]");
        assertThat(tab.page().locator("#min_amount-wrong").isVisible()).isTrue();
        seen(tab, "statements-wrong");
      }
  }

  private static void seen(Tab tab, String name) {
    tab.screenshot(name + "-" + tab.page().viewportSize().width);
    tab.assertWellMade();
  }

  private static void customer(String ref, String name, String main) {
    made(
        postroom.put(
            "/api/v1/partners/" + ref,
            "{\"type\": \"customer\", \"name\": \"%s\", \"emails\": {\"main\": %s}}"
                .formatted(name, main)));
  }

  private static void invoice(
      String number, String partner, String currency, String gross, String date) {
    made(
        postroom.put(
            "/api/v1/documents/invoice/" + number,
            """
            {"partner": "%s", "issue_date": "%s", "currency": "%s", "references": {"customer_order": "PO 4711"},
             "totals": {"gross": "%s", "paid": "0", "due": "%s"}}\
            """
                .formatted(partner, date, currency, gross, gross)));
  }

  private static void made(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
  }
}
