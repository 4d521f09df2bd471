package org.postroom.keeping.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.db.Database;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Browser.Page;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;

@ExtendWith(WithChromium.class)
class KeepingPagesTests {
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
  void aBackupIsMadeListedAndTakenAway() {
    Browser browser = Browser.signedIn(postroom);
    Page page = browser.open("/system/backups");
    assertThat(page.status()).as(page.html().text()).isEqualTo(200);
    Page made = browser.submit(page, ".card-header form", Map.of());
    assertThat(made.html().select(".n-ok").text()).contains("The backup postroom-");
    String file = made.html().selectFirst("tbody a").attr("href");
    assertThat(browser.open(file).status()).isEqualTo(200);
    assertThat(browser.open("/system/backups/postroom-2020-01-01T00-00-00Z.zip").status())
        .isEqualTo(404);
    Page saved = browser.submit(made, ".col-lg-4 form", Map.of("nightly", "true", "keep", "30"));
    assertThat(saved.html().selectFirst("#keep").attr("value")).isEqualTo("30");
    Page refused = browser.submit(saved, ".col-lg-4 form", Map.of("keep", "0"));
    assertThat(refused.html().select("[role=alert]").text()).contains("1 to 365");
  }

  @Test
  void whatIsKeptIsSettledAndSomebodyIsForgotten() {
    Browser browser = Browser.signedIn(postroom);
    postroom.post(
        "/api/v1/messages",
        "{\"subject\": \"Hello\", \"text\": \"Hi.\", \"to\": [\"anna@x.example\"], \"send_at\": \"2099-01-01T00:00:00Z\"}");
    Page page = browser.open("/system/retention");
    assertThat(page.status()).as(page.html().text()).isEqualTo(200);
    Page wrong = browser.submit(page, ".col-lg-7 form", Map.of("audit", "3"));
    assertThat(wrong.html().select("#audit.is-invalid")).hasSize(1);
    Page saved = browser.submit(page, ".col-lg-7 form", Map.of("message_contents", "90"));
    assertThat(saved.html().selectFirst("#message_contents").attr("value")).isEqualTo("90");

    Page anna = browser.open("/system/retention/person?kind=address&value=anna@x.example");
    assertThat(anna.html().select("dl").text()).contains("of which 1 wait");
    Page refused = browser.submit(anna, "form[action$=erase]", Map.of());
    assertThat(refused.html().select("[role=alert]").text()).contains("1 message waits");
    Page done = browser.submit(anna, "form[action$=erase]", Map.of("cancel", "true"));
    assertThat(done.path()).contains("/certificates/era_");
    assertThat(done.html().select("li").text()).contains("1 messages emptied");
    assertThat(browser.open("/system/retention").html().select("a[href*=certificates]")).hasSize(1);
  }

  @Test
  void whoWasErasedAndIsHereAgainIsErasedWithAButton() {
    Browser browser = Browser.signedIn(postroom);
    erasedAndHereAgain("dora@x.example");
    Page page = browser.open("/system/backups");
    assertThat(page.html().select("#erasures").text()).contains("that this database does not know");
    Page done = browser.submit(page, "#erasures form", Map.of());
    assertThat(done.html().select(".n-ok").text()).contains("0 erased again,");
    assertThat(done.html().select("#erasures")).isEmpty();
    assertThat(done.html().text()).contains("Beside them lies erasures.list");
  }

  /** As in a database from before the erasure. */
  private static void erasedAndHereAgain(String address) {
    String erased =
        postroom
            .post("/api/v1/erasures", "{\"kind\": \"address\", \"value\": \"" + address + "\"}")
            .body();
    String id = erased.replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
    postroom
        .bean(Database.class)
        .run(sql -> sql.sql("DELETE FROM erasures WHERE id = :id").param("id", id).update());
  }

  @Test
  void looksWellOnADeskAndInAHand(Chromium chromium) {
    erasedAndHereAgain("eva@x.example");
    for (Tab tab : new Tab[] {chromium.desktop(), chromium.phone()})
      try (tab) {
        tab.signIn(postroom);
        for (String path :
            new String[] {
              "/system/backups",
              "/system/retention",
              "/system/retention/person?kind=address&value=ben@x.example"
            }) {
          assertThat(tab.open(postroom.url() + path).status()).isEqualTo(200);
          tab.screenshot(
              path.replaceAll("\\?.*", "").substring(8).replace('/', '-')
                  + "-"
                  + tab.page().viewportSize().width);
          tab.assertWellMade();
        }
      }
  }
}
