package org.postroom.findings.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.findings.Findings;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;

@ExtendWith(WithChromium.class)
class FindingPageTests {
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
  void everyFindingHasAPage() {
    Browser browser = Browser.signedIn(postroom);
    for (var finding : new Findings().all()) {
      Browser.Page page = browser.open("/findings/" + finding.id());
      assertThat(page.status()).as(finding.id()).isEqualTo(200);
      assertThat(page.html().selectFirst("h1").text()).isEqualTo(finding.what());
      assertThat(page.html().select("#steps li")).hasSameSizeAs(finding.steps());
    }
  }

  @Test
  void anUnknownOneIsNotFound() {
    assertThat(Browser.signedIn(postroom).open("/findings/Z99").status()).isEqualTo(404);
  }

  @Test
  void looksWellWideAndNarrow(Chromium chromium) {
    for (boolean wide : List.of(true, false)) {
      try (Tab tab = wide ? chromium.desktop() : chromium.phone()) {
        tab.signIn(postroom);
        for (String id : List.of("M01", "X37")) {
          tab.open(postroom.url() + "/findings/" + id);
          tab.assertWellMade();
          tab.screenshot("finding-" + id.toLowerCase(Locale.ROOT) + (wide ? "-desktop" : "-phone"));
        }
      }
    }
  }
}
