package org.postroom.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import com.microsoft.playwright.options.FilePayload;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.db.Database;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Browser.Page;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.TestDatabase;
import org.postroom.testkit.WithChromium;
import tools.jackson.databind.JsonNode;

/** A clerk sends a document by hand: what is shown is what leaves, once. */
@ParameterizedClass
@EnumSource
@ExtendWith(WithChromium.class)
class SendByHandTests {
  private static final String SEND = "/send?kind=invoice&number=INV%2F1";

  @Parameter TestDatabase database;
  private RunningPostroom postroom;
  private Browser browser;

  @BeforeEach
  void start() {
    postroom = RunningPostroom.start(database);
    put(
        "/api/v1/partners/contoso",
        """
        {"type": "customer", "name": "Contoso Bakery", "emails": {"main": ["info@contoso.example"], "billing": ["ap@contoso.example", "cfo@contoso.example"]}}
        """);
    invoice("30.00");
    browser = Browser.signedIn(postroom);
  }

  @AfterEach
  void stop() {
    postroom.close();
  }

  @Test
  void everythingIsPresetWithItsReasonAndThePreviewIsWhatLeaves() throws Exception {
    Page page = browser.open(SEND);
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.path()).startsWith("/send/drafts/drf_");
    assertThat(page.html().selectFirst("#to").wholeText().strip().lines())
        .containsExactly("ap@contoso.example", "cfo@contoso.example");
    assertThat(page.html().selectFirst("#to-hint").text())
        .startsWith("Billing addresses of Contoso Bakery");
    assertThat(page.html().selectFirst("#account-hint").text())
        .contains("Default account of the company");
    assertThat(page.html().selectFirst("button[value=send]").text()).isEqualTo("Send to 2 people");

    String frame = page.html().selectFirst("iframe.preview").attr("src");
    Page mail = browser.open(frame);
    assertThat(mail.response().headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:");

    Page after = send(page, Map.of());
    assertThat(after.path()).startsWith("/messages/msg_");
    String id = after.path().substring("/messages/".length());
    MimeMessage sent =
        new MimeMessage(
            Session.getInstance(new Properties()),
            new ByteArrayInputStream(postroom.bytes("/api/v1/messages/" + id + "/content").body()));
    Multipart alternative = (Multipart) ((Multipart) sent.getContent()).getBodyPart(0).getContent();
    assertThat(lines(alternative.getBodyPart(1).getContent().toString()))
        .isEqualTo(lines(mail.response().body()));
    JsonNode message = json(postroom.get("/api/v1/messages/" + id));
    assertThat(message.get("reasons").get("recipients").stringValue())
        .isEqualTo("Billing addresses of Contoso Bakery");
    assertThat(browser.open(SEND).html().select(".checks .k-warn").text()).contains("Already");
  }

  @Test
  void pressingTwiceSendsOnce() throws Exception {
    Page page = browser.open(SEND);
    try (var two = Executors.newFixedThreadPool(2)) {
      Callable<Page> press = () -> send(page, Map.of());
      var first = two.submit(press);
      var second = two.submit(press);
      assertThat(first.get().path()).isEqualTo(second.get().path()).startsWith("/messages/msg_");
    }
    assertThat(send(page, Map.of("subject", "Again")).path()).startsWith("/messages/msg_");
    assertThat(json(postroom.get("/api/v1/messages")).get("data").size()).isEqualTo(1);
  }

