package org.postroom.testkit;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A headless Chromium of this machine. Tests ask for it as a parameter, see {@link WithChromium};
 * each tab has cookies of its own. Belongs to the thread that started it.
 */
public final class Chromium implements AutoCloseable {
  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox", // root has none
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");
  private static final Map<String, String> NO_DOWNLOAD =
      Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Starts one with a new profile. Throws when this machine has none. */
  public static Chromium start() {
    Path program =
        ChromiumProgram.find()
            .orElseThrow(() -> new IllegalStateException(ChromiumProgram.MISSING));
    Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(NO_DOWNLOAD));
    try {
      return new Chromium(
          playwright,
          playwright
              .chromium()
              .launch(
                  new LaunchOptions()
                      .setExecutablePath(program)
                      .setHeadless(true)
                      .setTimeout(60_000)
                      .setArgs(ARGUMENTS)));
    } catch (RuntimeException failure) {
      playwright.close();
      throw failure;
    }
  }

  /** A new window of 1360×900 points, as on a small desktop. */
  public Tab desktop() {
    return tab(new Browser.NewContextOptions().setViewportSize(1360, 900));
  }

  /** A new window of 390×844 points with touch, as on a phone. */
  public Tab phone() {
    return tab(
        new Browser.NewContextOptions()
            .setViewportSize(390, 844)
            .setDeviceScaleFactor(2)
            .setIsMobile(true)
            .setHasTouch(true));
  }

  /** A new window as asked for, for other languages, sizes or without JavaScript. */
  public Tab tab(Browser.NewContextOptions options) {
    if (options.locale == null) options.setLocale("en-GB");
    if (options.timezoneId == null) options.setTimezoneId("Europe/Berlin");
    options.setReducedMotion(ReducedMotion.REDUCE);
    return new Tab(browser.newContext(options));
  }

  @Override
  public void close() {
    try {
      browser.close();
    } finally {
      playwright.close();
    }
  }
}
