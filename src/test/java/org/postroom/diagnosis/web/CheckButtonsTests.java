package org.postroom.diagnosis.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.diagnosis.web.CheckPanel.SECRET;
import static org.postroom.diagnosis.web.CheckPanel.offer;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpScript.Verb;
import org.postroom.testkit.Tab;
import org.postroom.testkit.TestCertificates;
import org.postroom.testkit.WithChromium;

/** Buttons of the check: fixes, keyboard, and what a saved account shows later. */
@ExtendWith(WithChromium.class)
class CheckButtonsTests {
  private static final TestCertificates CERTIFICATES = TestCertificates.forLocalhost();
  private static final String OWN_ADDRESS = "127.0.5.87";
  private static final TestCertificates BY_NUMBER = TestCertificates.forNames(OWN_ADDRESS);
  private static final Page.GetByTextOptions EXACT = new Page.GetByTextOptions().setExact(true);

  @TempDir static Path folder;
  private static RunningPostroom postroom;
  private static Tab tab;
  private static CheckPanel panel;

  @BeforeAll
  static void start(Chromium chromium) throws IOException {
    Path trusted = Files.createFile(folder.resolve("trusted.pem"));
    for (var known : List.of(CERTIFICATES, BY_NUMBER)) {
      known.write(folder);
      Files.writeString(
          trusted, Files.readString(folder.resolve("authority.pem")), StandardOpenOption.APPEND);
    }
    postroom = RunningPostroom.start(Map.of("POSTROOM_TRUSTED_CERTIFICATES", trusted.toString()));
    tab = chromium.desktop();
    tab.signIn(postroom);
    panel = new CheckPanel(tab, postroom.url());
  }

  @AfterAll
  static void stop() {
    tab.close();
    postroom.close();
  }

  @Test
  void aFixChangesTheFieldsAndTheCheckPasses() throws IOException {
    try (var server = onUsualPort()) {
      panel.fill(OWN_ADDRESS, CheckPanel.unused(), "tls");
      panel.check();
      tab.page().getByText("Use port 587 with STARTTLS", EXACT).click();
      tab.page().waitForSelector(".check-sum.s-ok");
      assertThat(tab.page().locator("#smtp-port").inputValue()).isEqualTo("587");
      assertThat(tab.page().locator("input[value=starttls]").isChecked()).isTrue();
      assertThat(server.received()).hasSize(1);
      assertThat(tab.page().locator("[data-save]").innerText()).isEqualTo("Save");
      panel.look("passed");
      tab.page().locator("#smtp-host").fill("elsewhere.example");
      assertThat(tab.page().locator("[data-save]").innerText()).isEqualTo("Save without checking");
    }
  }

  /** The ports that fixes name, on an address of this machine that nobody else uses. */
  private static ScriptedSmtpServer onUsualPort() throws IOException {
    try {
      return ScriptedSmtpServer.start(offer(BY_NUMBER), OWN_ADDRESS, 587);
    } catch (java.net.BindException notAllowed) {
      return Assumptions.abort("Port 587 cannot be listened on here: " + notAllowed.getMessage());
    }
  }

  @Test
  void aSavedAccountIsCheckedByKeyboardAndItsLastCheckIsShown() {
    try (var server = ScriptedSmtpServer.start(offer(CERTIFICATES))) {
      panel.fill("localhost", server.port(), "starttls");
      tab.page().locator("[data-save]").click();
      tab.page().waitForURL(url -> url.contains("/accounts/acc_"));
      String account = tab.page().url();
      tab.tabTo(".check-row [data-check-button]");
      tab.press("Enter");
      panel.awaitResult();
      assertThat(tab.page().locator("[data-check-said]").innerText())
          .isEqualTo("This account can send.");
      assertThat(tab.hasFocus(".check-row [data-check-button]")).isTrue();
      server.at(Verb.AUTH).say("535 5.7.8 Error: authentication failed " + SECRET);
      tab.press("Enter");
      tab.page().waitForSelector("#check-authenticate.s-fail + .fix");
      tab.page().locator("#check summary").click();
      assertThat(tab.page().locator("#check-report").innerText())
          .contains("C: AUTH PLAIN ****", "authentication failed ****")
          .doesNotContain(SECRET);
      panel.look("details");
      tab.open(account);
      tab.page().waitForSelector("#check-authenticate.s-fail + .fix");
      assertThat(tab.page().locator(".check-sum").innerText()).contains("Worked until");
      assertThat(tab.page().locator("#main").innerText()).contains("Needs attention");
      panel.look("last");
    }
  }
}
