package org.postroom.domains.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.DnsServer;
import org.postroom.testkit.HttpsFiles;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;
import tools.jackson.databind.JsonNode;

/** An address is typed, its provider found, and the right form opens with what is known. */
class ConnectPageTests {
  @TempDir static Path folder;
  private static DnsServer dns;
  private static HttpsFiles files;
  private static RunningPostroom postroom;

  @BeforeAll
  static void start() {
    dns = DnsServer.start();
    files = HttpsFiles.start();
    files.certificates().write(folder);
    dns.mx("acme.example", 0, "acme-example.mail.protection.outlook.com");
    files.put(
        "/config/bakery.example",
        """
        <clientConfig version="1.1"><emailProvider id="b"><displayName>Flour "Net" &lt;b&gt;</displayName>
        <outgoingServer type="smtp"><hostname>smtp.flour.example</hostname><port>465</port>
        <socketType>SSL</socketType><username>%EMAILLOCALPART%</username>
        <authentication>password-cleartext</authentication></outgoingServer>
        </emailProvider></clientConfig>
        """);
    dns.srv("_submission._tcp.bakery.example", 0, 587, "mail.bakery.example");
    postroom =
        RunningPostroom.start(
            Map.of(
                "POSTROOM_DNS_SERVER",
                dns.setting(),
                "POSTROOM_AUTOCONFIG_URL",
                files.url() + "/config/{domain}",
                "POSTROOM_ISPDB_URL",
                files.url() + "/v1.1/",
                "POSTROOM_TRUSTED_CERTIFICATES",
                folder.resolve("authority.pem").toString()));
  }

  @AfterAll
  static void stop() {
    postroom.close();
    files.close();
    dns.close();
  }

  @Test
  void theApiTellsTheSame() {
    JsonNode found =
        RunningPostroom.json(postroom.get("/api/v1/account_suggestions?email=a@bakery.example"));
    assertThat(found.at("/email").asString()).isEqualTo("a@bakery.example");
    assertThat(found.at("/suggestions/0/kind").asString()).isEqualTo("smtp");
    assertThat(found.at("/suggestions/0/source").asString()).isEqualTo("autoconfig");
    assertThat(found.at("/suggestions/0/smtp").toString())
        .isEqualTo(
            "{\"host\":\"smtp.flour.example\",\"port\":465,\"security\":\"tls\",\"auth\":true,\"username\":\"a\"}");
    assertThat(found.at("/suggestions/1/source").asString()).isEqualTo("srv");
    assertThat(postroom.get("/api/v1/account_suggestions?email=nobody").statusCode())
        .isEqualTo(422);
    assertThat(postroom.get("/api/v1/account_suggestions").statusCode()).isEqualTo(422);
  }

  @Test
  void withoutJavaScriptTheFormOpensPrefilled() {
    Browser browser = Browser.signedIn(postroom);
    var start = browser.open("/accounts/new");
    assertThat(start.html().selectFirst("form input[name=email]")).isNotNull();
    var found = browser.open("/accounts/new?email=anna%40bakery.example");
    assertThat(found.html().selectFirst("#found").text())
        .isEqualTo("bakery.example uses Flour \"Net\" <b>");
    String href = found.html().selectFirst("a.btn-primary").attr("href");
    var form = browser.open(href);
    assertThat(form.html().selectFirst("#email").val()).isEqualTo("anna@bakery.example");
    assertThat(form.html().selectFirst("#smtp-host").val()).isEqualTo("smtp.flour.example");
    assertThat(form.html().selectFirst("#smtp-port").val()).isEqualTo("465");
    assertThat(form.html().selectFirst("input[name=smtp/security][checked]").val())
        .isEqualTo("tls");
    assertThat(form.html().selectFirst("#smtp-username").val()).isEqualTo("anna");
    var saved =
        browser.submit(
            form,
            "form[action$=/accounts/new]",
            Map.of("name", "Flour", "smtp/password", "rye and wheat"));
    assertThat(saved.path()).startsWith("/accounts/acc_");
    assertThat(saved.html().selectFirst("#smtp-host").val()).isEqualTo("smtp.flour.example");
  }

  @Test
  void aLinkNeverFillsInASecret() {
    var form =
        Browser.signedIn(postroom)
            .open(
                "/accounts/new?kind=smtp&smtp/password=planted&smtp/client_secret=planted&x=planted");
    assertThat(form.response().body()).doesNotContain("planted");
  }

