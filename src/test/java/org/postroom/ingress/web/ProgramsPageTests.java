package org.postroom.ingress.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Browser.Page;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.FreePort;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;

@ExtendWith(WithChromium.class)
class ProgramsPageTests {
  private static final String PATH = "/smtp-programs";

  @Test
  void saysWhatToTypeAndKeepsTheRuleOfAKey(Chromium chromium) {
    int port = FreePort.next();
    Map<String, Object> settings =
        Map.of(
            "POSTROOM_SMTP_INGRESS_PORT", port, "POSTROOM_SMTP_INGRESS_NAME", "mail.acme.example");
    try (var postroom = RunningPostroom.start(settings)) {
      Browser browser = Browser.signedIn(postroom);
      Page page = browser.open(PATH);
      assertThat(page.html().text())
          .contains("mail.acme.example", port + " with STARTTLS", "admin@acme.example")
          .doesNotContain("The SMTP server is off");
      String account = page.html().select("select[name=account] option").get(1).attr("value");
      Page kept =
          browser.submit(
              PATH, "form[action^=" + PATH + "]", Map.of("account", account, "minutes", "0"));
      assertThat(kept.html().text()).contains("Mail with the key “First key” is treated so");
      assertThat(kept.html().select("select[name=account] option[selected]").attr("value"))
          .isEqualTo(account);
      assertThat(kept.html().select("input[name=minutes]").attr("value")).isEqualTo("0");
      look(chromium, postroom);
    }
  }

  @Test
  void saysHowToSwitchItOn() {
    try (var postroom = RunningPostroom.start()) {
      assertThat(Browser.signedIn(postroom).open(PATH).html().text())
          .contains("The SMTP server is off", "POSTROOM_SMTP_INGRESS_PORT");
    }
  }

  private static void look(Chromium chromium, RunningPostroom postroom) {
    for (Tab tab : new Tab[] {chromium.desktop(), chromium.phone()}) {
      try (tab) {
        tab.signIn(postroom);
        assertThat(tab.open(postroom.url() + PATH).status()).isEqualTo(200);
        tab.screenshot("smtp-programs-" + tab.page().viewportSize().width);
        tab.assertWellMade();
      }
    }
  }
}
