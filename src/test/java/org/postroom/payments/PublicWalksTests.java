package org.postroom.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.documents.DocumentKind;
import org.postroom.notifications.Notification;
import org.postroom.notifications.Notifications;
import org.postroom.payments.PaymentLink.Kind;
import org.postroom.payments.PaymentLink.Payment;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.Tab;
import org.postroom.testkit.TestDatabase;
import org.postroom.testkit.WithChromium;

/** Customers who pay and decide, in a real browser without JavaScript. */
@ExtendWith(WithChromium.class)
class PublicWalksTests {
  private static PublicShop shop;

  @BeforeAll
  static void start() {
    shop = PublicShop.on(TestDatabase.SQLITE);
    shop.takesCards();
    shop.partner("en");
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  @Test
  void paysByCardAndComesBackToAReceipt(Chromium chromium) {
    PaymentLink link = invoice("INV-1");
    try (Tab tab = plain(chromium, 1360)) {
      backToThisMachine(tab);
      tab.open(shop.postroom().url() + shop.page(link));
      tab.page().getByText("Pay €1,284.50").first().click();
      tab.page().waitForURL(url -> url.startsWith(shop.stripe().url()));
      assertThat(tab.complaints()).noneMatch(said -> said.contains("Security Policy"));
      assertThat(shop.stripe().session().page()).contains("/c/pay/");
      tab.open(shop.postroom().url() + shop.page(link) + "?came=paid");
      assertThat(tab.page().locator("h1").textContent()).contains("waiting");
      assertThat(again(link).payment()).isEqualTo(Payment.NOT_PAID);
      shop.paid(link, "pi_1", "1284.50", "Stripe"); // as its webhook tells
      tab.page().waitForSelector("text=Paid. Thank you!");
      assertThat(tab.page().locator("main").textContent()).contains("€1,284.50", "Paid by");
      assertThat(tab.page().context().cookies()).isEmpty();
    }
  }

  /** Why there is a page between us and the provider. */
  @Test
  void aRedirectAfterAFormWouldBeRefused(Chromium chromium) {
    PaymentLink link = invoice("INV-2");
    try (Tab tab = plain(chromium, 1360)) {
      tab.page()
          .route(
              "**/ways/*",
              route ->
                  route.fulfill(
                      new com.microsoft.playwright.Route.FulfillOptions()
                          .setStatus(303)
                          .setHeaders(Map.of("Location", "https://elsewhere.example/"))));
      tab.open(shop.postroom().url() + shop.page(link));
      tab.page().locator(".way button").first().click();
      tab.page().waitForCondition(() -> !tab.complaints().isEmpty());
      assertThat(tab.complaints().toString()).contains("form-action");
    }
  }

  @Test
  void aProviderThatIsDownLeavesTheOtherWays(Chromium chromium) {
    PaymentLink link = invoice("INV-3");
    shop.takesCards("Card elsewhere", "sk_test_51Unknown00000000000000000");
    try (Tab tab = plain(chromium, 390)) {
      tab.open(shop.postroom().url() + shop.page(link));
      tab.page().locator("form.way:has-text('Card elsewhere') button").click();
      tab.page().waitForSelector(".notice");
      tab.screenshot("public-unreachable-en-phone");
      assertThat(tab.page().locator(".notice").textContent())
          .contains("does not work at the moment");
      assertThat(tab.page().locator(".bank").textContent()).contains("DE89");
      assertThat(tab.page().content()).doesNotContain("sk_test", "API key");
    }
    assertThat(
            shop.postroom().bean(Notifications.class).list(link.company(), 50, null).data().stream()
                .filter(news -> news.kind() == Notification.Kind.GATEWAY_TROUBLE))
        .singleElement()
        .satisfies(news -> {
          assertThat(news.title()).contains("Card elsewhere");
          assertThat(news.text()).contains("does not accept the secret key");
        });
  }

  @Test
  void theCodeOnThePageIsTheTransferBesideIt(Chromium chromium) throws Exception {
    PaymentLink link = invoice("INV-4");
    try (Tab tab = plain(chromium, 1360)) {
      tab.open(shop.postroom().url() + shop.page(link));
      byte[] picture = tab.page().locator(".code img").screenshot();
      List<String> code = decoded(picture).lines().toList();
      assertThat(code)
          .containsExactly(
              "BCD",
              "002",
              "1",
              "SCT",
              "COBADEFFXXX",
              "Acme Bakery Supplies",
              PublicShop.IBAN,
              "EUR1284.50",
              "",
              "",
              "INV-4");
    }
  }

  @Test
  void otherCurrenciesHaveNoCode(Chromium chromium) {
    shop.document("invoice", "CHF-1", "en", "CHF", "1284.50", "");
    PaymentLink link = shop.link(Kind.INVOICE, DocumentKind.INVOICE, "CHF-1");
    try (Tab tab = plain(chromium, 1360)) {
      tab.open(shop.postroom().url() + shop.page(link));
      assertThat(tab.page().locator(".bank").count()).isEqualTo(1);
      assertThat(tab.page().locator(".code").count()).isZero();
    }
  }

  @Test
  void approvesByKeyboardAndASecondBrowserIsToldThatItIsLate(Chromium chromium) {
    PaymentLink link = quote("Q-1");
    try (Tab tab = plain(chromium, 1360);
        Tab second = plain(chromium, 1360)) {
      second.open(shop.postroom().url() + shop.page(link));
      tab.open(shop.postroom().url() + shop.page(link));
      tab.page().locator("#name").focus();
      tab.page().keyboard().type("Anna Byrne");
      tab.press("Tab");
      tab.page().keyboard().type("Before noon, please.");
      tab.press("Tab", "Enter");
      tab.page().waitForSelector("text=Approved. Thank you!");
      assertThat(tab.page().locator(".stamp").textContent())
          .contains("Anna Byrne", "Before noon, please.");
      tab.page().goBack();
      tab.page().waitForSelector("text=Approved. Thank you!");
      second.page().locator("#name").fill("Somebody else");
      second.page().locator("form button").first().click();
      second.page().waitForSelector("text=decided already");
      second.screenshot("public-late-en-desktop");
      assertThat(again(link).payment()).isEqualTo(Payment.APPROVED);
    }
  }

  @Test
  void declinesWithAReasonOnAPhone(Chromium chromium) {
    PaymentLink link = quote("Q-2");
    try (Tab tab = plain(chromium, 390)) {
      tab.open(shop.postroom().url() + shop.page(link));
      tab.page().locator("summary").click();
      tab.page().locator("#name-no").fill("Bert");
      tab.page().locator(".decline button").click();
      tab.page().waitForSelector("#reason-wrong");
      tab.screenshot("public-decline-error-en-phone");
      assertThat(tab.page().locator("#name-no").inputValue()).isEqualTo("Bert");
      tab.page().locator("#reason").fill("Too dear");
      tab.page().locator(".decline button").click();
      tab.page().waitForSelector(".stamp");
      assertThat(again(link).payment()).isEqualTo(Payment.NOT_APPROVED);
    }
  }

  @Test
  void asksForANewLinkWithOneButton(Chromium chromium) {
    PaymentLink link = invoice("INV-5");
    shop.expire(link);
    try (Tab tab = plain(chromium, 390)) {
      tab.open(shop.postroom().url() + shop.page(link));
      tab.page().locator("main button").click();
      tab.page().waitForSelector("text=We have passed it on");
    }
  }

  @Test
  void nothingSticksOutOnTheSmallestScreens(Chromium chromium) {
    for (String page : List.of(shop.page(invoice("INV-6")), shop.page(quote("Q-3"))))
      for (int width : new int[] {320, 680})
        try (Tab tab = chromium.tab(new Browser.NewContextOptions().setViewportSize(width, 450))) {
          tab.open(shop.postroom().url() + page + "?lang=de");
          tab.assertWellMade();
        }
  }

  @Test
  void theReceiptPrintsWithoutButtons(Chromium chromium) {
    PaymentLink link = invoice("INV-7");
    shop.paid(link, "pi_7", "1284.50", "Stripe");
    try (Tab tab = plain(chromium, 1360)) {
      tab.open(shop.postroom().url() + shop.page(link));
      tab.page()
          .emulateMedia(
              new Page.EmulateMediaOptions()
                  .setMedia(com.microsoft.playwright.options.Media.PRINT));
      tab.screenshot("public-paid-print");
      assertThat(tab.page().locator(".stamp").isVisible()).isTrue();
      assertThat(tab.page().locator(".pdf").isVisible()).isFalse();
      assertThat(tab.page().locator(".languages").isVisible()).isFalse();
    }
  }

  private static Tab plain(Chromium chromium, int width) {
    return chromium.tab(
        new Browser.NewContextOptions().setJavaScriptEnabled(false).setViewportSize(width, 900));
  }

  /** The public address leads to nobody here. */
  private static void backToThisMachine(Tab tab) {
    tab.page()
        .route(
            shop.stripe().url() + "/**",
            route ->
                route.fulfill(
                    new com.microsoft.playwright.Route.FulfillOptions()
                        .setContentType("text/html")
                        .setBody("<title>Checkout</title>Pay here")));
  }

  private static String decoded(byte[] picture) throws Exception {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
    int[] dots = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    var source = new RGBLuminanceSource(image.getWidth(), image.getHeight(), dots);
    return new QRCodeReader()
        .decode(
            new BinaryBitmap(new HybridBinarizer(source)), Map.of(DecodeHintType.TRY_HARDER, true))
        .getText();
  }

  private static PaymentLink invoice(String number) {
    shop.invoice(number, "en", "1284.50");
    return shop.link(Kind.INVOICE, DocumentKind.INVOICE, number);
  }

  private static PaymentLink quote(String number) {
    shop.document("quote", number, "en", "EUR", "1284.50", "");
    return shop.link(Kind.APPROVAL, DocumentKind.QUOTE, number);
  }

  private static PaymentLink again(PaymentLink link) {
    return shop.links().get(shop.me(), link.id());
  }
}
