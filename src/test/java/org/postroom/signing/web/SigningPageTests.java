package org.postroom.signing.web;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;

/** A person makes keys, publishes them, switches them on and off. */
@ExtendWith(WithChromium.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SigningPageTests {
  private static final String PATH = "/accounts/signing";
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
  }

  @AfterAll
  static void stop() {
    desktop.close();
    phone.close();
    postroom.close();
  }

  @Test
  @Order(1)
  void theAccountsLeadThereAndAnEmptyPageSaysWhatToDo() {
    assertThat(browser.open("/accounts").html().select("a[href=" + PATH + "]")).hasSize(1);
    assertThat(browser.open(PATH).html().text()).contains("No mail is signed yet.");
    look("signing-empty");
  }

  @Test
  @Order(2)
  void aWrongDomainIsToldBesideItsField() {
    Page wrong = browser.submit(PATH, form(PATH), Map.of("domain", "not a domain"));
    assertThat(wrong.html().select("#domain-wrong").text()).contains("such as acme.example");
    assertThat(wrong.html().select("#domain").attr("value")).isEqualTo("not a domain");
  }

  @Test
  @Order(3)
  void keysAreMadeAndTheirRecordsCanBeCopied() {
    Page made = browser.submit(PATH, form(PATH), Map.of("domain", "acme.example"));
    assertThat(made.path()).isEqualTo(PATH);
    assertThat(made.html().text()).contains("Waits for its records", "Not checked yet");
    assertThat(made.html().select(".secret").eachText())
        .hasSize(4)
        .anyMatch(text -> text.startsWith("v=DKIM1; k=rsa; p="))
        .anyMatch(text -> text.startsWith("v=DKIM1; k=ed25519; p="));
    look("signing-made");
    desktop
        .page()
        .context()
        .grantPermissions(java.util.List.of("clipboard-read", "clipboard-write"));
    desktop.open(postroom.url() + PATH);
    desktop.page().locator("[data-copy]").nth(1).click();
    desktop.page().locator("button:has-text('Copied')").waitFor();
    assertThat(desktop.page().evaluate("() => navigator.clipboard.readText()"))
        .isEqualTo(made.html().select(".secret").get(1).text());
    Page again = browser.submit(PATH, form(PATH), Map.of("domain", "acme.example"));
    assertThat(again.html().select("[role=alert]").text()).contains("There is a key for acme");
  }

  @Test
  @Order(4)
  void switchingOnSaysWhichRecordIsMissing() {
    Page refused = browser.submit(PATH, "form[action$=/on]", Map.of());
    assertThat(refused.html().select("[role=alert]").text())
        .contains("There is no TXT record postroom");
    assertThat(refused.html().select("section .status-chip").eachText())
        .contains("Not found in the DNS");
    desktop.open(postroom.url() + PATH);
    desktop.page().locator("form[action$='/on'] button").click();
    desktop.page().locator("[role=alert]").waitFor();
    assertThat(desktop.hasFocus("[role=alert]")).isTrue();
    desktop.screenshot("signing-refused-desktop");
    desktop.assertWellMade();
  }

  @Test
  @Order(5)
  void publishedKeysAreSwitchedOnAndOff() {
    var texts = browser.open(PATH).html().select(".secret").eachText();
    for (int i = 0; i < 4; i += 2) postroom.dns().txt(texts.get(i), texts.get(i + 1));
    Page on = browser.submit(PATH, "form[action$=/on]", Map.of());
    assertThat(on.html().text()).contains("Mail from acme.example is signed from now on.");
    assertThat(on.html().select("section .status-chip").eachText())
        .containsExactly("Signing", "Published", "Published");
    assertThat(on.html().select("a[href$=/delete]")).isEmpty();
    look("signing-active");
    postroom.dns().forget(texts.getFirst());
    Page gone = browser.submit(PATH, "form[action$=/on]", Map.of());
    assertThat(gone.html().text()).contains("Signing, but its records do not fit");
    Page off = browser.submit(PATH, "form[action$=/off]", Map.of());
    assertThat(off.html().text()).contains("is not signed any more", "Switched off");
    look("signing-off");
  }

  @Test
  @Order(6)
  void deletingAsksFirst() {
    String ask = browser.open(PATH).html().select("a[href$=/delete]").attr("href");
    desktop.open(postroom.url() + ask);
    desktop.screenshot("signing-delete-desktop");
    desktop.assertWellMade();
    Page gone = browser.submit(ask, "form[action$=/delete]", Map.of());
    assertThat(gone.html().text()).contains("were deleted", "No mail is signed yet.");
  }

  private static String form(String action) {
    return "form[action=" + action + "]";
  }

  private static void look(String name) {
    for (Tab tab : new Tab[] {desktop, phone}) {
      assertThat(tab.open(postroom.url() + PATH).status()).isEqualTo(200);
      tab.screenshot(name + (tab == phone ? "-phone" : "-desktop"));
      tab.assertWellMade();
    }
  }
}
