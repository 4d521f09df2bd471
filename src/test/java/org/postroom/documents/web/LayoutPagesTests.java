package org.postroom.documents.web;

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

/** An administrator makes a layout, sees it printed, goes back to a former version. */
@ExtendWith(WithChromium.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LayoutPagesTests {
  private static RunningPostroom postroom;
  private static Browser browser;
  private static Tab desktop;
  private static Tab phone;
  private static String path;

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
  void theListShowsBuiltInLayoutsAndWhatToBeginFrom() {
    Page list = browser.open("/layouts");
    assertThat(list.html().text()).contains("There is none yet", "Built-in layout");
    assertThat(list.html().select("a[href*=from]")).hasSizeGreaterThanOrEqualTo(3);
    look("/layouts", "layouts-empty");
  }

  @Test
  @Order(2)
  void anEditorBeginsWithAWholeLayoutAndItsPrint() {
    desktop.open(postroom.url() + "/layouts/new?from=invoice");
    assertThat(desktop.page().locator("#html").inputValue()).contains("{{#each document.lines}}");
    assertThat(
            (Boolean)
                desktop
                    .page()
                    .evaluate("() => document.querySelector('.sheet').naturalWidth > 500"))
        .isTrue();
    look("/layouts/new?from=invoice", "layouts-new");
  }

  @Test
  @Order(3)
  void theSameSentencesStandBesideTheFieldAsTheApiTells() {
    desktop.open(postroom.url() + "/layouts/new?from=invoice");
    desktop.page().locator("#html").fill("<p>\n{{document.nubmer}}</p><script>x</script>");
    desktop.page().locator("button:has-text('Save')").click();
    desktop.page().locator("[role=alert]").waitFor();
    assertThat(desktop.page().locator("#html-wrong").textContent())
        .contains("Line 2, column 3", "document.number", "<script> cannot be in a layout");
    desktop.screenshot("layouts-refused-desktop");
    desktop.assertWellMade();
    assertThat(browser.open("/layouts").html().text()).contains("There is none yet");
  }

  @Test
  @Order(4)
  void aPlaceholderGoesWhereTheCursorIsAndTheLayoutIsStored() {
    desktop.open(postroom.url() + "/layouts/new?from=packing_slip");
    desktop.page().locator("#name").fill("Our slip");
    desktop.page().locator("#html").focus();
    desktop.page().evaluate("() => document.querySelector('#html').setSelectionRange(0, 0)");
    desktop.page().locator("details summary:has-text('All of them')").click();
    desktop.page().locator("button[data-put='{{document.number}}']").click();
    assertThat(desktop.page().locator("#html").inputValue()).startsWith("{{document.number}}");
    desktop.page().locator("button:has-text('Save')").click();
    desktop.page().locator("[role=status]:has-text('is stored')").waitFor();
    path = java.net.URI.create(desktop.page().url()).getPath();
    desktop.screenshot("layouts-stored-desktop");
    desktop.assertWellMade();
    look("/layouts", "layouts-list");
  }

  @Test
  @Order(5)
  void aFormerVersionIsComparedAndUsedAgain() {
    Page changed =
        browser.submit(
            path, "form[action=" + path + "]", Map.of("html", "<p>{{document.number}}</p>"));
    assertThat(changed.html().text()).contains("Saved.");
    look(path + "/versions", "layouts-versions");
    look(path + "/versions/1", "layouts-compare");
    Page compared = browser.open(path + "/versions/1");
    assertThat(compared.html().select(".came").text()).contains("<p>{{document.number}}</p>");
    Page back = browser.submit(path + "/versions/1", "form[action$=/restore]", Map.of());
    assertThat(back.html().text()).contains("Version 1 is in use again.");
    assertThat(back.html().select("#html").text()).contains("each document.lines");
  }

  @Test
  @Order(6)
  void deletingAsksFirst() {
    look(path + "/delete", "layouts-delete");
    Page gone = browser.submit(path + "/delete", "form[action$=/delete]", Map.of());
    assertThat(gone.html().text()).contains("The layout is deleted.", "There is none yet");
  }

  private static void look(String path, String name) {
    for (Tab tab : new Tab[] {desktop, phone}) {
      assertThat(tab.open(postroom.url() + path).status()).isEqualTo(200);
      tab.screenshot(name + (tab == phone ? "-phone" : "-desktop"));
      tab.assertWellMade();
    }
  }
}
