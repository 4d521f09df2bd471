package org.postroom.compose.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.json;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;

/** The template editor as people use it. */
@ExtendWith(WithChromium.class)
class TemplateEditorTests {
  private static RunningPostroom postroom;

  @BeforeAll
  static void start() {
    postroom = RunningPostroom.start();
    TemplateScene.fill(postroom);
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  @Test
  void pagesAreWellMade(Chromium chromium) {
    String template = TemplateScene.template(postroom, "quote", "en", "Friendly");
    postroom.send(
        postroom
            .request("/api/v1/templates/" + template)
            .header("Content-Type", "application/json")
            .method(
                "PATCH",
                java.net.http.HttpRequest.BodyPublishers.ofString(
                    "{\"note\": \"shorter\", \"body\": {\"message\": \"Here it comes, with thanks.\"}}")));
    for (Tab tab : new Tab[] {chromium.desktop(), chromium.phone()})
      try (tab) {
        tab.signIn(postroom);
        look(tab, "/templates", "templates");
        look(tab, "/templates/new?purpose=invoice&language=de", "template-new");
        look(tab, "/templates/" + template, "template");
        look(tab, "/templates/" + template + "/versions", "template-versions");
        look(tab, "/templates/" + template + "/versions/1", "template-compare");
        look(tab, "/templates/" + template + "/delete", "template-delete");
        tab.open(postroom.url() + "/templates/" + template);
        tab.page().locator("[id='body-message']").fill("Due {{document.duedate}}.");
        tab.page().locator("button[value=save]").last().click();
        tab.page().waitForSelector(".notice[role=alert]");
        assertThat(tab.page().locator(".invalid-feedback").first().innerText())
            .contains("Line 1, column 7", "document.due_date");
        seen(tab, "template-error");
        tab.open(postroom.url() + "/templates/" + template);
        tab.page().locator("button[value=html]").click();
        tab.page().waitForSelector("[id='body-html']");
        seen(tab, "template-html");
      }
  }

  @Test
  void writesATextFromTheBuiltInOneAndSeesItWhileTyping(Chromium chromium) {
    try (Tab tab = chromium.desktop()) {
      tab.signIn(postroom);
      tab.open(postroom.url() + "/templates/new?purpose=invoice&language=en");
      Page page = tab.page();
      FrameLocator mail = page.frameLocator("iframe[name=mail]");
      assertThat(mail.locator("h1")).hasText("Your invoice");
      page.locator("#document").selectOption("invoice/INV-2026-0412");
      assertThat(page.locator(".inbox-subject")).containsText("INV-2026-0412");
      page.locator("[id='body-heading']").fill("Ready, ");
      page.locator("#palette summary").first().click();
      page.locator("[data-insert='{{document.number}}']").click();
      assertThat(page.locator("[id='body-heading']")).hasValue("Ready, {{document.number}}");
      assertThat(mail.locator("h1")).hasText("Ready, INV-2026-0412");
      page.locator("[id='body-heading']").fill("{{docment.number}}");
      assertThat(page.locator(".checks .k-fail")).containsText("document.number");
      page.locator("[id='body-heading']").fill("Ready");
      assertThat(page.locator(".checks .k-fail")).hasCount(0);

      page.locator("text=Send test").click();
      page.waitForSelector("#test-result a");
      assertThat(page.locator("#test-result")).containsText("Sent to admin@acme.example");
      page.locator("[id='body-heading']").fill("Ready now");
      assertThat(mail.locator("h1")).hasText("Ready now");
      assertThat(postroom.get("/api/v1/messages").body().split("\\[Test\\]", -1))
          .as("one press, one test")
          .hasSize(2);
      String message = page.locator("#test-result a").getAttribute("href");
      String path = "/api/v1" + message;
      assertThat(json(postroom.get(path)).get("subject").asString()).startsWith("[Test] Invoice");

      page.locator("#name").fill("Ready made");
      page.locator("[id='body-heading']").focus();
      page.keyboard().press("Control+s");
      assertThat(page.locator(".notice.n-ok")).containsText("Saved as version 1. It is in use");
      assertThat(page.locator("h1.page-title")).containsText("Ready made");
      tab.assertNoComplaints();
    }
  }

  @Test
  void asksBeforeChangesAreLost(Chromium chromium) {
    try (Tab tab = chromium.desktop()) {
      tab.signIn(postroom);
      tab.open(postroom.url() + "/templates/new?purpose=rma&language=en");
      Page page = tab.page();
      List<String> asked = new ArrayList<>();
      page.onDialog(dialog -> {
        asked.add(dialog.type());
        dialog.accept();
      });
      page.locator("a[href='/outbox']").click();
      page.waitForURL("**/outbox");
      assertThat(asked).isEmpty();
      tab.open(postroom.url() + "/templates/new?purpose=rma&language=en");
      page.locator("[id='body-heading']").fill("Changed");
      page.locator("a[href='/outbox']").click();
      page.waitForURL("**/outbox");
      assertThat(asked).containsExactly("beforeunload");
    }
  }

  @Test
  void worksByKeyboardAlone(Chromium chromium) {
    try (Tab tab = chromium.desktop()) {
      tab.signIn(postroom);
      tab.open(postroom.url() + "/templates/new?purpose=credit_memo&language=en");
      Page page = tab.page();
      page.locator("#name").focus();
      page.keyboard().type("By hand");
      tab.tabTo("[id='body-message']");
      page.keyboard().press("Control+End");
      page.keyboard().type(" See ");
      tab.tabTo("#palette summary");
      page.keyboard().press("Enter");
      tab.tabTo("[data-insert='{{document.number}}']");
      page.keyboard().press("Enter");
      assertThat(tab.hasFocus("[id='body-message']")).isTrue();
      page.keyboard().type("!");
      tab.tabTo("form#words button[value=save]");
      page.keyboard().press("Enter");
      assertThat(page.locator(".notice.n-ok")).containsText("Saved as version 1");
      assertThat(page.locator("[id='body-message']").inputValue())
          .endsWith(" See {{document.number}}!");
    }
  }

  private static void look(Tab tab, String path, String name) {
    assertThat(tab.open(postroom.url() + path).status()).as(path).isEqualTo(200);
    seen(tab, name);
  }

  private static void seen(Tab tab, String name) {
    tab.screenshot(name + "-" + tab.page().viewportSize().width);
    tab.assertWellMade();
  }
}