  @Test
  void whatIsTypedCountsAndIsKept() {
    Page page = browser.open(SEND);
    Page updated =
        browser.submit(
            page,
            "#letter",
            Map.of(
                "to", "Anna <anna@contoso.example>",
                "subject", "Your invoice",
                "text", "Dear Anna,\n\nhere it is. 1 < 2",
                "action", "preview"));
    assertThat(updated.path()).isEqualTo(page.path());
    assertThat(browser.open(page.path()).html().selectFirst("#subject").attr("value"))
        .isEqualTo("Your invoice");
    assertThat(updated.html().selectFirst("#button-words").text()).isEqualTo("Send to 1 person");
    String mail = browser.open(updated.html().selectFirst("iframe").attr("src")).response().body();
    assertThat(mail).contains("Dear Anna,", "1 &lt; 2");
    String id = send(updated, Map.of()).path().substring("/messages/".length());
    JsonNode message = json(postroom.get("/api/v1/messages/" + id));
    assertThat(message.get("subject").stringValue()).isEqualTo("Your invoice");
    assertThat(message.get("reasons").get("recipients").stringValue())
        .isEqualTo("Chosen by the sender");
  }

  @Test
  void aPreviewThatComesLateDoesNotTakeOwnWordsAway() {
    Page page = browser.open(SEND);
    Map<String, String> before = Browser.fields(page, "#letter", Map.of());
    assertThat(before).doesNotContainKey("text");
    Page own = browser.submit(page, "#letter", Map.of("action", "words"));
    assertThat(own.html().selectFirst("#text").wholeText()).isNotBlank();
    assertThat(browser.post(page.path() + "/preview", before).status()).isEqualTo(200);
    assertThat(browser.open(page.path()).html().selectFirst("#text").wholeText()).isNotBlank();
  }

  @Test
  void whatIsWrongStandsBesideItsFieldAndNothingIsSent() {
    Page page = browser.open(SEND);
    Page refused = send(page, Map.of("to", "anna@", "when", "at", "at", "2020-01-01T10:00"));
    assertThat(refused.html().select(".notice[role=alert] a").eachAttr("href"))
        .containsExactly("#to", "#at");
    assertThat(refused.html().selectFirst("#to").hasClass("is-invalid")).isTrue();
    Page nobody = send(browser.open("/send/message"), Map.of());
    assertThat(nobody.html().select(".notice[role=alert] a").eachAttr("href"))
        .containsExactly("#to", "#subject", "#text");
    assertThat(json(postroom.get("/api/v1/messages")).get("data").size()).isZero();
  }

  @Test
  void aDocumentThatChangedMeanwhileIsLookedAtFirst() {
    Page page = browser.open(SEND);
    invoice("60.00");
    Page refused = send(page, Map.of());
    assertThat(refused.html().select(".notice[role=alert]").text()).contains("changed meanwhile");
    assertThat(send(refused, Map.of()).path()).startsWith("/messages/msg_");
  }

  @Test
  void aMessageWithATimeWaitsForIt() {
    Page after = send(browser.open(SEND), Map.of("when", "at", "at", "2027-02-01T09:30"));
    JsonNode message =
        json(postroom.get("/api/v1/messages/" + after.path().substring("/messages/".length())));
    assertThat(message.get("state").stringValue()).isEqualTo("queued");
    assertThat(message.toString()).contains("2027-02-01T09:30:00Z");
  }

  @Test
  void draftsAreTheirWritersAlone() {
    Page page = browser.open(SEND);
    postroom
        .bean(Database.class)
        .run(sql -> sql.sql("UPDATE message_drafts SET person_id = 'usr_other'").update());
    assertThat(browser.open(page.path()).status()).isEqualTo(404);
    assertThat(browser.open(page.path() + "/mail").status()).isEqualTo(404);
    assertThat(send(page, Map.of()).status()).isEqualTo(404);
  }

  @Test
  void whoMayNotSendIsTold() {
    postroom
        .bean(Database.class)
        .run(sql -> sql.sql("UPDATE memberships SET role = 'VIEWER'").update());
    assertThat(browser.open(SEND).status()).isEqualTo(403);
    Page document = browser.open("/documents/invoice/INV%2F1");
    assertThat(document.status()).isEqualTo(200);
    assertThat(document.html().select("a[href^=/send?]")).isEmpty();
    assertThat(browser.open("/documents/add").status()).isEqualTo(403);
    assertThat(browser.open("/partners/contoso/edit").status()).isEqualTo(403);
  }

