package org.postroom.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.db.Database;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Browser.Page;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.SmtpScript.Verb;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;

/** The outbox and the story of a message, with and without JavaScript. */
@ExtendWith(WithChromium.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutboxPageTests {
  private static OutboxScene scene;
  private static Browser browser;
  private static String sent;
  private static String partly;
  private static String refused;
  private static String unclear;
  private static String delayed;

  private static Tab desktop;
  private static Tab phone;

  @BeforeAll
  static void start(Chromium chromium) {
    scene = new OutboxScene();
    browser = Browser.signedIn(scene.postroom);
    desktop = chromium.desktop();
    phone = chromium.phone();
    desktop.signIn(scene.postroom);
    phone.signIn(scene.postroom);
    desktop.complaints().clear(); // there may be no page at / yet
    phone.complaints().clear();
  }

  @AfterAll
  static void stop() {
    desktop.close();
    phone.close();
    scene.close();
  }

  @Test
  @Order(1)
  void anEmptyOutboxSaysSo() {
    assertThat(browser.open("/outbox").html().text()).contains("Nothing sent yet");
    look("/outbox", "outbox-empty");
  }

  @Test
  @Order(2)
  void everyStateIsToldInWords() {
    fill();
    Page page = browser.open("/outbox");
    assertThat(chip(page, sent)).isEqualTo("Sent");
    assertThat(chip(page, partly)).isEqualTo("Sent, 1 of 2 refused");
    assertThat(chip(page, refused)).isEqualTo("Not sent");
    assertThat(chip(page, unclear)).isEqualTo("Unclear, please decide");
    assertThat(chip(page, delayed)).startsWith("Trying again at ");
    assertThat(page.html().select("tr:has(a[href=/messages/" + sent + "])").text())
        .contains("Invoice INV-2026-0412", "Contoso Bakery", "ap@contoso.example", "Invoices");
    assertThat(page.html().select("nav a[href=/outbox] .count").text()).startsWith("1");
    assertThat(page.html().select(".nav-tabs").text())
        .contains("Needs you 1", "Waiting 1", "Not sent 1", "Sent 2", "All 5");
    look("/outbox", "outbox-filled");
  }

  @Test
  @Order(3)
  void filtersLiveInTheAddressBar() {
    assertThat(browser.open("/outbox?tab=not_sent").html().select("tbody tr")).hasSize(1);
    assertThat(browser.open("/outbox?q=AP@contoso").html().select("tbody tr")).hasSize(1);
    assertThat(browser.open("/outbox?state=unclear").html().select("tbody tr")).hasSize(1);
    assertThat(browser.open("/outbox?account=" + scene.account).html().select("tbody tr"))
        .hasSize(5);
    assertThat(browser.open("/outbox?to=2020-01-01").html().text()).contains("No messages match");
    assertThat(browser.open("/outbox?from=nonsense&cursor=%27").status()).isEqualTo(200);
    look("/outbox?q=nobody-has-this", "outbox-no-match");
  }

  @Test
  @Order(4)
  void theExportIsTheFilterAndNoFormula() {
    Page csv = browser.open("/outbox.csv?tab=not_sent");
    assertThat(csv.response().headers().firstValue("Content-Type").orElse("")).contains("text/csv");
    assertThat(csv.response().body().lines()).hasSize(2);
    assertThat(csv.response().body())
        .contains("\"'=HYPERLINK(1)\"")
        .contains("\"550 5.1.1 No such user here\"");
  }

  @Test
  @Order(5)
  void manyAtOnceAreAnsweredOneByOne() {
    Page list = browser.open("/outbox");
    String token = list.html().select("#many input[name=_csrf]").attr("value");
    Page done =
        browser.post(
            "/outbox/selected?id=" + sent + "&id=" + delayed,
            Map.of("action", "cancel", "_csrf", token));
    assertThat(done.path()).isEqualTo("/outbox");
    assertThat(done.html().select(".notice.n-info").text())
        .contains("1 of 2 done", "Cancelled.", "It is too late to cancel it.");
    assertThat(chip(browser.open("/outbox"), delayed)).isEqualTo("Cancelled");
    Page nothing = browser.post("/outbox/selected", Map.of("action", "retry", "_csrf", token));
    assertThat(nothing.html().text()).contains("Nothing was selected");
  }

  @Test
  @Order(6)
  void theStoryTellsWhatTheServerSaid() {
    Page page = browser.open("/messages/" + partly);
    assertThat(page.html().select("h1").text()).contains("Sent, 1 of 2 refused");
    assertThat(page.html().select(".rcp .bad").text()).contains("wrong@x.example", "Refused");
    assertThat(page.html().select(".rcp").text()).contains("550 5.1.1 No such user here");
    assertThat(page.html().select(".ev").last().text()).contains("Handed in");
    look("/messages/" + partly, "message-partly");
    look("/messages/" + sent, "message-sent");
    look("/messages/" + unclear, "message-unclear");
    look("/messages/" + refused, "message-refused");
  }

  @Test
  @Order(7)
  void theMailIsShownAsItLeftWithoutAnyOfItsTricks() {
    Page frame = browser.open("/messages/" + refused + "/html");
    assertThat(frame.response().headers().firstValue("Content-Security-Policy").orElse(""))
        .startsWith("sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:");
    assertThat(frame.html().text()).contains("Good morning");
    assertThat(browser.open("/messages/" + sent + "?tab=text").html().select("pre").text())
        .contains("INV-2026-0412");
    Page files = browser.open("/messages/" + sent + "?tab=attachments");
    assertThat(files.html().text()).contains("Invoice INV-2026-0412.pdf", "application/pdf");
    var pdf = browser.open(files.html().select("main .rcp a").attr("href")).response();
    assertThat(pdf.headers().firstValue("Content-Disposition").orElse("")).startsWith("attachment");
    assertThat(pdf.body()).startsWith("%PDF");
    assertThat(browser.open("/messages/" + sent + "?tab=source").html().select("pre").text())
        .contains("Message-ID:");
    assertThat(browser.open("/messages/" + sent + "/source.eml").response().body())
        .contains("Subject:");
    desktop.open(scene.postroom.url() + "/messages/" + sent + "?tab=mail");
    // A frame the browser refuses to show has the address of an error page.
    assertThat(desktop.page().frames().getLast().url()).endsWith("/messages/" + sent + "/html");
    desktop.assertWellMade();
    for (String tab : new String[] {"mail", "text", "attachments", "source"})
      look("/messages/" + sent + "?tab=" + tab, "message-" + tab);
  }

  @Test
  @Order(8)
  void aPersonDecidesWhatNobodyKnows() {
    Page page = browser.open("/messages/" + unclear);
    assertThat(page.html().select(".notice").text()).contains("may make a second copy");
    Page decided = browser.submit(page, "form[action$=decide]", Map.of("resolution", "arrived"));
    assertThat(decided.html().select("h1").text()).contains("Sent");
    assertThat(decided.html().text()).contains("Noted: it arrived");
    Page again = browser.submit(page, "form[action$=decide]", Map.of("resolution", "not_sent"));
    assertThat(again.html().text()).contains("Only an unclear message needs a decision");
  }

  @Test
  @Order(9)
  void aCorrectedAddressMakesANewMessageLinkedBothWays() {
    look("/messages/" + refused + "/resend", "message-resend");
    Page wrong =
        browser.submit(
            "/messages/" + refused + "/resend", "form[action$=resend]", Map.of("to", "no address"));
    assertThat(wrong.html().select("#to-wrong").text()).contains("is not an email address");
    assertThat(wrong.html().select("#to").text()).isEqualTo("no address");
    scene.server.script().clear();
    Page fresh =
        browser.submit(
            "/messages/" + refused + "/resend",
            "form[action$=resend]",
            Map.of("to", "right@x.example"));
    assertThat(fresh.path()).startsWith("/messages/msg_").isNotEqualTo("/messages/" + refused);
    assertThat(fresh.html().select("a[href=/messages/" + refused + "]")).isNotEmpty();
    assertThat(browser.open("/messages/" + refused).html().select("a[href=" + fresh.path() + "]"))
        .isNotEmpty();
    scene.state(fresh.path().substring("/messages/".length()), "sent");
  }

  @Test
  @Order(10)
  void anOpenPageFollowsWhatHappens() {
    scene.server.at(Verb.RCPT).say("450 4.2.0 Greylisted");
    String id = scene.free("Follow me", "<p>Good morning</p>", "a@x.example");
    scene.state(id, "delayed");
    scene.server.script().clear();
    desktop.open(scene.postroom.url() + "/messages/" + id);
    desktop.page().locator("#page-state:has-text('Trying again')").waitFor();
    scene.postroom.post("/api/v1/messages/" + id + "/retry", "");
    desktop.page().locator("#page-state:has-text('Sent')").waitFor();
    desktop.page().locator(".ev.e-ok").waitFor();
    assertThat(desktop.page().locator("[hx-trigger]").count()).isZero();
    assertThat(desktop.page().locator("#page-actions").innerText()).contains("Resend");
    desktop.assertNoComplaints();
  }

  @Test
  @Order(11)
  void cancellingAsksOnAPage() {
    scene.server.at(Verb.RCPT).say("450 4.2.0 Greylisted");
    String id = scene.free("Stop me", "<p>Good morning</p>", "a@x.example");
    scene.state(id, "delayed");
    look("/messages/" + id, "message-delayed");
    look("/messages/" + id + "/cancel", "message-cancel");
    Page cancelled =
        browser.submit("/messages/" + id + "/cancel", "form[action$=cancel]", Map.of());
    assertThat(cancelled.html().select("h1").text()).contains("Cancelled");
    scene.server.script().clear();
  }

  @Test
  @Order(12)
  void whatDoesNotExistIsNotShown() {
    assertThat(browser.open("/messages/msg_nothing").status()).isEqualTo(404);
    assertThat(browser.open("/messages/msg_nothing/html").status()).isEqualTo(404);
    assertThat(browser.open("/messages/" + sent + "/attachments/9").status()).isEqualTo(404);
    assertThat(new Browser(scene.postroom.url()).open("/messages/" + sent).path())
        .isEqualTo("/sign-in");
  }

  @Test
  @Order(13)
  void aSearchSaysHowFarItLookedBack() {
    manyOthers(20_050);
    Page first = browser.open("/outbox?q=-0412");
    assertThat(first.html().select("tbody tr")).isEmpty();
    assertThat(first.html().select(".empty").text())
        .startsWith("No messages match so far. Looked back to ");
    look("/outbox?q=-0412", "outbox-looked-back");
    Page second = browser.open(first.html().select(".empty a").attr("href"));
    assertThat(second.html().select("tbody tr")).isNotEmpty();
    assertThat(second.html().text()).doesNotContain("Looked back to");
    assertThat(browser.open("/outbox?q=inv-2026-0412").html().select("tbody tr"))
        .hasSameSizeAs(second.html().select("tbody tr"));
  }

  /** Newer than all others, and settled long ago. */
  private static void manyOthers(int count) {
    scene
        .postroom
        .bean(Database.class)
        .run(sql ->
            sql.sql(
                    """
                    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :count)
                    INSERT INTO messages (company_id, id, state, account_id, subject, sender, return_path, message_id, size, bulk,
                      origin_kind, origin_id, origin_name, reasons, created_at, due_at, attempts, tries, fence)
                    SELECT (SELECT id FROM companies), printf('msg_z%025d', n), 'sent', :account, 'Good morning', 'a@acme.example',
                      'a@acme.example', 'm' || n, 100, 0, 'program', 'key_1', 'ERP', '{}', 1700000000000 + n, 0, 1, 1, 0
                    FROM numbers
                    """)
                .param("count", count)
                .param("account", scene.account)
                .update());
  }

  private static void fill() {
    scene.connect();
    sent = scene.invoice();
    scene.state(sent, "sent");
    scene.server.at(Verb.RCPT).lineContaining("wrong@").say("550 5.1.1 No such user here");
    scene.server.at(Verb.RCPT).lineContaining("later@").say("450 4.2.0 Greylisted");
    partly = scene.invoice("anna@y.example", "wrong@x.example");
    scene.state(partly, "sent");
    refused =
        scene.free(
            "=HYPERLINK(1)",
            "<p>Good morning</p><script>alert(1)</script><img src='https://x.example/a.png'>",
            "wrong@y.example");
    scene.state(refused, "not_sent");
    scene.server.at(Verb.CONTENT).drop();
    unclear = scene.free("Price list", "<p>Good morning</p>", "b@y.example");
    scene.state(unclear, "unclear");
    delayed = scene.free("Opening hours", "<p>Good morning</p>", "later@x.example");
    scene.state(delayed, "delayed");
  }

  private static String chip(Page page, String message) {
    return page.html().select("tr:has(a[href=/messages/" + message + "]) .status-chip").text();
  }

  private static void look(String path, String name) {
    for (Tab tab : new Tab[] {desktop, phone}) {
      assertThat(tab.open(scene.postroom.url() + path).status()).as(path).isEqualTo(200);
      tab.screenshot(name + (tab == phone ? "-phone" : "-desktop"));
      tab.assertWellMade();
    }
  }
}
