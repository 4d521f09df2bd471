package org.postroom.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.json;

import com.microsoft.playwright.options.FilePayload;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.access.Access;
import org.postroom.access.Caller;
import org.postroom.access.Company;
import org.postroom.access.NewPerson;
import org.postroom.documents.DocumentKind;
import org.postroom.documents.Documents;
import org.postroom.documents.Source;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Browser.Page;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;

/** Documents, partners and the dashboard by their behaviour, without JavaScript. */
@ExtendWith(WithChromium.class)
class PagesTests {
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
  void filtersAndPagesStandInTheAddress() {
    for (int i = 1; i <= 53; i++) document("invoice", "INV-%03d".formatted(i), "contoso");
    document("quote", "Q-1", "contoso");
    Page first = browser.open("/documents?kind=invoice&open=true");
    assertThat(first.html().select("tbody tr")).hasSize(50);
    assertThat(first.html().selectFirst("#kind option[selected]").attr("value"))
        .isEqualTo("invoice");
    String older = first.html().selectFirst("nav.pager a:contains(Older)").attr("href");
    Page second = browser.open(older);
    assertThat(second.html().select("tbody th a").eachText())
        .containsExactly("INV-003", "INV-002", "INV-001");
    assertThat(browser.open("/documents?q=q-1").html().select("tbody tr")).hasSize(1);
    assertThat(browser.open("/documents?q=nothing").html().text()).contains("No documents match");
    assertThat(browser.open("/documents?kind=novel").status()).isEqualTo(404);
  }