  @Test
  void nothingFoundAndNoAddressAreTold() {
    Browser browser = Browser.signedIn(postroom);
    var nothing = browser.open("/accounts/new?email=anna%40nothing.example");
    assertThat(nothing.html().text()).contains("Nothing was found about nothing.example");
    assertThat(nothing.html().select("a[href*='kind=smtp&email=anna%40nothing.example']"))
        .hasSize(1);
    var wrong = browser.open("/accounts/new?email=anna");
    assertThat(wrong.status()).isEqualTo(200);
    assertThat(wrong.html().selectFirst("#email-wrong").text()).contains("not an email address");
  }

  @Test
  @ExtendWith(WithChromium.class)
  void theAccountsPageLoadsItsDomainsRecordsAndTheirOwnPageHasAllOfThem(Chromium chromium) {
    String id =
        RunningPostroom.json(
                postroom.post(
                    "/api/v1/accounts",
                    """
                    {"kind": "smtp", "name": "Shop", "email": "shop@shop.example",
                     "smtp": {"host": "smtp.shop.example", "port": 587, "security": "starttls", "auth": false}}
                    """))
            .get("id")
            .asString();
    dns.mx("shop.example", 10, "mx.shop.example").a("mx.shop.example", "192.0.2.1");
    dns.txt("shop.example", "v=spf1 mx ~all").a("smtp.shop.example", "192.0.2.1");
    Browser plain = Browser.signedIn(postroom);
    String page = "/accounts/" + id + "/domain";
    var without = plain.open(page).html();
    assertThat(without.select("#domain-signing").text()).contains("does not sign mail from shop");
    var form = plain.open(without.select("#domain-signing a").attr("href")).html();
    assertThat(form.select("#domain").attr("value")).isEqualTo("shop.example");
    var made = postroom.post("/api/v1/dkim_keys", "{\"domain\": \"shop.example\"}");
    JsonNode key = RunningPostroom.json(made);
    JsonNode first = key.at("/records/0");
    dns.txt(first.get("name").asString(), first.get("value").asString());
    assertThat(plain.open(page).html().select("#domain-signing").text())
        .contains("wait to be switched on", "Published", "Not found in the DNS");
    for (String width : List.of("1360", "390")) {
      try (Tab tab = width.equals("390") ? chromium.phone() : chromium.desktop()) {
        tab.signIn(postroom);
        tab.open(postroom.url() + "/accounts/" + id);
        tab.page().waitForSelector("#domain-summary");
        tab.assertWellMade();
        tab.screenshot("account-domain-" + width);
        tab.page().locator("#domain-summary a").click();
        tab.page().waitForSelector("#domain-records");
        assertThat(tab.page().locator("#domain-records").textContent())
            .contains("SPF record", "v=DMARC1; p=none");
        tab.assertWellMade();
        tab.screenshot("domain-records-" + width);
      }
    }
    JsonNode second = key.at("/records/1");
    dns.txt(second.get("name").asString(), second.get("value").asString());
    postroom.post("/api/v1/dkim_keys/" + key.get("id").asString() + "/activate", "");
    var signing = plain.open(page).html();
    assertThat(signing.select("#domain-signing").text()).contains("Mail is signed with these keys");
    assertThat(signing.select("#domain-signing .status-chip").eachText())
        .containsExactly("Published", "Published");
    assertThat(signing.select("#domain-records").text())
        .contains("Mail is signed, and both our keys are published.");
  }

  @Test
  @ExtendWith(WithChromium.class)
  void looksRightAndIsAccessible(Chromium chromium) {
    for (String width : List.of("1360", "390")) {
      try (Tab tab = width.equals("390") ? chromium.phone() : chromium.desktop()) {
        tab.signIn(postroom);
        tab.open(postroom.url() + "/accounts/new");
        tab.assertWellMade();
        tab.page().locator("#email").fill("anna@acme.example");
        tab.press("Tab");
        tab.page().locator("#email").press("Enter");
        tab.page().waitForSelector("#found");
        assertThat(tab.page().locator("#found").textContent())
            .isEqualTo("acme.example uses Microsoft 365");
        assertThat(tab.page().locator("a.btn-primary").getAttribute("href"))
            .startsWith("/accounts/new?kind=microsoft&email=anna%40acme.example");
        tab.assertWellMade();
        tab.screenshot("connect-found-" + width);
        tab.open(postroom.url() + "/accounts/new?email=anna%40bakery.example");
        tab.assertWellMade();
        tab.screenshot("connect-smtp-" + width);
        tab.page().locator("a.btn-primary").click();
        tab.page().waitForSelector("#smtp-host");
        assertThat(tab.page().inputValue("#smtp-host")).isEqualTo("smtp.flour.example");
        tab.open(postroom.url() + "/accounts/new?email=anna%40nothing.example");
        tab.assertWellMade();
        tab.screenshot("connect-nothing-" + width);
      }
    }
  }
}
