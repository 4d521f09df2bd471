package org.postroom.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;

/** The first start and the pages of the shell in a real browser, wide and narrow. */
@ExtendWith(WithChromium.class)
class ShellPagesTests {
  private static final String PASSWORD = "a mill beside the harbour";

  enum Screen {
    DESKTOP(Chromium::desktop),
    PHONE(Chromium::phone);

    private final Function<Chromium, Tab> opener;

    Screen(Function<Chromium, Tab> opener) {
      this.opener = opener;
    }

    Tab open(Chromium chromium) {
      return opener.apply(chromium);
    }

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  @ParameterizedTest
  @EnumSource
  void thePersonWhoStartsItFirstIsLedToTheWelcomePage(Screen screen, Chromium chromium) {
    try (var postroom = RunningPostroom.start(Map.of("POSTROOM_ADMIN_EMAIL", ""));
        Tab tab = screen.open(chromium)) {
      tab.open(postroom.url());
      assertThat(tab.page().url()).endsWith("/setup");
      tab.page().fill("#code", "WRONG-CODE");
      send(tab);
      seen(tab, "setup-wrong-code-" + screen.word());
      tab.page().fill("#code", postroom.bean(Installation.class).code());
      send(tab);
      send(tab);
      seen(tab, "setup-administrator-wrong-" + screen.word());
      tab.page().fill("#name", "Maria Lund");
      tab.page().fill("#email", "maria@northwind-mills.example");
      tab.page().fill("#password", PASSWORD);
      tab.page().fill("#again", PASSWORD);
      seen(tab, "setup-administrator-" + screen.word());
      send(tab);
      tab.page().fill("#name", "Northwind Mills");
      assertThat(tab.page().inputValue("#time_zone")).isEqualTo("Europe/Berlin");
      seen(tab, "setup-company-" + screen.word());
      send(tab);
      assertThat(tab.page().url()).endsWith("/welcome");
      seen(tab, "welcome-" + screen.word());
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyPageOfTheShellIsWellMade(Screen screen, Chromium chromium) {
    try (var postroom = RunningPostroom.start();
        Tab tab = screen.open(chromium)) {
      tab.open(postroom.url() + "/sign-in");
      seen(tab, "sign-in-" + screen.word());
      tab.page().fill("#email", RunningPostroom.ADMIN);
      tab.page().fill("#password", "not the password");
      send(tab);
      seen(tab, "sign-in-refused-" + screen.word());
      tab.signIn(postroom);
      for (String page : new String[] {"company", "api-keys", "welcome", "developers"}) {
        assertThat(tab.open(postroom.url() + "/" + page).status()).as(page).isEqualTo(200);
        seen(tab, page + "-" + screen.word());
      }
      tab.open(postroom.url() + "/api-keys");
      send(tab);
      seen(tab, "api-keys-wrong-" + screen.word());
      tab.page().fill("#name", "ERP");
      tab.page().locator("input[name=scopes]").first().check();
      send(tab);
      assertThat(tab.page().textContent("#key-text")).startsWith("pr_live_");
      seen(tab, "api-keys-made-" + screen.word());
      tab.open(postroom.url() + "/company");
      tab.page().fill("#iban", "NL00 WRONG");
      send(tab);
      assertThat(tab.page().textContent("#iban-wrong")).isNotBlank();
      seen(tab, "company-wrong-" + screen.word());
    }
  }

  @Test
  void theKeyboardIsEnough(Chromium chromium) {
    try (var postroom = RunningPostroom.start();
        Tab tab = chromium.desktop()) {
      tab.open(postroom.url() + "/sign-in");
      tab.tabTo("#email");
      tab.page().keyboard().type(RunningPostroom.ADMIN);
      tab.tabTo("#password");
      tab.page().keyboard().type(RunningPostroom.PASSWORD);
      tab.press("Enter");
      tab.page().waitForURL(url -> !url.contains("/sign-in"));
      tab.open(postroom.url() + "/welcome");
      tab.press("Tab");
      assertThat(tab.hasFocus(".skip")).isTrue();
      tab.press("Enter");
      tab.tabTo("a[href$='/api-keys']");
      tab.press("Enter");
      tab.page().waitForURL("**/api-keys");
      tab.tabTo("#name");
      tab.page().keyboard().type("ERP");
      tab.tabTo("input[name=scopes]");
      tab.press("Space");
      tab.tabTo("main form[action$='/api-keys'] button");
      tab.press("Enter");
      tab.page().waitForSelector("#key-text");
      tab.tabTo("form[action$='/revoke'] button");
      tab.tabTo("form[action$='/sign-out'] button");
      tab.press("Enter");
      tab.page().waitForURL(url -> url.contains("/sign-in"));
      assertThat(tab.page().textContent("main")).contains("signed out");
    }
  }

  private static void send(Tab tab) {
    var button = tab.page().locator("main form button.btn-primary[type=submit]").first();
    tab.page().waitForNavigation(() -> button.click());
  }

  private static void seen(Tab tab, String name) {
    tab.screenshot(name);
    tab.assertAccessible();
    tab.assertNoSidewaysScroll();
  }
}
