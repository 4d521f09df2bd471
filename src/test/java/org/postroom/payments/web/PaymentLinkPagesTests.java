package org.postroom.payments.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;

/** Links as the company's people make and watch them, on a desktop and on a phone. */
@ExtendWith(WithChromium.class)
class PaymentLinkPagesTests {
  private static RunningPostroom postroom;

  @BeforeAll
  static void start() {
    postroom = RunningPostroom.start(Map.of("POSTROOM_PUBLIC_URL", "http://127.0.0.1:8025"));
    made(
        postroom.put(
            "/api/v1/partners/contoso",
            "{\"type\": \"customer\", \"name\": \"Contoso Bakery and Confectionery\", \"emails\": {\"main\": [\"ap@contoso.example\"]}}"));
    for (int i = 1; i < 6; i++)
      document("invoice", "INV-2026-040" + i, "{\"gross\": \"1284.50\", \"due\": \"1284.50\"}", "");
    document(
        "sales_order",
        "SO-1",
        "{\"gross\": \"1000.00\"}",
        ", \"fields\": {\"deposit_percent\": 30}");
    document("sales_order", "SO-2", "{\"gross\": \"500.00\"}", "");
    document("quote", "Q-1", "{\"gross\": \"500.00\"}", "");
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  @Test
  void aLinkIsMadeFromItsDocumentWatchedPaidAndFoundAgain(Chromium chromium) {
    boolean desktop = true;
    for (Tab tab : new Tab[] {chromium.desktop(), chromium.phone()})
      try (tab) {
        String number = desktop ? "INV-2026-0401" : "INV-2026-0402";
        desktop = false;
        tab.signIn(postroom);
        tab.open(postroom.url() + "/documents/invoice/" + number);
        tab.page().locator("text=Create payment link").click();
        assertThat(tab.page().locator("h1").textContent()).contains(number);
        seen(tab, "payment-new");
        tab.page().locator("button[value=generate]").click();
        tab.page().waitForSelector("#url");
        assertThat(tab.page().locator("#url").inputValue())
            .matches("http://127\\.0\\.0\\.1:8025/pay/[A-Za-z0-9_-]{43}");
        seen(tab, "payment-link");
        tab.page().locator("#amount").fill("84.50");
        tab.page().locator("text=Note it").click();
        tab.page().waitForSelector("#reference-wrong");
        seen(tab, "payment-link-wrong");
        tab.page().locator("#reference").fill("BANK-" + number);
        tab.page().locator("text=Note it").click();
        tab.page().waitForSelector("text=The money is noted");
        assertThat(tab.page().locator("main").textContent())
            .contains("Part paid")
            .contains("1,200.00 EUR")
            .contains("Paid: 84.50 EUR");
        tab.open(postroom.url() + "/documents/invoice/" + number);
        assertThat(tab.page().locator("#links").textContent()).contains("Part paid");
        seen(tab, "payment-document");
        tab.open(postroom.url() + "/payments");
        assertThat(tab.page().locator("main tbody").textContent())
            .contains(number)
            .contains("Contoso Bakery");
        seen(tab, "payments");
      }
  }

  @Test
  void moneyOnAWithdrawnLinkIsShownUntilSomebodyLooked(Chromium chromium) {
    try (Tab tab = chromium.desktop()) {
      tab.signIn(postroom);
      String id =
          make(
              "{\"kind\": \"invoice\", \"items\": [{\"kind\": \"invoice\", \"number\": \"INV-2026-0403\"}]}");
      tab.open(postroom.url() + "/payments/" + id);
      tab.page().onDialog(com.microsoft.playwright.Dialog::accept);
      tab.page().locator("text=Withdraw").first().click();
      tab.page().waitForSelector("#page-state:has-text('Withdrawn')");
      made(
          postroom.post(
              "/api/v1/payment_links/" + id + "/payments",
              "{\"reference\": \"B-9\", \"amount\": \"5.00\"}"));
      tab.open(postroom.url() + "/payments?tab=look");
      assertThat(tab.page().locator("nav a[href='/payments'] .count").textContent())
          .startsWith("1");
      tab.page().locator("main tbody a").click();
      assertThat(tab.page().locator(".notice[role=alert]").textContent())
          .contains("after the link was withdrawn");
      seen(tab, "payment-look");
      tab.page().locator("text=I have seen to it").click();
      tab.page().waitForSelector("text=Looked at the warnings.");
      assertThat(tab.page().locator(".notice[role=alert]").count()).isZero();
      tab.open(postroom.url() + "/payments?tab=ended");
      assertThat(tab.page().locator("main tbody").textContent()).contains("Withdrawn");
    }
  }

  @Test
  void depositsOfSeveralOrdersAreAskedForTogetherWhereThatIsAllowed(Chromium chromium) {
    for (Tab tab : new Tab[] {chromium.desktop(), chromium.phone()})
      try (tab) {
        tab.signIn(postroom);
        tab.open(postroom.url() + "/payments/settings");
        seen(tab, "payment-settings");
        tab.page().locator("#days").fill("0");
        tab.page().locator("main form button[type=submit]").click();
        tab.page().waitForSelector("#days-wrong");
        tab.page().locator("#days").fill("14");
        tab.page().locator("#combined").check();
        tab.page().locator("main form button[type=submit]").click();
        tab.page().waitForSelector("text=Saved.");
        tab.open(postroom.url() + "/payments/new?of=sales_order");
        assertThat(tab.page().locator("main tbody tr").count()).isEqualTo(2);
        seen(tab, "payment-choose");
        tab.page().locator("main tbody tr:has-text('SO-1') a").click();
        assertThat(tab.page().locator("#items-0-amount").inputValue()).isEqualTo("300.00");
        tab.page().locator("[name='items/1/on']").check();
        seen(tab, "payment-new-deposit");
        tab.page().locator("button[value=generate]").click();
        tab.page().waitForSelector("#items-1-amount-wrong");
        seen(tab, "payment-new-wrong");
        tab.page().locator("#items-1-amount").fill("100");
        tab.page().locator("button[value=generate]").click();
        tab.page().waitForSelector("#url");
        assertThat(tab.page().locator("main").textContent()).contains("400.00 EUR");
        assertThat(tab.page().locator("h1").textContent()).contains("SO-1 and 1 more");
        seen(tab, "payment-link-deposit");
      }
  }

  @Test
  void aQuoteGetsALinkToApproveIt(Chromium chromium) {
    try (Tab tab = chromium.desktop()) {
      tab.signIn(postroom);
      tab.open(postroom.url() + "/payments/new?kind=quote&number=Q-1");
      seen(tab, "payment-new-quote");
      tab.page().locator("button[value=generate]").click();
      tab.page().waitForSelector("#url");
      assertThat(tab.page().locator("#url").inputValue()).contains("/approve/");
      seen(tab, "payment-link-approval");
    }
  }

  @Test
  void aLinkThatIsSentByMailStandsInTheMail(Chromium chromium) {
    try (Tab tab = chromium.desktop()) {
      tab.signIn(postroom);
      tab.open(postroom.url() + "/payments/new?kind=invoice&number=INV-2026-0405");
      tab.page().locator("button[value=send]").click();
      tab.page().waitForSelector("main button[value=send]");
      seen(tab, "payment-send");
      tab.page().locator("main button[value=send]").click();
      tab.page().waitForURL(java.util.regex.Pattern.compile(".*/messages/msg_.*"));
    }
    var links =
        json(postroom.get("/api/v1/payment_links?kind=invoice&number=INV-2026-0405")).get("data");
    assertThat(links).hasSize(1);
    assertThat(links.get(0).get("message").asString()).startsWith("msg_");
  }

  @Test
  void whoMayOnlyLookSeesNoAddress() {
    String id =
        make(
            "{\"kind\": \"invoice\", \"items\": [{\"kind\": \"invoice\", \"number\": \"INV-2026-0404\"}]}");
    HttpResponse<String> key =
        postroom.post("/api/v1/api_keys", "{\"name\": \"r\", \"scopes\": [\"messages:read\"]}");
    HttpResponse<String> reply =
        postroom.send(
            java.net.http.HttpRequest.newBuilder(
                    java.net.URI.create(postroom.url() + "/api/v1/payment_links/" + id))
                .header("Authorization", "Bearer " + json(key).get("key").asString())
                .GET());
    assertThat(reply.statusCode()).isEqualTo(403);
    assertThat(reply.body()).doesNotContain("/pay/");
  }

  private static String make(String body) {
    HttpResponse<String> made = postroom.post("/api/v1/payment_links", body);
    made(made);
    return json(made).get("id").asString();
  }

  private static void seen(Tab tab, String name) {
    tab.screenshot(name + "-" + tab.page().viewportSize().width);
    tab.assertWellMade();
  }

  private static void document(String kind, String number, String totals, String more) {
    made(
        postroom.put(
            "/api/v1/documents/" + kind + "/" + number,
            "{\"partner\": \"contoso\", \"issue_date\": \"2026-11-02\", \"currency\": \"EUR\", \"totals\": %s%s}"
                .formatted(totals, more)));
  }

  private static void made(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 202);
  }
}