  @Test
  void theKeyboardAloneIsEnough(Chromium chromium) {
    try (Tab tab = chromium.desktop()) {
      tab.signIn(postroom);
      tab.open(postroom.url() + "/send");
      tab.tabTo("main td a.btn");
      tab.press("Enter");
      tab.page().waitForSelector("#letter");
      tab.tabTo("#to");
      tab.press("Control+A");
      tab.page().keyboard().type("anna@contoso.example");
      tab.page().waitForSelector("#button-words:text('Send to 1 person')");
      tab.tabTo("button[value=words]");
      tab.press("Enter");
      tab.page().waitForSelector("textarea#text");
      tab.tabTo("#text");
      tab.press("Control+A");
      tab.page().keyboard().type("Dear Anna, here it is.");
      tab.page()
          .frameLocator("iframe.preview")
          .locator("p:text('Dear Anna, here it is.')")
          .waitFor();
      tab.tabTo("button[value=send]");
      tab.assertWellMade();
      tab.press("Enter");
      tab.page().waitForURL("**/messages/msg_*");
    }
    JsonNode sent = json(postroom.get("/api/v1/messages")).get("data").get(0);
    assertThat(sent.get("recipients").get(0).get("address").stringValue())
        .isEqualTo("anna@contoso.example");
  }

  @Test
  void aMessageWithoutDocumentCarriesItsFiles(Chromium chromium) {
    try (Tab tab = chromium.phone()) {
      tab.signIn(postroom);
      tab.open(postroom.url() + "/send/message");
      tab.page().locator("#to").fill("anna@contoso.example");
      tab.page().locator("#subject").fill("Price list");
      tab.page().locator("#text").fill("Here it is.");
      tab.page()
          .locator("#files")
          .setInputFiles(
              new FilePayload[] {
                new FilePayload(
                    "prices 2027.txt", "text/plain", "Rye 1.20".getBytes(StandardCharsets.UTF_8)),
                new FilePayload("bad.txt", "text/plain", "x".getBytes(StandardCharsets.UTF_8))
              });
      tab.page().locator("button[value=attach]").click();
      tab.page()
          .locator(
              ".files li", new com.microsoft.playwright.Page.LocatorOptions().setHasText("bad.txt"))
          .locator("button")
          .click();
      tab.page().waitForCondition(() -> tab.page().locator(".files li").count() == 1);
      tab.screenshot("message-with-file-390");
      tab.assertWellMade();
      tab.page().locator("button[value=send]").click();
      tab.page().waitForURL("**/messages/msg_*");
    }
    JsonNode caught =
        eventually(
            () -> json(postroom.get("/api/v1/local_messages")).get("data"),
            data -> data.size() == 1);
    String mail =
        new String(
            postroom
                .bytes(
                    "/api/v1/local_messages/" + caught.get(0).get("id").stringValue() + "/content")
                .body(),
            StandardCharsets.UTF_8);
    assertThat(mail).contains("prices 2027.txt").doesNotContain("bad.txt");
  }

  private Page send(Page page, Map<String, String> fields) {
    Map<String, String> all = new java.util.HashMap<>(fields);
    all.put("action", "send");
    return browser.submit(page, "#letter", all);
  }

  private void invoice(String net) {
    put(
        "/api/v1/documents/invoice/INV%2F1",
        """
        {"partner": "contoso", "issue_date": "2026-11-02", "due_date": "2026-12-02", "currency": "EUR",
         "lines": [{"description": "Rye flour", "amount": "%1$s"}], "totals": {"net": "%1$s", "gross": "%1$s"}}
        """
            .formatted(net));
  }

  private void put(String path, String body) {
    HttpResponse<String> reply = postroom.put(path, body);
    assertThat(reply.statusCode()).as(reply.body()).isBetween(200, 201);
  }

  private static List<String> lines(String text) {
    return text.strip().lines().toList();
  }
}
