package org.postroom.diagnosis.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Browser.Page;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.SmtpScript.Verb;

/** The check without JavaScript: the same buttons send the form, and a page comes back. */
class CheckPagesTests {
  private static final String SECRET = "Tr0ub4dor&3-planted";
  private static RunningPostroom postroom;
  private static Browser browser;

  @BeforeAll
  static void start() {
    postroom = RunningPostroom.start();
    browser = Browser.signedIn(postroom);
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  @Test
  void aNewAccountIsCheckedAndNotSaved() {
    try (var server = server()) {
      String before = postroom.get("/api/v1/accounts").body();
      Page page = check(form(server));
      assertThat(page.status()).as(page.html().text()).isEqualTo(200);
      assertThat(page.html().select(".check-sum").text())
          .contains("This account can send", "9 of 9");
      assertThat(page.html().select("#account-form [data-save]").text()).isEqualTo("Save");
      assertThat(page.html().select("#smtp-host").val()).isEqualTo("localhost");
      assertThat(page.html().select("#smtp-password").val()).isEmpty();
      assertThat(page.html().outerHtml()).doesNotContain(SECRET);
      assertThat(server.received()).hasSize(1);
      assertThat(postroom.get("/api/v1/accounts").body()).isEqualTo(before);
    }
  }

  @Test
  void aFixChangesTheFieldsAndChecksAgain() {
    try (var server = server();
        var other = server()) {
      server.at(Verb.AUTH).say("535 5.7.8 Error: authentication failed");
      Map<String, String> form = form(server);
      Page failed = check(form);
      assertThat(failed.html().select("#check-authenticate.s-fail + .fix").text())
          .contains("What happened");
      assertThat(failed.html().select("#account-form [data-save]").text())
          .isEqualTo("Save without checking");
      form.put("fix", "{\"smtp/port\": \"" + other.port() + "\"}");
      Page fixed = check(form);
      assertThat(fixed.html().select("#smtp-port").val()).isEqualTo(String.valueOf(other.port()));
      assertThat(fixed.html().select(".check-sum.s-ok")).hasSize(1);
    }
  }

  @Test
  void whatIsMissingIsToldBesideItsField() {
    try (var server = server()) {
      Map<String, String> form = form(server);
      form.put("smtp/password", "");
      form.put("test_to", "nobody@");
      Page page = check(form);
      assertThat(page.html().select(".check-sum")).isEmpty();
      assertThat(page.html().select("#check .fix").text()).contains("Enter the password");
      form.put("smtp/password", SECRET);
      assertThat(check(form).html().select("#test_to-wrong").text()).isNotBlank();
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void aSavedAccountShowsItsLastCheck() {
    try (var server = server()) {
      Map<String, String> form = form(server);
      form.put("active", "on");
      Page saved = post("/accounts/new", form);
      String path = saved.path() + "/check";
      assertThat(browser.open(path).html().select("#check-body").text()).contains("step by step");
      form.put("smtp/password", "");
      server
          .at(Verb.MAIL)
          .say("550 5.7.60 SMTP; Client does not have permissions to send as this sender");
      assertThat(post(path, form).html().select("#check-sender.s-fail")).hasSize(1);
      Page last = browser.open(path);
      assertThat(last.html().select("#check-sender.s-fail + .fix").text()).contains("From address");
      assertThat(browser.open(saved.path()).html().text()).contains("Needs attention");
      server.script().clear();
      assertThat(post(path, form).html().select(".check-sum.s-ok")).hasSize(1);
      assertThat(browser.open(saved.path()).html().text()).contains("Working");
    }
  }

  private static Page check(Map<String, String> form) {
    return post("/accounts/new/check", form);
  }

  private static Page post(String path, Map<String, String> form) {
    Map<String, String> all = new LinkedHashMap<>(form);
    Page open = browser.open("/accounts/new?kind=smtp");
    all.put("_csrf", open.html().select("#account-form input[name=_csrf]").val());
    return browser.post(path, all);
  }

  private static ScriptedSmtpServer server() {
    return ScriptedSmtpServer.start(
        SmtpOffer.plain().auth("invoices@acme.example", SECRET, "PLAIN", "LOGIN"));
  }

  private static Map<String, String> form(ScriptedSmtpServer server) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("kind", "smtp");
    form.put("email", "invoices@acme.example");
    form.put("name", "Invoices");
    form.put("display_name", "");
    form.put("smtp/host", "localhost");
    form.put("smtp/port", String.valueOf(server.port()));
    form.put("smtp/security", "none");
    form.put("smtp/auth", "on");
    form.put("smtp/username", "invoices@acme.example");
    form.put("smtp/password", SECRET);
    form.put("limits/connections", "2");
    form.put("test_to", "anna@acme.example");
    return form;
  }
}
