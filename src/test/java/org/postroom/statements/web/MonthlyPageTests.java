package org.postroom.statements.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Browser.Page;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;
import tools.jackson.databind.JsonNode;

/** When statements go out every month: on the page and through the API. */
@ExtendWith(WithChromium.class)
class MonthlyPageTests {
  private static final String SCHEDULE = "/api/v1/statements/schedule";
  private RunningPostroom postroom;
  private Browser browser;

  @BeforeEach
  void start() {
    postroom = RunningPostroom.start();
    browser = Browser.signedIn(postroom);
  }

  @AfterEach
  void stop() {
    postroom.close();
  }

  @Test
  void whatIsSettledOnThePageIsWhatTheApiSays() {
    Page page = browser.open("/statements/schedule");
    assertThat(page.html().text()).contains("Monthly statements are switched off");
    Page kept =
        browser.submit(
            page,
            "form:has(#day)",
            Map.of(
                "day",
                "last",
                "hour",
                "17",
                "kind",
                "activity",
                "exclude",
                "gone\nother",
                "min_amount",
                "5.00",
                "prepare",
                "on",
                "catch_up_days",
                "3"));
    assertThat(kept.html().select(".n-ok").text()).contains("Kept");
    assertThat(kept.html().selectFirst("#day option[selected]").attr("value")).isEqualTo("last");
    JsonNode schedule = json(postroom.get(SCHEDULE));
    assertThat(schedule.get("day").asString()).isEqualTo("last");
    assertThat(schedule.get("hour").asInt()).isEqualTo(17);
    assertThat(schedule.get("kind").asString()).isEqualTo("activity");
    assertThat(schedule.get("exclude")).hasSize(2);
    assertThat(schedule.get("min_amount").asString()).isEqualTo("5.00");
    assertThat(schedule.get("prepare_only").asBoolean()).isTrue();
    assertThat(schedule.get("catch_up_days").asInt()).isEqualTo(3);
    assertThat(schedule.get("next_run").isNull()).isTrue();
    switchOn();
    assertThat(browser.open("/statements/schedule").html().text())
        .contains("what moved from", "wait until somebody starts them");
  }

  @Test
  void whatIsWrongStandsBesideItsField() {
    Page page = browser.open("/statements/schedule");
    Page wrong =
        browser.submit(
            page, "form:has(#day)", Map.of("catch_up_days", "soon", "min_amount", "much"));
    assertThat(wrong.html().select("#catch_up_days[aria-invalid], #min_amount[aria-invalid]"))
        .hasSize(2);
    assertThat(wrong.html().selectFirst("#min_amount").val()).isEqualTo("much");
  }

  @Test
  void whoeverComesLaterDoesNotOverwriteUnseen() {
    Page first = browser.open("/statements/schedule");
    Page second = browser.open("/statements/schedule");
    browser.submit(first, "form:has(#day)", Map.of("day", "3"));
    Page late = browser.submit(second, "form:has(#day)", Map.of("day", "4"));
    assertThat(late.html().text()).contains("Somebody changed this meanwhile");
    HttpResponse<String> read = postroom.get(SCHEDULE);
    assertThat(json(read).get("day").asString()).isEqualTo("3");
    String tag = read.headers().firstValue("ETag").orElseThrow();
    assertThat(put(tag, read.body()).statusCode()).as("as read, so it can be put").isEqualTo(200);
    assertThat(put(tag, read.body()).statusCode()).isEqualTo(412);
  }

  @Test
  void lookingSendsNothing() {
    postroom.put(
        "/api/v1/partners/contoso",
        "{\"type\": \"customer\", \"name\": \"Contoso\", \"emails\": {\"main\": [\"a@contoso.example\"]}}");
    Page page = browser.open("/statements/schedule");
    Page run = browser.submit(page, "form[action$=preview]", Map.of());
    assertThat(run.path()).startsWith("/statements/runs/");
    JsonNode planned =
        eventually(
            () -> json(postroom.get("/api/v1" + run.path())),
            seen -> seen.get("state").asString().equals("planned"));
    assertThat(planned.at("/will_not_be_sent/0/code").asString()).isEqualTo("zero_balance");
    assertThat(json(postroom.get("/api/v1/messages")).get("data")).isEmpty();
  }

  @Test
  void looksWellOnADeskAndInAHand(Chromium chromium) {
    switchOn();
    for (Tab tab : new Tab[] {chromium.desktop(), chromium.phone()})
      try (tab) {
        tab.signIn(postroom);
        assertThat(tab.open(postroom.url() + "/statements/schedule").status()).isEqualTo(200);
        tab.screenshot("statements-schedule-" + tab.page().viewportSize().width);
        tab.assertWellMade();
      }
  }

  private void switchOn() {
    HttpResponse<String> on =
        postroom.send(
            postroom
                .request("/api/v1/automations/monthly_statement")
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString("{\"enabled\": true}")));
    assertThat(on.statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> put(String tag, String body) {
    return postroom.send(
        postroom
            .request(SCHEDULE)
            .header("Content-Type", "application/json")
            .header("If-Match", tag)
            .PUT(BodyPublishers.ofString(body)));
  }
}
