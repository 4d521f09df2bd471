package org.postroom.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.access.Access;
import org.postroom.accounts.Accounts;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.mail.Address;
import org.postroom.mail.RecipientRole;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Browser.Page;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestDatabase;

/** A message that waits for approval goes when somebody else agrees, and never when not. */
@ParameterizedClass
@EnumSource
class ApprovalsTests {
  private static final Message.Origin CLERK = new Message.Origin("person", "usr_clerk", "Clerk");

  @Parameter TestDatabase database;
  private RunningPostroom postroom;
  private Browser browser;

  @BeforeEach
  void start() {
    postroom = RunningPostroom.start(database);
    browser = Browser.signedIn(postroom);
  }

  @AfterEach
  void stop() {
    postroom.close();
  }

  @Test
  void approvedItGoesOutAndTheStorySaysByWhom() {
    String id = waiting(CLERK, null);
    assertThat(post(id, "retry", "").statusCode()).isEqualTo(409);
    Page page = browser.open("/messages/" + id);
    assertThat(page.html().select(".notice").text()).contains("until somebody agrees", "Ask Anna");
    Page approved =
        browser.submit(page, "form:has(button[value=approve])", Map.of("decision", "approve"));
    assertThat(approved.html().select("[role=status]").text()).contains("Approved");
    eventually(() -> state(id), "sent"::equals);
    assertThat(postroom.get("/api/v1/messages/" + id + "/events").body()).contains("Approved by");
    assertThat(postroom.get("/api/v1/audit").body()).contains("message.approved", id);
    assertThat(post(id, "approve", "").statusCode()).isEqualTo(409);
  }

  @Test
  void rejectedItNeverGoesAndTheReasonIsTold() {
    String id = waiting(CLERK, null);
    HttpResponse<String> rejected = post(id, "reject", "{\"reason\": \"Wrong price\"}");
    assertThat(json(rejected).get("state").stringValue()).isEqualTo("cancelled");
    assertThat(postroom.get("/api/v1/messages/" + id + "/events").body())
        .contains("Not approved by", "Wrong price");
    assertThat(post(id, "approve", "").statusCode()).isEqualTo(409);
    assertThat(json(postroom.get("/api/v1/local_messages")).get("data").size()).isZero();
  }

  @Test
  void aTimeThatIsStillToComeIsKept() {
    Instant tomorrow = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    String id = waiting(CLERK, tomorrow);
    assertThat(json(post(id, "approve", "")).get("due_at").stringValue())
        .isEqualTo(tomorrow.toString());
    assertThat(state(id)).isEqualTo("queued");
  }

  @Test
  void theSenderDoesNotApproveUnlessNobodyElseMay() {
    String me = postroom.bean(Access.class).people(company()).getFirst().id();
    String first = waiting(new Message.Origin("person", me, "Admin"), null);
    colleague("ACCOUNTING");
    Page refused = approveByHand(first);
    assertThat(refused.html().select("[role=alert]").text()).contains("Somebody else");
    assertThat(state(first)).isEqualTo("held");
    assertThat(browser.open("/messages/" + first).html().select("button[value=approve]")).isEmpty();
    postroom
        .bean(Database.class)
        .run(sql ->
            sql.sql("UPDATE memberships SET role = 'SALES' WHERE person_id = 'usr_b'").update());
    approveByHand(first);
    eventually(() -> state(first), "sent"::equals);
  }

  @Test
  void theOutboxShowsThemApartAndDecidesManyAtOnce() {
    List<String> ids = List.of(waiting(CLERK, null), waiting(CLERK, null));
    Page tab = browser.open("/outbox?tab=approvals");
    assertThat(tab.html().select("input[name=id]").eachAttr("value"))
        .containsExactlyInAnyOrderElementsOf(ids);
    assertThat(tab.html().select(".nav-link.active").text()).isEqualTo("Approvals 2");
    Page done = browser.submit(tab, "#many", Map.of("action", "approve", "id", ids.getFirst()));
    assertThat(done.html().select("[role=status]").text()).contains("1 of 1 done");
    assertThat(json(postroom.get("/api/v1/messages?hold=approval")).at("/data/0/id").stringValue())
        .isEqualTo(ids.getLast());
    assertThat(postroom.get("/api/v1/messages?hold=weather").statusCode()).isEqualTo(422);
  }

  private Page approveByHand(String id) {
    Page page = browser.open("/messages/" + id);
    String token = page.html().selectFirst("input[name=_csrf]").attr("value");
    return browser.post(
        "/messages/" + id + "/approval", Map.of("decision", "approve", "_csrf", token));
  }

  private void colleague(String role) {
    postroom
        .bean(Database.class)
        .run(sql -> {
          sql.sql(
                  "INSERT INTO people (id, email, name, password, created_at)"
                      + " VALUES ('usr_b', 'b@acme.example', 'Berta', 'none', 0)")
              .update();
          sql.sql(
                  "INSERT INTO memberships (company_id, person_id, role)"
                      + " VALUES (:company, 'usr_b', :role)")
              .param("company", company())
              .param("role", role)
              .update();
        });
  }

  private String waiting(Message.Origin origin, @Nullable Instant at) {
    String id = Ids.next("msg");
    var account = postroom.bean(Accounts.class).localOf(company());
    String mime =
        "Message-ID: <"
            + id
            + "@acme.example>\r\nFrom: s@acme.example\r\nTo: a@b.example\r\n"
            + "Subject: Hello\r\n\r\nHello\r\n";
    postroom
        .bean(Outbox.class)
        .accept(
            new Draft(
                company(),
                id,
                account.id(),
                Address.of("s@acme.example"),
                Address.of("s@acme.example"),
                "<" + id + "@acme.example>",
                "Hello",
                List.of(new Draft.To(Address.of("a@b.example"), RecipientRole.TO)),
                mime.getBytes(StandardCharsets.US_ASCII),
                false,
                at,
                origin,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                Map.of(),
                null,
                Message.Hold.APPROVAL,
                "Waits for approval. Ask Anna"));
    return id;
  }

  private HttpResponse<String> post(String id, String verb, String body) {
    return postroom.post("/api/v1/messages/" + id + "/" + verb, body);
  }

  private String company() {
    return postroom.bean(Access.class).companies().getFirst().id();
  }

  private String state(String id) {
    return json(postroom.get("/api/v1/messages/" + id)).get("state").stringValue();
  }
}
