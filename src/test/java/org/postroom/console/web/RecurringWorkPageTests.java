package org.postroom.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;

import java.util.Map;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Browser.Page;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;

@ExtendWith(WithChromium.class)
class RecurringWorkPageTests {
  private static RunningPostroom postroom;

  @BeforeAll
  static void start() {
    postroom = RunningPostroom.start();
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  @Test
  void whatRunsByItselfStandsThereAndAnAdministratorMayHurryIt() {
    Browser browser = Browser.signedIn(postroom);
    Page page = browser.open("/system/work");
    assertThat(page.html().select("nav a[aria-current=page]").text())
        .isEqualTo("What runs by itself");
    assertThat(line(page, "Old replies").text()).contains("Every hour").contains("Never");
    assertThat(line(page, "Files of links that ended").text()).contains("Every day at 02:30");
    Page after = browser.submit(page, "tbody tr:has(th:contains(Old replies)) form", Map.of());
    assertThat(after.html().select(".n-ok").text()).contains("old replies").contains("as soon as");
    String text =
        eventually(
            () -> line(browser.open("/system/work"), "Old replies").text(),
            line -> line.contains("Done"));
    assertThat(text).contains("Today").contains("ms");
  }

  @Test
  void looksWellOnADeskAndInAHand(Chromium chromium) {
    for (Tab tab : new Tab[] {chromium.desktop(), chromium.phone()})
      try (tab) {
        tab.signIn(postroom);
        assertThat(tab.open(postroom.url() + "/system/work").status()).isEqualTo(200);
        tab.screenshot("recurring-work-" + tab.page().viewportSize().width);
        tab.assertWellMade();
      }
  }

  private static Element line(Page page, String name) {
    return page.html().selectFirst("tbody tr:has(th:contains(" + name + "))");
  }
}
