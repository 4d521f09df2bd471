package org.postroom.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.json;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.access.Access;
import org.postroom.accounts.Account.Health.State;
import org.postroom.accounts.Accounts;
import org.postroom.db.Database;
import org.postroom.outbox.AccountKey;
import org.postroom.outbox.Allowance;
import org.postroom.outbox.Paces;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Browser.Page;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;
import tools.jackson.databind.JsonNode;

/** Accounts over time: whose they are, what they used, what ends, who stands in. */
@ExtendWith(WithChromium.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AccountLifePagesTests {
  private static final String CLERK = "ben@acme.example";
  private static RunningPostroom postroom;
  private static Browser admin;
  private static Browser clerk;
  private static Tab desktop;
  private static Tab phone;
  private static String invoices;
  private static String sales;
  private static String spare;

  @BeforeAll
  static void start(Chromium chromium) {
    postroom = RunningPostroom.start();
    admin = Browser.signedIn(postroom);
    addClerk();
    clerk = new Browser(postroom.url());
    clerk.submit(
        "/sign-in",
        "form[action$=/sign-in]",
        Map.of("email", CLERK, "password", RunningPostroom.PASSWORD));
    desktop = chromium.desktop();
    phone = chromium.phone();
    for (Tab tab : new Tab[] {desktop, phone}) tab.signIn(postroom);
    invoices =
        make(
            "smtp",
            "Invoices",
            "invoices@acme.example",
            ", \"default\": true, \"smtp\": {\"host\": \"smtp.office365.com\", \"username\": \"i\", \"password\": \"p\"}");
    spare =
        make(
            "smtp",
            "Spare",
            "spare@acme.example",
            ", \"smtp\": {\"host\": \"127.0.0.1\", \"port\": 1, \"auth\": false, \"security\": \"none\"}");
    sales =
        make(
            "microsoft",
            "Sales desk",
            "sales@acme.example",
            ", \"microsoft\": {\"client_id\": \"c\", \"client_secret\": \"s\", \"client_secret_expires\": \"%s\"}"
                .formatted(LocalDate.now(java.time.ZoneOffset.UTC).plusDays(10)));
  }

  @AfterAll
  static void stop() {
    desktop.close();
    phone.close();
    postroom.close();
  }

  @Test
  @Order(1)
  void aClerkConnectsTheirOwnAccountAndNoOther() {
    Page page = clerk.open("/accounts");
    assertThat(page.html().text()).contains("Connect my own account", "Invoices");
    assertThat(clerk.open("/accounts/new?kind=local").html().select("input[name=default]"))
        .isEmpty();
    Page made =
        clerk.submit(
            "/accounts/new?kind=local",
            "form[action=/accounts/new]",
            Map.of(
                "name",
                "Ben's mailbox",
                "email",
                "ben@acme.example",
                "belongs",
                "company",
                "default",
                "on"));
    assertThat(made.html().text()).contains("cannot be the company's default");
    made =
        clerk.submit(
            "/accounts/new?kind=local",
            "form[action=/accounts/new]",
            Map.of("name", "Ben's mailbox", "email", "ben@acme.example", "belongs", "company"));
    assertThat(made.path()).startsWith("/accounts/acc_");
    assertThat(made.html().text()).contains("Belongs to Ben Clerk");
    assertThat(made.html().select("form[action$=/default]")).isEmpty();
    assertThat(
            clerk
                .open("/accounts/" + invoices)
                .html()
                .select("form[action=/accounts/" + invoices + "]"))
        .isEmpty();
    assertThat(admin.open("/accounts").html().select("table").text())
        .contains("Belongs to Ben Clerk");
    String company = postroom.bean(Access.class).companies().getFirst().id();
    Accounts accounts = postroom.bean(Accounts.class);
    String mine = made.path().substring("/accounts/".length());
    String admins = ownOfAdmin(accounts, company);
    for (String id : new String[] {mine, admins})
      accounts.needsAttention(company, id, State.NEEDS_ADMINISTRATOR, "Not allowed.");
    assertThat(clerk.open("/partners").html().select(".notice").text())
        .contains("Ben's mailbox")
        .doesNotContain("The boss");
    assertThat(admin.open("/partners").html().select(".notice").text())
        .contains("Ben's mailbox", "The boss");
    for (String id : new String[] {mine, admins}) accounts.repaired(company, id);
    assertThat(clerk.open("/accounts/" + admins).status()).isEqualTo(404);
    assertThat(clerk.open("/accounts").html().text()).doesNotContain("The boss");
  }

  @Test
  @Order(2)
  void theListShowsWhatEndsAndTheUsualLimits() {
    String row =
        admin.open("/accounts").html().select("tr:has(a[href=/accounts/" + sales + "])").text();
    assertThat(row).contains("Microsoft 365", "Client secret ends on", "0 of 10,000", "Sign in");
    Page page = admin.open("/accounts/" + sales);
    assertThat(page.html().select(".notice").text()).contains("Make a new client secret");
    assertThat(admin.open("/accounts/" + invoices).html().select("details").text())
        .contains("Usual for Microsoft 365 by SMTP", "Usual: 30.");
    assertThat(page.html().select("meter")).isNotEmpty();
  }

  @Test
  @Order(3)
  void aFallbackIsNamedAndStandsInHonestly() {
    Page saved =
        admin.submit("/accounts/" + invoices, "form[action$=/fallback]", Map.of("fallback", spare));
    assertThat(saved.html().select("select[name=fallback] option[selected]").attr("value"))
        .isEqualTo(spare);
    String company = postroom.bean(Access.class).companies().getFirst().id();
    postroom
        .bean(Accounts.class)
        .needsAttention(company, invoices, State.NEEDS_SIGN_IN, "The password was refused.");
    assertThat(saved.html().select("select[name=fallback]").text()).doesNotContain("Local mailbox");
    var reply =
        postroom.post(
            "/api/v1/messages", "{\"subject\": \"s\", \"text\": \"t\", \"to\": [\"a@x.example\"]}");
    assertThat(reply.statusCode()).isEqualTo(202);
    JsonNode message = json(reply);
    assertThat(message.get("account").stringValue()).isEqualTo(spare);
    assertThat(message.at("/reasons/account").stringValue())
        .isEqualTo(
            "Default account of the company, “Invoices”, cannot send at the moment;"
                + " “Spare” is named as its fallback");
    String mail =
        new String(
            postroom
                .bytes("/api/v1/messages/" + message.get("id").stringValue() + "/content")
                .body(),
            StandardCharsets.UTF_8);
    assertThat(mail)
        .containsPattern("From: .*spare@acme.example")
        .contains("Reply-To: invoices@acme.example");
  }

  @Test
  @Order(4)
  void whatWaitsSaysWhenItWillBeGoneAndWhoAskedToSlowDown() {
    String slow =
        make(
            "local",
            "Slow lane",
            "slow@acme.example",
            ", \"limits\": {\"per_minute\": 2, \"connections\": 1}");
    String last = "";
    for (int i = 0; i < 9; i++) {
      var reply =
          postroom.post(
              "/api/v1/messages",
              "{\"account\": \"%s\", \"subject\": \"n%d\", \"text\": \"t\", \"to\": [\"a@x.example\"]}"
                  .formatted(slow, i));
      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(202);
      last = json(reply).get("id").stringValue();
    }
    JsonNode pace = json(postroom.get("/api/v1/accounts/" + slow)).get("pace");
    assertThat(pace.get("per_minute").intValue()).isEqualTo(2);
    assertThat(pace.get("to_go").intValue()).isBetween(7, 9);
    assertThat(json(postroom.get("/api/v1/messages/" + last)).get("expected_at").isNull())
        .isFalse();
    assertThat(admin.open("/outbox").html().select("tr:has(a[href=/messages/" + last + "])").text())
        .contains("About ");
    assertThat(admin.open("/messages/" + last).html().text()).contains("About ");
    Paces paces = postroom.bean(Paces.class);
    String company = postroom.bean(Access.class).companies().getFirst().id();
    paces.slowDown(
        new AccountKey(company, slow),
        new Allowance(1, 2, 0, false, java.time.ZoneOffset.UTC),
        postroom.bean(Database.class).now(),
        false,
        "421 4.7.0 Too fast");
    assertThat(admin.open("/accounts/" + slow).html().select("#used").text())
        .contains("1 a minute, ", " to go, done about ")
        .contains("The local mailbox asked us to slow down at ", "; now 1 a minute.");
    look("/accounts/" + slow, "life-slow");
    look("/messages/" + last, "life-expected");
    look("/outbox", "life-outbox");
  }

  @Test
  @Order(5)
  void thePagesLookRight() {
    var partner =
        postroom.put(
            "/api/v1/partners/contoso",
            "{\"name\": \"Contoso Bakery\", \"send_from\": \"" + sales + "\"}");
    assertThat(partner.statusCode()).as(partner.body()).isEqualTo(201);
    assertThat(admin.open("/accounts").html().text())
        .contains(
            "Contoso Bakery: Sales desk", "Ben Clerk: Ben's mailbox", "Instead of Invoices: Spare");
    look("/accounts", "life-accounts");
    look("/accounts/" + sales, "life-account");
    desktop.open(postroom.url() + "/accounts/" + invoices);
    desktop.page().locator("main details > summary").first().click();
    desktop.screenshot("life-limits-desktop");
    desktop.assertWellMade();
    look("/accounts/new?kind=smtp", "life-new");
  }

  private static void look(String path, String name) {
    for (Tab tab : new Tab[] {desktop, phone}) {
      assertThat(tab.open(postroom.url() + path).status()).as(path).isEqualTo(200);
      tab.screenshot(name + (tab == phone ? "-phone" : "-desktop"));
      tab.assertWellMade();
    }
  }

  private static String ownOfAdmin(Accounts accounts, String company) {
    Page made =
        admin.submit(
            "/accounts/new?kind=local",
            "form[action=/accounts/new]",
            Map.of("name", "The boss", "email", "boss@acme.example", "belongs", "me"));
    assertThat(made.path()).startsWith("/accounts/acc_");
    String id = made.path().substring("/accounts/".length());
    assertThat(accounts.find(company, id).orElseThrow().ofCompany()).isFalse();
    return id;
  }

  private static String make(String kind, String name, String email, String more) {
    var made =
        postroom.post(
            "/api/v1/accounts",
            "{\"kind\": \"%s\", \"name\": \"%s\", \"email\": \"%s\"%s}"
                .formatted(kind, name, email, more));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return json(made).get("id").stringValue();
  }

  /** With the administrator's password. */
  private static void addClerk() {
    postroom
        .bean(Database.class)
        .run(sql -> {
          sql.sql(
                  "INSERT INTO people (id, email, name, password, created_at)"
                      + " SELECT 'usr_ben', :email, 'Ben Clerk', password, created_at FROM people")
              .param("email", CLERK)
              .update();
          sql.sql(
                  "INSERT INTO memberships (company_id, person_id, role)"
                      + " SELECT company_id, 'usr_ben', 'SALES' FROM memberships")
              .update();
        });
  }
}
