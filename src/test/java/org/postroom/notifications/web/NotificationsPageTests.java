package org.postroom.notifications.web;

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
import org.postroom.access.Access;
import org.postroom.notifications.NewNotification;
import org.postroom.notifications.Notification.Kind;
import org.postroom.notifications.Notifications;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Browser.Page;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;

/** Somebody without JavaScript reads what the company is told. */
@ExtendWith(WithChromium.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NotificationsPageTests {
  private static RunningPostroom postroom;
  private static String company;
  private static Browser browser;
  private static Tab desktop;
  private static Tab phone;

  @BeforeAll
  static void start(Chromium chromium) {
    postroom = RunningPostroom.start();
    company = postroom.bean(Access.class).companies().getFirst().id();
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
  void anEmptyListSaysWhatWillBeThere() {
    Page empty = browser.open("/notifications");
    assertThat(empty.html().select("main").text()).contains("Nothing yet.");
    assertThat(count(empty)).isEmpty();
    look("notifications-empty");
  }

  @Test
  @Order(2)
  void newOnesAreCountedInTheMenuAndStandOnTop() {
    assertThat(
            postroom.put("/api/v1/documents/quote/Q-7%2FA", "{\"currency\": \"EUR\"}").statusCode())
        .isEqualTo(201);
    tell(
        "1",
        Kind.GOODS_RECEIVED,
        "Goods received: item receipt IR-7",
        "item_receipt",
        "IR-7",
        "From Fabrikam Mill, 3 lines.\nExpected on purchase order PO-12.");
    tell("2", Kind.QUOTE_APPROVED, "Contoso Bakery approved quote Q-7/A", "quote", "Q-7/A", "");
    tell(
        "3",
        Kind.PAYMENT_RECEIVED,
        "Contoso Bakery paid 1,284.50 EUR for invoice INV-1",
        "invoice",
        "INV-1",
        "");
    tell(
        "4",
        Kind.GATEWAY_TROUBLE,
        "Stripe refuses our key",
        null,
        null,
        "Nobody can pay by card until a new key is entered.");
    tell(
        "5",
        Kind.NEW_LINK_ASKED,
        "Contoso Bakery wants a new link for invoice INV-2",
        "invoice",
        "INV-2",
        "");
    Page list = browser.open("/notifications");
    assertThat(list.html().select("tbody th").eachText().getFirst())
        .contains("Unread: Contoso Bakery wants a new link");
    assertThat(count(list)).isEqualTo("5 unread");
    look("notifications");
  }

  @Test
  @Order(3)
  void openingOneLeadsToItsDocumentAndIsRead() {
    Page list = browser.open("/notifications");
    String open = list.html().select("tbody a:contains(approved quote)").attr("href");
    Page document = browser.open(open);
    assertThat(document.status()).isEqualTo(200);
    assertThat(document.html().select("h1").text()).contains("Quote Q-7/A");
    assertThat(count(document)).isEqualTo("4 unread");
  }

  @Test
  @Order(4)
  void oneAloneOrAllAreMarkedAsRead() {
    Page fewer = browser.submit("/notifications", "main tbody form", Map.of());
    assertThat(count(fewer)).isEqualTo("3 unread");
    Page none = browser.submit(fewer, "form[action=/notifications/read]", Map.of());
    assertThat(count(none)).isEmpty();
    assertThat(none.html().select("form[action=/notifications/read]")).isEmpty();
    look("notifications-read");
  }

  @Test
  @Order(5)
  void whatIsToldIsChosenAndCountsFromThenOn() {
    Page chosen =
        browser.submit(
            "/notifications/choices",
            "form[action=/notifications/choices]",
            Map.of("told", "mail_came_back"));
    assertThat(chosen.html().select("main").text()).contains("Saved.");
    assertThat(chosen.html().select("input[name=told][checked]").eachAttr("value"))
        .containsExactly("mail_came_back");
    tell("6", Kind.GOODS_RECEIVED, "Nobody wants to know", null, null, "");
    tell("7", Kind.MAIL_CAME_BACK, "Quote Q-7/A to a@x.example came back", null, null, "");
    assertThat(browser.open("/notifications").html().select("tbody th").text())
        .contains("came back")
        .doesNotContain("Nobody wants to know");
    var all = json(postroom.get("/api/v1/notification_choices"));
    assertThat(all.get("mail_came_back").booleanValue()).isTrue();
    assertThat(all.get("goods_received").booleanValue()).isFalse();
    var put = postroom.put("/api/v1/notification_choices", "{\"goods_received\": true}");
    assertThat(json(put).get("goods_received").booleanValue()).isTrue();
    assertThat(json(put).get("quote_approved").booleanValue()).as("left out").isFalse();
    assertThat(postroom.put("/api/v1/notification_choices", "{\"other\": false}").statusCode())
        .isEqualTo(422);
    look("/notifications/choices", "notification-choices");
    tell("8", Kind.NEW_LINK_ASKED, "told again below", "invoice", "INV-2", "");
    postroom.put("/api/v1/notification_choices", "{\"new_link_asked\": true}");
    tell("9", Kind.NEW_LINK_ASKED, "Contoso wants a new link", "invoice", "INV-2", "");
  }

  @Test
  @Order(6)
  void programsReadTheSameList() {
    var all = json(postroom.get("/api/v1/notifications?limit=1"));
    assertThat(all.at("/data/0/kind").asString()).isEqualTo("new_link_asked");
    assertThat(all.at("/data/0/document/number").asString()).isEqualTo("INV-2");
    assertThat(all.get("has_more").booleanValue()).isTrue();
  }

  private static void tell(
      String id, Kind kind, String title, String document, String number, String text) {
    postroom
        .bean(Notifications.class)
        .publish(new NewNotification(company, id, kind, title, text, document, number, null));
  }

  private static String count(Page page) {
    return page.html().select("nav a[href=/notifications] .count").text();
  }

  private static void look(String name) {
    look("/notifications", name);
  }

  private static void look(String path, String name) {
    for (Tab tab : new Tab[] {desktop, phone}) {
      tab.open(postroom.url() + path);
      tab.screenshot(name + (tab == phone ? "-phone" : ""));
      tab.assertWellMade();
    }
  }
}
