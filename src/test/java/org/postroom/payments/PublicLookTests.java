package org.postroom.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.documents.DocumentKind;
import org.postroom.payments.PaymentLink.Kind;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.Tab;
import org.postroom.testkit.TestDatabase;
import org.postroom.testkit.WithChromium;

/** The pages customers see, as they see them: on a desktop and on a phone, in two languages. */
@ExtendWith(WithChromium.class)
class PublicLookTests {
  private static final Map<String, String> PAGES = new LinkedHashMap<>();
  private static PublicShop shop;

  @BeforeAll
  static void start() {
    shop = PublicShop.on(TestDatabase.SQLITE);
    shop.takesCards();
    shop.partner("de");
    payable();
    ended();
    quotes();
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  private static void payable() {
    PAGES.put("open", invoice("INV-2026-0412"));
    PAGES.put("cancelled", PAGES.get("open") + "?came=back");
    PAGES.put("waiting", PAGES.get("open") + "?came=paid");
    PAGES.put("waiting-long", PAGES.get("open") + "?came=paid&look=5");
    PaymentLink changed = made("INV-2");
    PAGES.put("changed", shop.page(changed));
    shop.invoice("INV-2", "de", "990.00");
    PaymentLink part = made("INV-3");
    PAGES.put("part-paid", shop.page(part));
    shop.paid(part, "pi_3", "500.00", "Stripe");
    PaymentLink refused = made("INV-4");
    PAGES.put("declined-payment", shop.page(refused));
    shop.links().declined(refused.company(), refused.id(), "pi_4", "card_declined");
    shop.document(
        "sales_order",
        "SO-1",
        "de",
        "EUR",
        "400.00",
        ", \"fields\": {\"deposit_percent\": \"30\"}");
    shop.document(
        "sales_order",
        "SO-2",
        "de",
        "EUR",
        "900.00",
        ", \"fields\": {\"deposit_percent\": \"30\"}");
    shop.links().choose(shop.me(), new LinkChoices(false, 60, true));
    PAGES.put(
        "several", shop.page(shop.link(Kind.DEPOSIT, DocumentKind.SALES_ORDER, "SO-1", "SO-2")));
    shop.document("invoice", "CHF-1", "de", "CHF", "1284.50", "");
    PAGES.put("francs", shop.page(shop.link(Kind.INVOICE, DocumentKind.INVOICE, "CHF-1")));
  }

  private static void ended() {
    PaymentLink processing = made("INV-5");
    PAGES.put("processing", shop.page(processing));
    shop.links().processing(processing.company(), processing.id(), "pi_5");
    PaymentLink paid = made("INV-6");
    PAGES.put("paid", shop.page(paid));
    shop.paid(paid, "pi_6", "1284.50", "Stripe");
    PaymentLink settled = made("INV-7");
    PAGES.put("settled", shop.page(settled));
    shop.told("INV-7", "1284.50");
    PaymentLink back = made("INV-8");
    PAGES.put("refunded", shop.page(back));
    shop.paid(back, "pi_8", "1284.50", "Stripe");
    shop.paid(back, "re_8", "-1284.50", "Stripe");
    PaymentLink expired = made("INV-9");
    PAGES.put("expired", shop.page(expired));
    shop.expire(expired);
    PaymentLink asked = made("INV-10");
    PAGES.put("asked", shop.page(asked));
    shop.expire(asked);
    shop.postroom().bean(LinkAnswers.class).askForNew(asked);
    PaymentLink withdrawn = made("INV-11");
    PAGES.put("withdrawn", shop.page(withdrawn));
    shop.links().withdraw(shop.me(), withdrawn.id());
    PaymentLink gone = made("INV-12");
    PAGES.put("gone", shop.page(gone));
    shop.sql("DELETE FROM documents WHERE number = 'INV-12'");
    PAGES.put("unknown", "/pay/" + "A".repeat(43));
  }

  private static void quotes() {
    for (String name : new String[] {"approve", "approved", "declined", "late-quote"}) {
      shop.document("quote", "Q-" + name, "de", "EUR", "1284.50", "");
      PAGES.put(name, shop.page(shop.link(Kind.APPROVAL, DocumentKind.QUOTE, "Q-" + name)));
    }
    decide("approved", true, "Please deliver in the morning.");
    decide("declined", false, "Too dear for us this year.");
    shop.put(
        "documents/quote/Q-late-quote",
        "{\"currency\": \"EUR\", \"due_date\": \"2020-01-01\", \"lines\": [{\"description\": \"x\", \"amount\": \"1.00\"}]}");
  }

  private static void decide(String name, boolean approve, String comment) {
    String token = PAGES.get(name).substring("/approve/".length());
    shop.links().decide(token, approve, "Anna Byrne", comment);
  }

  private static PaymentLink made(String number) {
    shop.invoice(number, "de", "1284.50");
    return shop.link(Kind.INVOICE, DocumentKind.INVOICE, number);
  }

  private static String invoice(String number) {
    return shop.page(made(number));
  }

  @Test
  void everyStateIsWellMadeOnADesktop(Chromium chromium) {
    try (Tab tab =
        chromium.tab(
            new Browser.NewContextOptions()
                .setJavaScriptEnabled(true)
                .setViewportSize(1360, 900))) {
      for (var page : PAGES.entrySet())
        look(tab, page.getKey(), english(page.getValue()), "en-desktop");
    }
  }

  @Test
  void everyStateIsWellMadeOnAPhone(Chromium chromium) {
    try (Tab tab = chromium.phone()) {
      for (var page : PAGES.entrySet()) look(tab, page.getKey(), page.getValue(), "de-phone");
    }
  }

  private static String english(String path) {
    return path + (path.contains("?") ? "&" : "?") + "lang=en";
  }

  private static void look(Tab tab, String name, String path, String where) {
    // Pages that look again by themselves would leave while they are looked at.
    tab.page()
        .route(
            "**/pay/*came=paid*",
            route -> {
              var answer = route.fetch();
              var headers = new java.util.HashMap<>(answer.headers());
              headers.remove("refresh");
              route.fulfill(
                  new com.microsoft.playwright.Route.FulfillOptions()
                      .setResponse(answer)
                      .setHeaders(headers));
            });
    tab.open(shop.postroom().url() + path);
    tab.screenshot("public-" + name + "-" + where);
    assertThat(tab.page().locator("h1").count()).as(name).isEqualTo(1);
    tab.assertWellMade();
  }
}
