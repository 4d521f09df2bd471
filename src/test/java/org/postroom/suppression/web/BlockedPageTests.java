package org.postroom.suppression.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postroom.access.Access;
import org.postroom.suppression.AddressFailure;
import org.postroom.suppression.SuppressionTable;
import org.postroom.suppression.Suppressions;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Browser.Page;
import org.postroom.testkit.Chromium;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.Tab;
import org.postroom.testkit.WithChromium;

/** A person without JavaScript looks after blocked addresses, and sees them where they matter. */
@ExtendWith(WithChromium.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BlockedPageTests {
  private static final String ADD = "main form[action$=/blocked]:has(#address)";
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
  void atFirstNobodyIsBlocked() {
    Page empty = browser.open("/blocked");
    assertThat(empty.html().select(".empty").text()).contains("No blocked addresses.");
    assertThat(empty.html().select("nav a[href=/blocked]")).hasSize(1);
    look("/blocked", "blocked-empty");
  }

  @Test
  @Order(2)
  void anAddressIsBlockedByHand() {
    Page wrong = browser.submit("/blocked", ADD, Map.of("address", "no address"));
    assertThat(wrong.html().select("#address ~ .invalid-feedback").text()).contains("address");
    Page added =
        browser.submit(
            "/blocked", ADD, Map.of("address", "stop@contoso.example", "note", "Asked by phone"));
    assertThat(added.html().select("[role=status]").text()).contains("is blocked.");
    assertThat(added.html().select("table").text())
        .contains("stop@contoso.example", "Blocked by", "Asked by phone");
  }

  @Test
  @Order(3)
  void whatCameBackStandsThereWithItsReply() {
    String company = postroom.bean(Access.class).companies().getFirst().id();
    postroom
        .bean(Suppressions.class)
        .failed(
            new AddressFailure(
                company,
                "anna@contoso.example",
                AddressFailure.Kind.HARD_BOUNCE,
                "msg_06gzv06znr000raje4fz1h4cjw",
                "5.1.1",
                "550 5.1.1 <anna@contoso.example>: Recipient address rejected: User unknown",
                postroom.bean(org.postroom.db.Database.class).now()));
    Page list = browser.open("/blocked?cause=hard_bounce");
    assertThat(list.html().select("tbody tr")).hasSize(1);
    assertThat(list.html().select("tbody").text()).contains("User unknown");
    assertThat(browser.open("/blocked?q=nobody").html().select(".empty").text())
        .contains("No blocked addresses match.");
    look("/blocked", "blocked");
  }

  @Test
  @Order(4)
  void thePartnersPageShowsIt() {
    HttpResponse<String> put =
        postroom.put(
            "/api/v1/partners/contoso",
            """
            {"type": "customer", "name": "Contoso Bakery",
             "emails": {"main": ["Anna@contoso.example"], "billing": ["ap@contoso.example"]}}
            """);
    assertThat(put.statusCode()).as(put.body()).isBetween(200, 201);
    Page partner = browser.open("/partners/contoso");
    assertThat(partner.html().select("section:has(h2:contains(Blocked)) li").text())
        .contains("anna@contoso.example", "does not exist or takes no mail");
    look("/partners/contoso", "partner-blocked");
  }

  @Test
  @Order(5)
  void composingSaysWhoWillNotGetIt() {
    HttpResponse<String> dry =
        postroom.post(
            "/api/v1/messages?dry_run=true",
            "{\"subject\": \"s\", \"text\": \"t\", \"to\": [\"anna@contoso.example\", \"b@x.example\"]}");
    assertThat(dry.statusCode()).as(dry.body()).isEqualTo(200);
    assertThat(json(dry).get("warnings").toString())
        .contains("anna@contoso.example is blocked since ")
        .contains("It gets nothing unless somebody unblocks it.");
  }

  @Test
  @Order(6)
  void theTableGoesOutAndComesIn() {
    String csv = postroomCsv();
    assertThat(csv)
        .startsWith("address,cause,since,blocked_by,status,reply,note\r\n")
        .contains("anna@contoso.example,hard_bounce,")
        .contains(",Asked by phone\r\n");
    var caller =
        new org.postroom.access.Caller(
            postroom.bean(Access.class).companies().getFirst().id(),
            org.postroom.access.Caller.Kind.PERSON,
            "usr_1",
            "Maria",
            null,
            java.util.Set.of(org.postroom.access.Right.values()),
            false);
    SuppressionTable table = postroom.bean(SuppressionTable.class);
    var taken = table.take(caller, (csv + "new@x.example,,,,,,\r\n").getBytes());
    assertThat(taken).isEqualTo(new SuppressionTable.Imported(1, 2));
    var wrong =
        org.assertj.core.api.Assertions.catchThrowableOfType(
            org.postroom.http.Problem.class,
            () -> table.take(caller, "E-mail\nx@y.example\nnobody\n".getBytes()));
    assertThat(wrong.detail()).contains("Line 3: “nobody” is no address.");
    assertThat(postroom.get("/api/v1/suppressions/x@y.example").statusCode()).isEqualTo(404);
  }

  @Test
  @Order(7)
  void anAddressIsUnblocked() {
    Page list = browser.open("/blocked?q=stop@");
    Page done = browser.submit(list, "main form[action$=/blocked/unblock]", Map.of());
    assertThat(done.html().select("[role=status]").text()).contains("may be written to again");
    assertThat(postroom.get("/api/v1/suppressions/stop@contoso.example").statusCode())
        .isEqualTo(404);
  }

  private static String postroomCsv() {
    return browser.open("/blocked.csv").response().body();
  }

  private static void look(String path, String name) {
    for (Tab tab : new Tab[] {desktop, phone}) {
      assertThat(tab.open(postroom.url() + path).status()).isEqualTo(200);
      tab.screenshot(name + (tab == phone ? "-phone" : "-desktop"));
      tab.assertWellMade();
    }
  }
}
