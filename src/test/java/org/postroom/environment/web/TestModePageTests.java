package org.postroom.environment.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.db.Database;
import org.postroom.environment.Environment;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Browser.Page;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;

/** A person without JavaScript switches test mode, and decides what a copy is. */
@ExtendWith(WithChromium.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TestModePageTests {
  private static final String FORM = "main form[action$=/system/test-mode]";
  private static ScriptedSmtpServer smtp;
  private static RunningPostroom postroom;
  private static Browser browser;
  private static Tab desktop;
  private static Tab phone;
  private static String account;

  @BeforeAll
  static void start(Chromium chromium) {
    smtp = ScriptedSmtpServer.start(SmtpOffer.plain());
    postroom = RunningPostroom.start();
    browser = Browser.signedIn(postroom);
    desktop = chromium.desktop();
    phone = chromium.phone();
    desktop.signIn(postroom);
    phone.signIn(postroom);
    var made =
        postroom.post(
            "/api/v1/accounts",
            """
            {"kind": "smtp", "name": "Relay", "email": "invoices@acme.example", "default": true,
             "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": false}}
            """
                .formatted(smtp.port()));
    account = json(made).get("id").asString();
  }

  @AfterAll
  static void stop() {
    desktop.close();
    phone.close();
    postroom.close();
    smtp.close();
  }

  @Test
  @Order(1)
  void inEarnestThereIsNoBanner() {
    assertThat(browser.open("/outbox").html().select(".n-test")).isEmpty();
    assertThat(browser.open("/system/test-mode").html().select("main").text())
        .contains("It is the original");
    look("/system/test-mode", "test-mode-off");
  }

  @Test
  @Order(2)
  void whatIsMissingStandsBesideItsField() {
    Page wrong = browser.submit("/system/test-mode", FORM, Map.of("mode", "redirect"));
    assertThat(wrong.html().select("#redirect_to ~ .invalid-feedback").text())
        .contains("Name the address");
    Page list =
        browser.submit(
            "/system/test-mode", FORM, Map.of("mode", "allow_list", "allowed", "not one@"));
    assertThat(list.html().select("#allowed ~ .invalid-feedback").text())
        .contains("neither an address nor a domain");
  }

  @Test
  @Order(3)
  void theBannerSaysWhatHappensOnEveryPage() {
    Page saved =
        browser.submit(
            "/system/test-mode",
            FORM,
            Map.of("mode", "redirect", "redirect_to", "tester@acme.example"));
    assertThat(saved.html().select(".n-test h2").text())
        .isEqualTo("Test mode: all mail goes to tester@acme.example");
    browser.submit(
        "/system/test-mode",
        FORM,
        Map.of("mode", "allow_list", "allowed", "acme.example\nanna@contoso.example"));
    assertThat(browser.open("/accounts").html().select(".n-test h2").text())
        .isEqualTo("Test mode: only acme.example and anna@contoso.example get mail");
    browser.submit("/system/test-mode", FORM, Map.of("mode", "catch_all"));
    assertThat(browser.open("/outbox").html().select(".n-test h2").text())
        .isEqualTo("Test mode: nothing leaves this system");
    look("/outbox", "test-mode-banner");
    assertThat(json(postroom.get("/api/v1/audit")).toString()).contains("test_mode.changed");
  }

  @Test
  @Order(4)
  void aCheckSendsNoRealMessageMeanwhile() {
    var check =
        postroom.post("/api/v1/accounts/" + account + "/checks", "{\"test_to\": \"a@x.example\"}");
    assertThat(check.statusCode()).as(check.body()).isEqualTo(409);
    assertThat(check.body()).contains("Test mode is on and nothing may leave.");
    assertThat(smtp.connections()).isZero();
  }

  @Test
  @Order(5)
  void oneCaughtMailIsReleasedToARealAddress() {
    var sent =
        postroom.post(
            "/api/v1/messages",
            "{\"subject\": \"Angebot\", \"text\": \"Hallo\", \"to\": [\"anna@contoso.example\"]}");
    String id = json(sent).get("id").asString();
    eventually(
        () -> json(postroom.get("/api/v1/messages/" + id)),
        message -> message.get("state").asString().equals("sent"));
    assertThat(browser.open("/messages/" + id).html().select("main").text())
        .contains("Test mode: nothing left. It is kept under Caught mail.");
    String mail = json(postroom.get("/api/v1/local_messages")).at("/data/0/id").asString();
    Page wrong =
        browser.submit("/caught/" + mail, "main form[action$=/release]", Map.of("to", "nobody"));
    assertThat(wrong.html().select("#to ~ .invalid-feedback").text()).contains("email address");
    browser.submit(
        "/caught/" + mail, "main form[action$=/release]", Map.of("to", "boss@acme.example"));
    var received = eventually(() -> smtp.received(), all -> !all.isEmpty());
    assertThat(received.getFirst().recipients()).containsExactly("boss@acme.example");
    assertThat(new String(received.getFirst().content(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("To: boss@acme.example", "Hallo")
        .doesNotContain("anna@contoso.example");
    look("/caught/" + mail, "caught-release");
  }

  @Test
  @Order(6)
  void aCopySaysSoAndDoesNothingUntilSomebodyDecides() {
    browser.submit("/system/test-mode", FORM, Map.of("mode", "off"));
    postroom.bean(Database.class).run(Environment::restored);
    Page muted = browser.open("/outbox");
    assertThat(muted.html().select(".n-test h2").text())
        .isEqualTo("Muted: nothing leaves this system");
    assertThat(json(postroom.get("/readyz")).get("environment").asString()).isEqualTo("muted");
    assertThat(postroom.get("/metrics").body())
        .contains("postroom_environment{standing=\"muted\"} 1.0");
    look("/system/test-mode", "muted");
    String id = send("Eins");
    var release = json(postroom.get("/api/v1/local_messages")).at("/data/0/id").asString();
    assertThat(
            postroom
                .post("/api/v1/local_messages/" + release + "/release", "{\"to\": \"a@x.example\"}")
                .statusCode())
        .isEqualTo(409);

    Page copy =
        browser.submit("/system/test-mode", "main form:has(input[value=test_copy])", Map.of());
    assertThat(copy.html().select(".n-test h2").text())
        .isEqualTo("Test copy: nothing leaves this system");
    settled(id);
    assertThat(smtp.received()).as("nothing but what was released before").hasSize(1);

    browser.submit("/system/test-mode", "main form:has(input[value=muted])", Map.of());
    String second = send("Zwei");
    browser.submit("/system/test-mode", "main form:has(input[value=original])", Map.of());
    settled(second);
    assertThat(smtp.received()).hasSize(2);
    assertThat(browser.open("/outbox").html().select(".n-test")).isEmpty();
  }

  private static String send(String subject) {
    var sent =
        postroom.post(
            "/api/v1/messages",
            "{\"subject\": \"%s\", \"text\": \"Hallo\", \"to\": [\"anna@contoso.example\"]}"
                .formatted(subject));
    return json(sent).get("id").asString();
  }

  private static void settled(String id) {
    eventually(
        () -> json(postroom.get("/api/v1/messages/" + id)),
        message -> message.get("state").asString().equals("sent"));
  }

  private static void look(String path, String name) {
    for (Tab tab : new Tab[] {desktop, phone}) {
      assertThat(tab.open(postroom.url() + path).status()).isEqualTo(200);
      tab.screenshot(name + (tab == phone ? "-phone" : "-desktop"));
      tab.assertWellMade();
    }
  }
}
