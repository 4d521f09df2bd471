package org.postroom.payments.web;

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
import org.postroom.testkit.StripeServer;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;

/** A person sets up how customers pay; Stripe calls the running product. */
@ExtendWith(WithChromium.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WaysPageTests {
  private static final String PATH = "/payments/ways";
  private static final String HOOK = "whsec_page0000000000000000";
  private static StripeServer stripe;
  private static RunningPostroom postroom;
  private static Browser browser;
  private static Tab desktop;
  private static Tab phone;
  private static String one;

  @BeforeAll
  static void start(Chromium chromium) {
    stripe = StripeServer.start();
    postroom =
        RunningPostroom.start(
            Map.of(
                "POSTROOM_STRIPE_URL",
                stripe.url(),
                "POSTROOM_PUBLIC_URL",
                "http://mail.acme.example"));
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
    stripe.close();
  }

  @Test
  @Order(1)
  void anEmptyPageSaysWhatCustomersSee() {
    assertThat(browser.open(PATH).html().text()).contains("No way is set up yet.");
    look(PATH, "ways-empty");
  }

  @Test
  @Order(2)
  void aPublishableKeyIsToldBesideItsField() {
    String add = PATH + "/new?kind=stripe";
    Page wrong = browser.submit(add, "form[action=/payments/ways/new]", Map.of("secret", "pk_x"));
    assertThat(wrong.html().select("#secret-wrong").text()).contains("publishable key");
    assertThat(wrong.html().select("#secret").attr("value")).isEmpty();
    look(add, "ways-new");
  }

  @Test
  @Order(3)
  void aKeyIsStoredTriedAndNeverShown() {
    Page made =
        browser.submit(
            PATH + "/new?kind=stripe",
            "form[action=/payments/ways/new]",
            Map.of("secret", StripeServer.TEST_KEY, "webhook_secret", HOOK));
    one = made.path();
    assertThat(made.html().text())
        .contains("Test: no money moves", "One is stored", "Stripe has never called here.");
    assertThat(made.html().html()).doesNotContain(StripeServer.TEST_KEY, HOOK);
    assertThat(made.html().select("#hook").text())
        .isEqualTo("http://mail.acme.example/hooks/stripe/" + one.substring(PATH.length() + 1));
    Page tried = browser.submit(one, "form[action$=/try]", Map.of());
    assertThat(tried.html().text()).contains("The key works. It is for tests: no money moves.");
    stripe.revoke(StripeServer.TEST_KEY);
    Page refused = browser.submit(one, "form[action$=/try]", Map.of());
    assertThat(refused.html().select("[role=alert]").text())
        .contains("Stripe does not accept the secret key.");
  }

  @Test
  @Order(4)
  void whatStripeCallsAboutIsShown() {
    String hook = postroom.url() + "/hooks/stripe/" + one.substring(PATH.length() + 1);
    var event = stripe.tell("customer.created", Map.of("id", "cus_1", "object", "customer"));
    assertThat(stripe.deliver(event, hook, HOOK).statusCode()).isEqualTo(200);
    assertThat(json(stripe.deliver(event, hook, HOOK)).get("known").asBoolean()).isTrue();
    assertThat(stripe.deliver(event, hook, "whsec_other000000000000").statusCode()).isEqualTo(400);
    assertThat(browser.open(one).html().text())
        .contains("customer.created", "Nothing to do for this type.", "Last heard");
    look(one, "ways-stripe");
  }

  @Test
  @Order(5)
  void anotherGatewayAndTheBankAreAddedOrderedAndSwitched() {
    Page wrong =
        browser.submit(
            PATH + "/new?kind=url",
            "form[action=/payments/ways/new]",
            Map.of("url", "http://pay.example/{link}"));
    assertThat(wrong.html().select("#url-wrong").text()).contains("must begin with https://");
    look(PATH + "/new?kind=url", "ways-url");
    Page made =
        browser.submit(
            PATH + "/new?kind=url",
            "form[action=/payments/ways/new]",
            Map.of("title", "Acme Pay", "url", "https://pay.example/?l={link}"));
    assertThat(made.html().text()).contains("is offered to customers");
    browser.submit(PATH + "/new?kind=bank", "form[action=/payments/ways/new]", Map.of());
    Page list = browser.open(PATH);
    assertThat(list.html().select("tbody th a").eachText())
        .containsExactly("Card or wallet", "Acme Pay", "Bank transfer");
    assertThat(list.html().select("a[href$='kind=bank']")).isEmpty();
    Page moved = browser.submit(PATH, "tr:nth-child(2) form[action$=/move]", Map.of("to", "up"));
    assertThat(moved.html().select("tbody th a").eachText())
        .containsExactly("Acme Pay", "Card or wallet", "Bank transfer");
    look(PATH, "ways-list");
  }

  @Test
  @Order(6)
  void theApiTellsNoSecretsAndDeletingAsks() {
    String list = postroom.get("/api/v1/payment_gateways").body();
    assertThat(list).contains("\"mode\":\"test\"").doesNotContain("sk_test", "whsec", "v1:");
    assertThat(postroom.get("/api/v1/audit").body()).doesNotContain("sk_test_51", HOOK);
    look(one + "/delete", "ways-delete");
    Page gone = browser.submit(one + "/delete", "form[action$=/delete]", Map.of());
    assertThat(gone.html().text()).contains("was deleted");
  }

  private static void look(String path, String name) {
    for (Tab tab : new Tab[] {desktop, phone}) {
      assertThat(tab.open(postroom.url() + path).status()).isEqualTo(200);
      tab.screenshot(name + (tab == phone ? "-phone" : "-desktop"));
      tab.assertWellMade();
    }
  }
}
