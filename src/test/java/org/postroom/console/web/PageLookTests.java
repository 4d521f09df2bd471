package org.postroom.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;

/** The pages as people see them, empty, filled and with errors, on a desktop and on a phone. */
@ExtendWith(WithChromium.class)
class PageLookTests {
  private static RunningPostroom empty;
  private static RunningPostroom filled;

  @BeforeAll
  static void start() throws IOException {
    empty = RunningPostroom.start();
    filled = RunningPostroom.start();
    fill();
  }

  @AfterAll
  static void stop() {
    empty.close();
    filled.close();
  }

  @Test
  void emptyPagesSayWhatComesNext(Chromium chromium) {
    for (Tab tab : new Tab[] {chromium.desktop(), chromium.phone()})
      try (tab) {
        tab.signIn(empty);
        look(tab, empty, "/", "empty-dashboard");
        look(tab, empty, "/documents", "empty-documents");
        look(tab, empty, "/partners", "empty-partners");
        look(tab, empty, "/send", "empty-send");
        look(tab, empty, "/send/message", "empty-message");
        look(tab, empty, "/documents/add", "empty-add");
      }
  }

  @Test
  void filledPagesAreWellMade(Chromium chromium) {
    for (Tab tab : new Tab[] {chromium.desktop(), chromium.phone()})
      try (tab) {
        tab.signIn(filled);
        look(tab, filled, "/", "dashboard");
        look(tab, filled, "/?days=30", "dashboard-30");
        look(tab, filled, "/documents", "documents");
        look(tab, filled, "/documents?q=nothing-like-this", "documents-none");
        look(tab, filled, "/documents/invoice/INV-2026-0412", "document");
        look(tab, filled, "/documents/packing_slip/2026%2F7", "document-bare");
        look(tab, filled, "/documents/invoice/INV-2026-103", "document-warning");
        look(tab, filled, "/partners", "partners");
        look(tab, filled, "/partners/contoso", "partner");
        look(tab, filled, "/partners/contoso/edit", "partner-edit");
        look(tab, filled, "/partners/new", "partner-new");
        look(tab, filled, "/send", "send-choose");
        look(tab, filled, "/send?kind=invoice&number=INV-2026-0412", "send");
      }
  }

  @Test
  void errorsStandBesideTheirFields(Chromium chromium) {
    for (Tab tab : new Tab[] {chromium.desktop(), chromium.phone()})
      try (tab) {
        tab.signIn(filled);
        tab.open(filled.url() + "/partners/new");
        tab.page().locator("#emails-main").fill("anna@\nnobody");
        tab.page().locator("main button.btn-primary[type=submit]").click();
        assertThat(tab.page().locator(".notice[role=alert]").isVisible()).isTrue();
        seen(tab, "partner-error");

        tab.open(filled.url() + "/send?kind=packing_slip&number=2026%2F7");
        tab.page().locator("button[value=send]").click();
        tab.page().waitForSelector(".notice[role=alert]");
        seen(tab, "send-error");

        tab.open(filled.url() + "/documents/add");
        tab.page().locator("main button[type=submit]").click();
        tab.page().waitForSelector(".notice[role=alert]");
        seen(tab, "add-error");
      }
  }

  private static void look(Tab tab, RunningPostroom postroom, String path, String name) {
    int status = tab.open(postroom.url() + path).status();
    assertThat(status).as(path).isEqualTo(200);
    seen(tab, name);
  }

  private static void seen(Tab tab, String name) {
    tab.screenshot(name + "-" + tab.page().viewportSize().width);
    tab.assertWellMade();
  }

  private static void fill() throws IOException {
    put(
        "/api/v1/partners/contoso",
        """
        {"type": "customer", "name": "Contoso Bakery", "language": "en", "currency": "EUR", "phone": "+31 30 555 01 02",
         "emails": {"main": ["info@contoso.example"], "cc": [], "billing": ["ap@contoso.example", "finance@contoso.example"], "shipment": ["dock@contoso.example"]},
         "contacts": [{"name": "Anna de Vries", "email": "anna@contoso.example", "roles": ["purchasing"]}]}
        """);
    HttpResponse<String> ubl =
        filled.send(
            filled
                .request("/api/v1/documents")
                .header("Content-Type", "application/xml")
                .POST(
                    java.net.http.HttpRequest.BodyPublishers.ofString(
                        Files.readString(Path.of("examples/invoice-ubl.xml")))));
    assertThat(ubl.statusCode()).as(ubl.body()).isEqualTo(201);
    for (int i = 1; i <= 6; i++)
      put(
          "/api/v1/documents/" + (i % 2 == 0 ? "quote/Q-" : "invoice/INV-2026-10") + i,
          """
          {"partner": "%s", "issue_date": "2026-11-0%d", "due_date": "2026-12-02", "currency": "EUR",
           "lines": [{"description": "Rye flour, stone ground", "sku": "RF-25", "quantity": "25", "unit": "kg", "unit_price": "1.20", "tax_rate": "9.00", "amount": "30.00"}],
           "totals": {"net": "30.00", "tax": "2.70", "gross": "32.70", "paid": "0.00"},
           "bill_to": {"name": "Contoso Bakery", "email": null}}
          """
              .formatted(i == 3 ? "fabrikam" : "contoso", i));
    put(
        "/api/v1/documents/packing_slip/2026%2F7",
        """
        {"issue_date": "2026-11-20", "currency": "EUR", "lines": [{"description": "Rye flour", "quantity": "25", "unit": "kg"}]}
        """);
    post(
        "/api/v1/documents/invoice/INV-2026-0412/payments",
        "{\"reference\": \"P-1\", \"amount\": \"100.00\", \"date\": \"2026-11-10\"}");
    for (int i = 1; i <= 5; i++) {
      String message =
          json(post(
                  "/api/v1/messages",
                  "{\"document\": {\"kind\": \"invoice\", \"number\": \"INV-2026-0412\"}}"))
              .get("id")
              .stringValue();
      eventually(
          () -> json(filled.get("/api/v1/messages/" + message)).get("state").stringValue(),
          state -> state.equals("sent"));
    }
    HttpResponse<String> broken =
        post(
            "/api/v1/accounts",
            """
            {"kind": "smtp", "name": "Sales desk", "email": "sales@acme.example", "active": true,
             "smtp": {"host": "127.0.0.1", "port": 1, "security": "none", "auth": false}}
            """);
    String account = json(broken).get("id").stringValue();
    var accounts = filled.bean(org.postroom.accounts.Accounts.class);
    String company = filled.bean(org.postroom.access.Access.class).companies().getFirst().id();
    accounts.needsAttention(
        company,
        account,
        org.postroom.accounts.Account.Health.State.NEEDS_SIGN_IN,
        "Microsoft ended the sign-in on Monday 16 November.");
    post(
        "/api/v1/messages",
        "{\"document\": {\"kind\": \"quote\", \"number\": \"Q-2\"}, \"account\": \""
            + account
            + "\"}");
    post(
        "/api/v1/messages",
        "{\"document\": {\"kind\": \"invoice\", \"number\": \"INV-2026-101\"}, \"send_at\": \"2027-02-01T08:00:00Z\"}");
  }

  private static void put(String path, String body) {
    HttpResponse<String> reply = filled.put(path, body);
    assertThat(reply.statusCode()).as(path + reply.body()).isBetween(200, 201);
  }

  private static HttpResponse<String> post(String path, String body) {
    HttpResponse<String> reply = filled.post(path, body);
    assertThat(reply.statusCode()).as(path + reply.body()).isBetween(200, 202);
    return reply;
  }
}
