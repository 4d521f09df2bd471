package org.postroom.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.LoadState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One browser window with cookies of its own. It remembers all that the browser complained about:
 * errors on the console, refusals by the content security policy, exceptions of scripts.
 */
public final class Tab implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final double PATIENCE_MILLIS = 20_000;

  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = new ArrayList<>();
  private final Set<String> documents = new HashSet<>();

  Tab(BrowserContext context) {
    this.context = context;
    context.setDefaultTimeout(PATIENCE_MILLIS);
    this.page = context.newPage();
    page.onConsoleMessage(message -> {
      if (message.type().equals("error"))
        complaints.add(message.text() + " (" + message.location() + ")");
    });
    page.onResponse(response -> {
      if (response.request().isNavigationRequest()) documents.add(response.url());
    });
    page.onPageError(error -> complaints.add("Exception in a script: " + error));
  }

  /** The page itself, for everything Playwright can do. */
  public Page page() {
    return page;
  }

  /** Opens the address and waits until it has loaded. */
  public Response open(String url) {
    return page.navigate(url);
  }

  /** Signs in as the unattended administrator and waits for the page behind. */
  public void signIn(RunningPostroom postroom) {
    signIn(postroom.url(), RunningPostroom.ADMIN, RunningPostroom.PASSWORD);
  }

  /** Signs in at the address with this name. */
  public void signIn(String url, String email, String password) {
    open(url + "/sign-in");
    page.locator("input[name=email]").fill(email);
    page.locator("input[name=password]").fill(password);
    page.locator("input[name=password]").press("Enter");
    Predicate<String> elsewhere = address -> !address.contains("/sign-in");
    page.waitForURL(elsewhere);
    page.waitForLoadState(LoadState.LOAD);
  }

  /** Saves the whole page as target/screenshots/name.png. */
  public Path screenshot(String name) {
    Path file = SCREENSHOTS.resolve(name + ".png");
    page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    return file;
  }

  /** Presses keys one after the other, as Playwright names them: "Tab", "Enter", "Control+K". */
  public void press(String... keys) {
    for (String key : keys) page.keyboard().press(key);
  }

  /** Presses Tab until the element that the selector names has the focus; fails after 100. */
  public void tabTo(String selector) {
    for (int i = 0; i < 100; i++) {
      page.keyboard().press("Tab");
      if (hasFocus(selector)) return;
    }
    throw new AssertionError("The keyboard does not reach " + selector + " on " + page.url());
  }

  public boolean hasFocus(String selector) {
    return (Boolean)
        page.evaluate("selector => document.activeElement?.matches(selector) ?? false", selector);
  }

  /**
   * No violation of WCAG 2.2 A and AA nor of axe's best practices, each one told with its place.
   */
  public void assertAccessible() {
    assertThat(Axe.violations(page)).as("accessibility of %s", page.url()).isEmpty();
  }

  /** Nothing is wider than the window. */
  public void assertNoSidewaysScroll() {
    assertThat(tooWide()).as("wider than the window on %s", page.url()).isEmpty();
  }

  /**
   * The browser found nothing to complain about so far. The status of a page that was opened is the
   * test's own business, that of what the page loads is not.
   */
  public void assertNoComplaints() {
    assertThat(complaints)
        .filteredOn(complaint -> !concernsDocument(complaint))
        .as("complaints of the browser")
        .isEmpty();
  }

  /** What the browser complained about so far; remove from it what a test provoked on purpose. */
  public List<String> complaints() {
    return complaints;
  }

  /** What every page must hold: accessible, not too wide, without complaints. */
  public void assertWellMade() {
    assertAccessible();
    assertNoSidewaysScroll();
    assertNoComplaints();
  }

  /** A page that still asks for something while it closes is closed all the same. */
  @Override
  public void close() {
    try {
      context.close();
    } catch (PlaywrightException closing) {
      if (!String.valueOf(closing.getMessage()).contains("has been closed")) throw closing;
    }
  }

  private boolean concernsDocument(String complaint) {
    return complaint.startsWith("Failed to load resource")
        && documents.stream().anyMatch(url -> complaint.contains("(" + url + ":"));
  }

  /** The elements that stick out, when the page can be scrolled sideways at all. */
  @SuppressWarnings("unchecked")
  private List<String> tooWide() {
    return (List<String>)
        page.evaluate(
            """
            window => {
              // A phone's browser zooms out to what sticks out: its own idea of the width is no help.
              const room = Math.min(document.documentElement.clientWidth, window);
              if (document.documentElement.scrollWidth <= room) return [];
              const spills = e => e.scrollWidth > e.clientWidth
                && getComputedStyle(e).overflowX === 'visible'
                && e.getBoundingClientRect().left + e.scrollWidth > room + 0.5;
              const out = [...document.querySelectorAll('body *')]
                .filter(e => e.getBoundingClientRect().right > room + 0.5 || spills(e))
                .map(e => e.outerHTML.slice(0, 120));
              return out.length ? out.slice(-10) : ['the page itself'];
            }
            """,
            page.viewportSize().width);
  }
}