  @Test
  void thePdfIsTheOneThatMailsCarry() {
    document("invoice", "2026/7", "contoso");
    HttpResponse<byte[]> pdf = postroom.bytes("/api/v1/documents/invoice/2026%2F7.pdf");
    assertThat(pdf.statusCode()).isEqualTo(200);
    assertThat(pdf.headers().firstValue("Content-Type")).contains("application/pdf");
    assertThat(pdf.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("sandbox");
    assertThat(pdf.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("inline")
        .contains("Invoice 2026-7.pdf");
    assertThat(new String(pdf.body(), 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    Page page = browser.open("/documents/invoice/2026%2F7");
    String frame = page.html().selectFirst("iframe").attr("src");
    assertThat(browser.open(frame).status()).isEqualTo(200);
    assertThat(postroom.bytes("/api/v1/documents/invoice/none.pdf").statusCode()).isEqualTo(404);
  }

  @Test
  void aPartnerIsMadeAndChangedAndKeepsWhatTheFormDoesNotShow() {
    postroom.put(
        "/api/v1/partners/a%2Fb",
        "{\"name\": \"Alpha\", \"phone\": \"+31\", \"contacts\": [{\"name\": \"Anna\", \"email\": \"anna@a.example\"}]}");
    Page saved =
        browser.submit(
            "/partners/a%2Fb/edit",
            "main form",
            Map.of(
                "name",
                "Alpha Bakery",
                "emails/billing",
                "ap@a.example; \"Doe, Jan\" <jan@a.example>"));
    assertThat(saved.html().select("h1").text()).isEqualTo("Alpha Bakery");
    var partner = json(postroom.get("/api/v1/partners/a%2Fb"));
    assertThat(partner.get("phone").stringValue()).isEqualTo("+31");
    assertThat(partner.get("contacts").size()).isEqualTo(1);
    assertThat(partner.get("emails").get("billing").size()).isEqualTo(2);

    Page refused =
        browser.submit(
            "/partners/new",
            "main form",
            Map.of("ref", "a/b", "name", "", "language", "klingon-", "emails/main", "nobody"));
    assertThat(refused.html().select(".notice[role=alert]")).hasSize(1);
    assertThat(refused.html().selectFirst("#ref").hasClass("is-invalid")).isTrue();
    Page bad = browser.submit(refused, "main form", Map.of("ref", "new", "emails/main", "nobody"));
    assertThat(bad.html().selectFirst("#emails-main").hasClass("is-invalid")).isTrue();
    assertThat(bad.html().select(".notice[role=alert] a").eachAttr("href"))
        .containsExactlyInAnyOrder("#name", "#language", "#emails-main");
    Page worse = browser.submit(bad, "main form", Map.of("emails/main", ""));
    assertThat(worse.html().select(".is-invalid").eachAttr("id"))
        .containsExactlyInAnyOrder("name", "language");
  }

  @Test
  void twoPeopleDoNotOverwriteEachOther() {
    postroom.put("/api/v1/partners/contoso", "{\"name\": \"Contoso\"}");
    Page form = browser.open("/partners/contoso/edit");
    postroom.put("/api/v1/partners/contoso", "{\"name\": \"Contoso Bakery\"}");
    Page refused = browser.submit(form, "main form", Map.of("name", "Mine"));
    assertThat(refused.html().select(".notice[role=alert]").text()).contains("meanwhile");
    assertThat(json(postroom.get("/api/v1/partners/contoso")).get("name").stringValue())
        .isEqualTo("Contoso Bakery");
  }

  @Test
  void aUblFileBecomesADocumentAndABrokenOneIsExplained(Chromium chromium) {
    try (Tab tab = chromium.desktop()) {
      tab.signIn(postroom);
      tab.open(postroom.url() + "/documents/add");
      tab.page()
          .locator("#file")
          .setInputFiles(
              new FilePayload("x.xml", "text/xml", "<Invoice>".getBytes(StandardCharsets.UTF_8)));
      tab.page().locator("main button[type=submit]").click();
      tab.page().waitForSelector(".notice[role=alert]");
      tab.screenshot("add-broken-1360");
      tab.assertWellMade();
      tab.page().locator("#file").setInputFiles(Path.of("examples/invoice-ubl.xml"));
      tab.page().locator("main button[type=submit]").click();
      tab.page().waitForURL("**/documents/invoice/INV-2026-0412");
      tab.assertWellMade();
    }
    assertThat(browser.open("/partners/contoso").html().select("tbody th a").eachText())
        .containsExactly("INV-2026-0412");
  }

  @Test
  void anotherCompanysRowsAreNowhere() {
    Company other = otherCompany();
    var documents = postroom.bean(Documents.class);
    byte[] body = "{\"partner\": \"p\", \"currency\": \"EUR\"}".getBytes(StandardCharsets.UTF_8);
    documents.put(
        Caller.postroom(other.id()),
        documents.readJson(DocumentKind.INVOICE, "SECRET-1", body),
        Source.json(body));
    for (String path : List.of("/", "/documents", "/send", "/documents?q=secret"))
      assertThat(browser.open(path).html().select("main").text())
          .as(path)
          .doesNotContain("SECRET-1");
    for (String path :
        List.of(
            "/documents/invoice/SECRET-1",
            "/documents/invoice/SECRET-1/pdf",
            "/send?kind=invoice&number=SECRET-1"))
      assertThat(browser.open(path).status()).as(path).isEqualTo(404);
    assertThat(postroom.get("/api/v1/documents/invoice/SECRET-1.pdf").statusCode()).isEqualTo(404);
  }

  @Test
  void theDashboardCountsAndLeadsToWhatNeedsSomebody() {
    Page fresh = browser.open("/");
    assertThat(fresh.html().select(".first .open")).hasSizeGreaterThanOrEqualTo(3);
    assertThat(fresh.html().text()).contains("Nothing needs you");
    var account =
        json(
            postroom.post(
                "/api/v1/accounts",
                """
                {"kind": "smtp", "name": "Sales desk", "email": "sales@acme.example", "active": true,
                 "smtp": {"host": "127.0.0.1", "port": 1, "security": "none", "auth": false}}
                """));
    String id = account.get("id").stringValue();
    postroom
        .bean(org.postroom.accounts.Accounts.class)
        .needsAttention(
            postroom.bean(Access.class).companies().getFirst().id(),
            id,
            org.postroom.accounts.Account.Health.State.NEEDS_SIGN_IN,
            "The password was refused.");
    postroom.post(
        "/api/v1/messages",
        "{\"subject\": \"Hello\", \"text\": \"x\", \"to\": [\"a@x.example\"], \"account\": \""
            + id
            + "\"}");
    Page page = browser.open("/");
    assertThat(page.html().select(".needs").text())
        .contains(
            "“Sales desk” cannot send",
            "The password was refused. 1 message waits.",
            "1 message on hold");
    assertThat(page.html().select(".needs a[href=/outbox?state=held]")).hasSize(1);
    assertThat(page.html().select(".legend").text()).contains("1 waiting");
    assertThat(page.html().select("svg rect.c-queue")).hasSize(1);
    assertThat(page.html().select("details table tbody tr").last().text()).isEqualTo("Today 0 1 0");
    assertThat(browser.open("/?days=30").html().select("details table tbody tr")).hasSize(30);
  }

  private Company otherCompany() {
    Company mine = postroom.bean(Access.class).companies().getFirst();
    var other =
        new Company(
            "co_other",
            "Other Ltd",
            List.of(),
            mine.country(),
            mine.currency(),
            Locale.ENGLISH,
            ZoneOffset.UTC,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            "#1f5fbf",
            null,
            mine.paper());
    postroom
        .bean(Access.class)
        .createCompany(
            other, NewPerson.of("Otto", "otto@other.example", "a long enough passphrase"));
    return postroom.bean(Access.class).company("co_other");
  }

  private void document(String kind, String number, String partner) {
    HttpResponse<String> put =
        postroom.put(
            "/api/v1/documents/" + kind + "/" + number.replace("/", "%2F"),
            """
            {"partner": "%s", "issue_date": "2026-11-02", "currency": "EUR", "lines": [{"description": "Flour", "amount": "30.00"}], "totals": {"gross": "30.00"}}
            """
                .formatted(partner));
    assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
  }
}
