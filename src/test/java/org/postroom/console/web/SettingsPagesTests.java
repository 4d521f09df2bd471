package org.postroom.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;

import java.util.HashMap;
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
import org.postroom.testkit.SmtpScript.Verb;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;

/** Accounts, caught mail and automatic emails, as a person connects and switches them. */
@ExtendWith(WithChromium.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SettingsPagesTests {
  private static OutboxScene scene;
  private static Browser browser;
  private static String account;
  private static Tab desktop;
  private static Tab phone;

  @BeforeAll
  static void start(Chromium chromium) {
    scene = new OutboxScene();
    browser = Browser.signedIn(scene.postroom);
    desktop = chromium.desktop();
    phone = chromium.phone();
    desktop.signIn(scene.postroom);
    phone.signIn(scene.postroom);
    desktop.complaints().clear(); // there may be no page at / yet
    phone.complaints().clear();
  }

  @AfterAll
  static void stop() {
    desktop.close();
    phone.close();
    scene.close();
  }

  @Test
  @Order(1)
  void emptyPagesSayWhatWillBeThere() {
    assertThat(browser.open("/caught").html().text()).contains("No mail was caught");
    assertThat(browser.open("/automatic").html().text()).contains("All automatic emails are off");
    look("/caught", "caught-empty");
    look("/automatic", "automatic-empty");
    look("/accounts", "accounts-first");
    look("/accounts/new", "account-choose");
    look("/accounts/new?kind=local", "account-new-local");
  }

  @Test
  @Order(2)
  void aWrongFormKeepsWhatWasTypedAndSaysWhereItIsWrong() {
    Page wrong =
        browser.submit(
            "/accounts/new?kind=smtp",
            "form[action=/accounts/new]",
            Map.of("name", "Invoices", "email", "no address", "smtp/port", "many"));
    assertThat(wrong.status()).isEqualTo(200);
    assertThat(wrong.html().select("#email-wrong").text()).isNotEmpty();
    assertThat(wrong.html().select("#smtp-host-wrong").text()).isNotEmpty();
    assertThat(wrong.html().select("#smtp-port-wrong").text()).isNotEmpty();
    assertThat(wrong.html().select("#name").attr("value")).isEqualTo("Invoices");
    assertThat(wrong.html().select("[role=alert] a[href=#smtp-host]")).isNotEmpty();
    desktop.open(scene.postroom.url() + "/accounts/new?kind=smtp");
    desktop.page().locator("form[action='/accounts/new'] button[type=submit]").click();
    desktop.page().locator("[role=alert]").waitFor();
    desktop.screenshot("account-new-wrong-desktop");
    desktop.assertWellMade();
    look("/accounts/new?kind=smtp", "account-new-smtp");
  }

  @Test
  @Order(3)
  void anAccountIsConnectedAndTested() {
    Page made = browser.submit("/accounts/new?kind=smtp", "form[action=/accounts/new]", form());
    assertThat(made.path()).startsWith("/accounts/acc_");
    account = made.path().substring("/accounts/".length());
    assertThat(made.html().select("#to").attr("value")).isEqualTo(RunningPostroom.ADMIN);
    assertThat(made.html().html()).doesNotContain("secret word");
    Page test = browser.submit(made, "form[action$=/test]", Map.of("to", "me@x.example"));
    String result = test.response().uri().toString().substring(scene.postroom.url().length());
    eventually(
        () -> browser.open(result).html().select("#result .status-chip").text(), "Sent"::equals);
    assertThat(scene.server.received().getLast().recipients()).containsExactly("me@x.example");
    look(result, "account-test");
    look("/accounts/" + account, "account-page");
    assertThat(browser.open("/accounts/" + account + "/messages").html().text())
        .contains("[Test] Message from Invoices");
    Page wrong =
        browser.submit("/accounts/" + account + "/test", "form[action$=/test]", Map.of("to", "me"));
    assertThat(wrong.html().select("#to-wrong").text()).contains("is not an email address");
  }

  @Test
  @Order(4)
  void routesAreSavedAndShownAsUse() {
    Page saved =
        browser.submit(
            "/accounts", "form[action=/accounts/routes]", Map.of("invoice/account", account));
    assertThat(saved.html().text()).contains("Saved. New messages go by it");
    assertThat(saved.html().select("tr:has(a[href=/accounts/" + account + "])").text())
        .contains("Invoices");
    Page kept =
        browser.submit("/accounts/" + account + "/delete", "form[action$=/delete]", Map.of());
    assertThat(kept.html().text()).contains("It was not deleted", "default account");
  }

  @Test
  @Order(5)
  void anAccountThatCannotSignInIsToldOnEveryPageUntilItsPasswordIsRight() {
    scene.server.at(Verb.AUTH).say("535 5.7.8 Authentication credentials invalid");
    scene.server.dropConnections();
    String id = scene.free("Waits", "<p>Good morning</p>", "a@x.example");
    scene.state(id, "held");
    Page page = browser.open("/company");
    assertThat(page.html().select(".notice").text())
        .contains("1 message is waiting because “Invoices” can no longer sign in")
        .contains("Nothing is lost");
    assertThat(page.html().select("nav a[href=/outbox] .count").text()).startsWith("1");
    look("/accounts", "accounts-broken");
    look("/accounts/" + account, "account-broken");
    look("/messages/" + id, "message-held");
    scene.server.script().clear();
    Page repaired =
        browser.submit(
            "/accounts/" + account,
            "form[action=/accounts/" + account + "]",
            Map.of("smtp/password", "secret word"));
    assertThat(repaired.html().text()).contains("Saved.");
    scene.state(id, "sent");
    assertThat(browser.open("/company").html().select(".notice")).isEmpty();
  }

  @Test
  @Order(6)
  void switchingOffForgetsThePasswordAndSwitchingOnAsksForIt() {
    String local = localMailbox();
    browser.submit("/accounts/" + local, "form[action$=/default]", Map.of());
    Page off = browser.submit("/accounts/" + account, "form[action$=/off]", Map.of());
    assertThat(off.html().select("h1").text()).contains("Switched off");
    assertThat(browser.open("/accounts").html().text()).contains("Show 1 switched off");
    assertThat(browser.open("/accounts?off=true").html().text()).contains("Switched off");
    look("/accounts?off=true", "accounts-off");
    Page without = browser.submit("/accounts/" + account, "form[action$=/on]", Map.of());
    assertThat(without.html().select("[role=alert]").text()).contains("Enter the password");
    Page on =
        browser.submit(
            "/accounts/" + account, "form[action$=/on]", Map.of("smtp/password", "secret word"));
    assertThat(on.html().select("h1").text()).contains("Working");
  }

  @Test
  @Order(7)
  void caughtMailIsShownAndDeletedAfterAsking() {
    String id = scene.free("Caught one", "<p>Good morning</p>", "a@x.example");
    scene.state(id, "sent");
    Page list = browser.open("/caught");
    assertThat(list.html().text()).contains("Caught one", "a@x.example");
    String path = list.html().select("main th a").attr("href");
    look("/caught", "caught");
    look(path, "caught-mail");
    assertThat(browser.open(path + "/html").html().text()).contains("Good morning");
    assertThat(browser.open(path + "/source.eml").response().body())
        .contains("Subject: Caught one");
    look("/caught/delete", "caught-delete");
    Page gone = browser.submit("/caught/delete", "form[action=/caught/delete]", Map.of());
    assertThat(gone.html().text()).contains("1 mail was deleted.", "No mail was caught");
  }

  @Test
  @Order(8)
  void automaticEmailsAreSwitchedAndCounted() {
    scene.invoice("x@y.example");
    tell("1");
    Page ask =
        browser.submit(
            "/automatic", "form[action=/automatic/invoice_issued/switch]", Map.of("enabled", "on"));
    assertThat(ask.html().text()).contains("It would have sent nothing in the last 7 days");
    Page on = browser.submit(ask, "main form", Map.of());
    assertThat(on.html().text()).contains("“Invoice issued” is on.");
    assertThat(on.html().select("form[action=/automatic/invoice_issued/switch] input[checked]"))
        .isNotEmpty();
    tell("2");
    Page page = browser.open("/automatic");
    assertThat(page.html().select("tr:has(form[action=/automatic/invoice_issued/switch])").text())
        .contains("0 sent 2 skipped", "INV-2026-0412", "Already sent");
    look("/automatic", "automatic");
    desktop.open(scene.postroom.url() + "/automatic");
    desktop
        .page()
        .locator("form[action='/automatic/invoice_issued/switch'] input[role=switch]")
        .click();
    desktop.page().locator("text=is off. Its events are kept").waitFor();
    desktop.assertWellMade();
  }

  private static void tell(String id) {
    scene.postroom.send(
        scene
            .postroom
            .request("/api/v1/events")
            .header("Content-Type", "application/cloudevents+json")
            .POST(
                java.net.http.HttpRequest.BodyPublishers.ofString(
                    """
                    {"specversion": "1.0", "id": "%s", "source": "/erp/acme", "type": "invoice.issued", "data": {"kind": "invoice", "number": "INV-2026-0412"}}
                    """
                        .formatted(id))));
    eventually(
        () -> scene.postroom.get("/api/v1/events").body(), body -> !body.contains("\"accepted\""));
  }

  private static String localMailbox() {
    return browser.open("/accounts").html().select("th a").stream()
        .filter(link -> link.text().equals("Local mailbox"))
        .map(link -> link.attr("href").substring("/accounts/".length()))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> form() {
    Map<String, String> form = new HashMap<>();
    form.put("name", "Invoices");
    form.put("email", "invoices@acme.example");
    form.put("display_name", "Acme Invoices");
    form.put("smtp/host", "127.0.0.1");
    form.put("smtp/port", String.valueOf(scene.server.port()));
    form.put("smtp/security", "none");
    form.put("smtp/username", "acme");
    form.put("smtp/password", "secret word");
    form.put("default", "on");
    return form;
  }

  private static void look(String path, String name) {
    for (Tab tab : new Tab[] {desktop, phone}) {
      assertThat(tab.open(scene.postroom.url() + path).status()).as(path).isEqualTo(200);
      tab.screenshot(name + (tab == phone ? "-phone" : "-desktop"));
      tab.assertWellMade();
    }
  }
}
