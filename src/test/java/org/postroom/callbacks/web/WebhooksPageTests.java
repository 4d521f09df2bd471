package org.postroom.callbacks.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Browser.Page;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.HookReceiver;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;

/** Somebody without JavaScript lets the ERP be called; the pages are looked at in a browser. */
@ExtendWith(WithChromium.class)
class WebhooksPageTests {
  private static RunningPostroom postroom;
  private static HookReceiver erp;
  private static Browser browser;
  private static Tab desktop;
  private static Tab phone;

  @BeforeAll
  static void start(Chromium chromium) {
    postroom = RunningPostroom.start();
    erp = HookReceiver.start();
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
    erp.close();
  }

  @Test
  void anEndpointIsAddedTestedRepairedAndDeleted() {
    Page empty = browser.open("/webhooks");
    assertThat(main(empty)).contains("No endpoints yet.");
    look("webhooks-empty", "/webhooks");

    Page wrong =
        browser.submit(
            empty, "form[action=/webhooks]", Map.of("url", "http://10.0.0.7/hook", "all", "true"));
    assertThat(wrong.html().select("#url-wrong").text()).contains("private network");

    Page made =
        browser.submit(
            "/webhooks",
            "form[action=/webhooks]",
            Map.of("url", erp.url("/erp/hooks"), "description", "The ERP", "all", "true"));
    String secret = made.html().select("#secret-text").text();
    assertThat(secret).startsWith("whsec_");
    String id = json(postroom.get("/api/v1/webhook_endpoints")).at("/data/0/id").asString();
    String path = "/webhooks/" + id;
    assertThat(browser.open(path).html().html()).doesNotContain(secret);

    erp.next(500);
    Page test = browser.submit(path, "form[action$=/test]", Map.of());
    assertThat(main(test)).contains("A test event is on its way.");
    String delivery = test.path();
    eventually(
        () -> main(browser.open(delivery)),
        text -> text.contains("Will be tried again") || text.contains("It answered 500."));
    eventually(erp::calls, calls -> !calls.isEmpty());
    look("webhook-delivery-failed", delivery);
    eventually(() -> main(browser.open(path)), text -> text.contains("Failing"));
    look("webhook-failing", path);
    Page again = browser.submit(delivery, "form[action$=/again]", Map.of());
    assertThat(main(again)).contains("It goes out again.");
    eventually(erp::calls, calls -> calls.size() >= 2);
    assertThat(erp.calls()).allMatch(call -> call.signedWith(secret));
    eventually(
        () -> browser.open(delivery).html().select("#page-state").text(), "Delivered"::equals);
    assertThat(browser.open(delivery).html().select("main pre").last().text())
        .contains("\"type\" : \"webhook.test\"")
        .contains(erp.calls().getFirst().id());
    look("webhook-delivered", delivery);
    look("webhook", path);
    look("webhooks", "/webhooks");

    Page rotated = browser.submit(path, "form[action$=/secret]", Map.of());
    assertThat(rotated.html().select("#secret-text").text())
        .startsWith("whsec_")
        .isNotEqualTo(secret);
    Page off = browser.submit(path, "form[action$=/switch]", Map.of());
    assertThat(off.html().select("#page-state").text()).isEqualTo("Off");
    assertThat(off.html().select("form[action$=/test]")).isEmpty();
    Page on = browser.submit(path, "form[action$=/switch]", Map.of());
    assertThat(on.html().select("#page-state").text()).isEqualTo("Working");

    erp.usually(410);
    browser.submit(path, "form[action$=/test]", Map.of());
    eventually(
        () -> browser.open(path).html().select("#page-state").text(), "Switched off"::equals);
    assertThat(browser.open("/webhooks").html().select("nav .count").text())
        .contains("1 in trouble");
    look("webhook-switched-off", path);

    Page deleted = browser.submit(path, "form[action$=/delete]", Map.of());
    assertThat(main(deleted)).contains("is not called any more.").contains("No endpoints yet.");
  }

  private static String main(Page page) {
    return page.html().select("main").text();
  }

  private static void look(String name, String path) {
    for (Tab tab : new Tab[] {desktop, phone}) {
      tab.open(postroom.url() + path);
      tab.screenshot(name + (tab == phone ? "-phone" : ""));
      tab.assertWellMade();
    }
  }
}
