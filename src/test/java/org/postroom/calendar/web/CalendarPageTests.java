package org.postroom.calendar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Browser.Page;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;
import tools.jackson.databind.JsonNode;

/** A person without JavaScript and a program say when the company works. */
@ExtendWith(WithChromium.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CalendarPageTests {
  private static final String FORM = "main form[action$=/company/calendar]";
  private static RunningPostroom postroom;
  private static Browser browser;
  private static Tab desktop;
  private static Tab phone;

  @BeforeAll
  static void start(Chromium chromium) {
    postroom = RunningPostroom.start();
    browser = Browser.signedIn(postroom);
    desktop = chromium.desktop();
    phone = chromium.phone();
    desktop.signIn(postroom);
    phone.signIn(postroom);
  }

  @AfterAll
  static void stop() {
    desktop.close();
    phone.close();
    postroom.close();
  }

  @Test
  @Order(1)
  void theCompanyPageLeadsHere() {
    assertThat(browser.open("/company").html().select("main a[href=/company/calendar]")).hasSize(1);
  }

  @Test
  @Order(2)
  void aCountryIsChosenAndThenItsRegion() {
    Page country = browser.submit("/company/calendar", FORM, Map.of("country", "DE"));
    assertThat(country.html().select("[role=status]").text()).contains("choose yours");
    assertThat(country.html().select("#region option").eachText()).contains("Bavaria", "Saxony");
    Page region = browser.submit(country, FORM, Map.of("region", "by"));
    assertThat(region.html().select("aside, table").text()).contains("Epiphany", "Corpus Christi");
    assertThat(calendar().get("region").asString()).isEqualTo("by");
    // The region of another country goes with it.
    browser.submit(region, FORM, Map.of("country", "FR"));
    assertThat(calendar().get("region").isNull()).isTrue();
  }

  @Test
  @Order(3)
  void freeDaysAreAddedAndEmptiedAway() {
    Page saved =
        browser.submit(
            "/company/calendar",
            FORM,
            Map.of(
                "country", "DE",
                "free_days/1/first", "2030-12-23",
                "free_days/1/last", "2030-12-31",
                "free_days/1/name", "Works holiday",
                "free_days/1/every_year", "yes",
                "working_days/0/day", "2030-10-03"));
    assertThat(saved.html().select("[role=status]").text()).contains("Saved.");
    JsonNode calendar = calendar();
    assertThat(calendar.at("/free_days/0/name").asString()).isEqualTo("Works holiday");
    assertThat(calendar.at("/free_days/0/every_year").asBoolean()).isTrue();
    assertThat(calendar.at("/working_days/0/day").asString()).isEqualTo("2030-10-03");
    look("calendar");
    Page emptied =
        browser.submit(
            saved,
            FORM,
            Map.of("free_days/0/first", "", "free_days/0/last", "", "free_days/0/name", ""));
    assertThat(emptied.status()).isEqualTo(200);
    assertThat(calendar().get("free_days").isEmpty()).isTrue();
  }

  @Test
  @Order(4)
  void whatIsWrongStandsBesideItsField() {
    Page wrong =
        browser.submit(
            "/company/calendar",
            FORM,
            Map.of("free_days/2/first", "2030-12-31", "free_days/2/last", "2030-12-01"));
    assertThat(wrong.html().select("[role=alert] a").attr("href")).isEqualTo("#free_days-0-last");
    assertThat(wrong.html().select("#free_days-0-last").attr("value")).isEqualTo("2030-12-01");
    assertThat(wrong.html().select("#free_days-0-last ~ .invalid-feedback").text())
        .contains("before the first");
    Page nameless =
        browser.submit("/company/calendar", FORM, Map.of("working_days/1/name", "Fair"));
    assertThat(nameless.html().select("#working_days-1-day ~ .invalid-feedback").text())
        .contains("A day is missing here.");
  }

  @Test
  @Order(5)
  void twoPeopleDoNotOverwriteEachOther() {
    Page first = browser.open("/company/calendar");
    browser.submit(first, FORM, Map.of("free_days/0/first", "2031-05-02"));
    Page second = browser.submit(first, FORM, Map.of("free_days/0/first", "2031-05-03"));
    assertThat(second.html().select("[role=alert]").text()).contains("Somebody changed this");
    assertThat(calendar().at("/free_days/0/first").asString()).isEqualTo("2031-05-02");
  }

  @Test
  @Order(6)
  void programsReplaceItWithTheVersionTheyRead() {
    String tag = postroom.get("/api/v1/calendar").headers().firstValue("ETag").orElseThrow();
    assertThat(put(tag, "{\"country\": \"us\", \"region\": \"ma-sc\"}").statusCode())
        .isEqualTo(200);
    assertThat(calendar().get("holidays").toString()).contains("Thanksgiving");
    assertThat(put(tag, "{}").statusCode()).isEqualTo(412);
    HttpResponse<String> wrong =
        put("*", "{\"country\": \"ZZ\", \"free_days\": [{\"first\": \"soon\"}], \"x\": 1}");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(json(wrong).get("errors").findValuesAsString("pointer"))
        .containsExactlyInAnyOrder("/free_days/0/first", "/x");
  }

  private static HttpResponse<String> put(String tag, String body) {
    return postroom.send(
        postroom
            .request("/api/v1/calendar")
            .header("Content-Type", "application/json")
            .header("If-Match", tag)
            .PUT(BodyPublishers.ofString(body)));
  }

  private static JsonNode calendar() {
    return json(postroom.get("/api/v1/calendar"));
  }

  private static void look(String name) {
    for (Tab tab : new Tab[] {desktop, phone}) {
      assertThat(tab.open(postroom.url() + "/company/calendar").status()).isEqualTo(200);
      tab.screenshot(name + (tab == phone ? "-phone" : "-desktop"));
      tab.assertWellMade();
    }
  }
}
