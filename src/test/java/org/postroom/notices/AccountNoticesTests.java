package org.postroom.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.accounts.Account.Health.State;
import org.postroom.accounts.Accounts;
import org.postroom.testkit.Browser;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;

@ParameterizedClass
@EnumSource
class AccountNoticesTests {
  @Parameter TestDatabase kind;
  private ScriptedSmtpServer good;
  private ScriptedSmtpServer bad;
  private RunningPostroom postroom;
  private AccountNotices notices;

  @BeforeEach
  void start() {
    good = ScriptedSmtpServer.start(SmtpOffer.plain().auth("acme", "secret word", "PLAIN"));
    bad = ScriptedSmtpServer.start(SmtpOffer.plain().auth("acme", "new word", "PLAIN"));
    postroom = RunningPostroom.start(kind);
    notices = postroom.bean(AccountNotices.class);
  }

  @AfterEach
  void stop() {
    postroom.close();
    good.close();
    bad.close();
  }

  @Test
  void administratorsHearOnceOfTroubleAndOnceOfItsEndThroughAnotherAccount() throws Exception {
    String sales = smtp("Sales", bad, true);
    smtp("Invoices", good, false);
    String message = send(sales);
    await(sales, "needs_sign_in");
    try (var nodes = Executors.newFixedThreadPool(4)) {
      for (var each : nodes.invokeAll(Stream.generate(this::teller).limit(4).toList())) each.get();
    }
    notices.tell();
    JsonNode event = events().getFirst();
    assertThat(event.get("type").stringValue()).isEqualTo("account.needs_attention");
    assertThat(event.get("account").stringValue()).isEqualTo(sales);
    assertThat(event.get("reason").stringValue()).contains("535");
    JsonNode notice = sent(event.get("notice").stringValue());
    assertThat(notice.get("subject").stringValue()).isEqualTo("“Sales” can no longer sign in");
    assertThat(notice.at("/recipients/0/address").stringValue()).isEqualTo(RunningPostroom.ADMIN);
    assertThat(notice.at("/origin/kind").stringValue()).isEqualTo("notice");
    assertThat(good.received()).hasSize(1);
    String mail = content(event.get("notice").stringValue());
    assertThat(mail)
        .contains("1 message waits for it", "Auto-Submitted: auto-generated")
        .doesNotContain("secret word");
    assertBannerNames("Sales", sales);

    patch(sales, "{\"smtp\": {\"password\": \"new word\"}}");
    notices.tell();
    assertThat(good.received()).as("nothing proved it yet, or it was told").hasSizeLessThan(3);
    eventually(() -> state(message), state -> state.equals("sent"));
    await(sales, "working");
    eventually(
        () -> {
          notices.tell();
          return events().getLast();
        },
        last -> !last.get("notice").isNull());
    notices.tell();
    JsonNode end = events().getLast();
    assertThat(events()).hasSize(2);
    assertThat(end.get("type").stringValue()).isEqualTo("account.recovered");
    assertThat(sent(end.get("notice").stringValue()).get("subject").stringValue())
        .isEqualTo("“Sales” works again");
    assertThat(
            json(postroom.get("/api/v1/account_events?cursor=" + event.get("id").stringValue()))
                .get("data"))
        .hasSize(1);
    assertThat(postroom.get("/metrics").body())
        .contains("postroom_account_state{account=\"" + sales + "\",state=\"working\"} 1");
  }

  @Test
  void withoutAnotherAccountThatWorksOnlyTheBannerTellsUntilOneIsThere() {
    String sales = smtp("Sales", bad, true);
    send(sales);
    await(sales, "needs_sign_in");
    notices.tell();
    assertThat(events().getFirst().get("notice").isNull()).isTrue();
    assertThat(notices()).isEmpty();
    assertBannerNames("Sales", sales);
    assertThat(postroom.get("/metrics").body())
        .contains("postroom_account_state{account=\"" + sales + "\",state=\"needs_sign_in\"} 1");
    smtp("Invoices", good, false);
    notices.tell();
    assertThat(events().getFirst().get("notice").isNull()).isFalse();
  }

  @Test
  void troubleThatIsOverBeforeAnybodyWasToldIsNotTold() {
    String sales = smtp("Sales", good, true);
    smtp("Invoices", good, false);
    Accounts accounts = postroom.bean(Accounts.class);
    String company = postroom.bean(org.postroom.access.Access.class).companies().getFirst().id();
    accounts.needsAttention(company, sales, State.NEEDS_ADMINISTRATOR, "Not allowed.");
    accounts.needsAttention(company, sales, State.NEEDS_SIGN_IN, "Still not.");
    accounts.repaired(company, sales);
    notices.tell();
    assertThat(events()).hasSize(2).allMatch(event -> event.get("notice").isNull());
    assertThat(notices()).isEmpty();
  }

  private java.util.concurrent.Callable<Boolean> teller() {
    return () -> {
      notices.tell();
      return true;
    };
  }

  private void assertBannerNames(String name, String id) {
    var page = Browser.signedIn(postroom).open("/partners").html();
    assertThat(page.select(".notice").text()).contains(name);
    assertThat(page.select(".notice a[href=/accounts/" + id + "]")).isNotEmpty();
  }

  private List<JsonNode> events() {
    return json(postroom.get("/api/v1/account_events")).get("data").valueStream().toList();
  }

  private List<JsonNode> notices() {
    return json(postroom.get("/api/v1/messages"))
        .get("data")
        .valueStream()
        .filter(message -> message.at("/origin/kind").stringValue().equals("notice"))
        .toList();
  }

  private JsonNode sent(String id) {
    return eventually(
        () -> json(postroom.get("/api/v1/messages/" + id)),
        message -> message.get("state").stringValue().equals("sent"));
  }

  private String content(String id) {
    return new String(
        postroom.bytes("/api/v1/messages/" + id + "/content").body(), StandardCharsets.UTF_8);
  }

  private String state(String message) {
    return json(postroom.get("/api/v1/messages/" + message)).get("state").stringValue();
  }

  private void await(String account, String state) {
    eventually(
        () -> json(postroom.get("/api/v1/accounts/" + account)).at("/health/state").stringValue(),
        state::equals);
  }

  private String send(String account) {
    var reply =
        postroom.post(
            "/api/v1/messages",
            "{\"account\": \"%s\", \"subject\": \"s\", \"text\": \"t\", \"to\": [\"a@x.example\"]}"
                .formatted(account));
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(202);
    return json(reply).get("id").stringValue();
  }

  private void patch(String account, String body) {
    var request =
        postroom
            .request("/api/v1/accounts/" + account)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(body));
    assertThat(postroom.send(request).statusCode()).isEqualTo(200);
  }

  private String smtp(String name, ScriptedSmtpServer server, boolean isDefault) {
    var made =
        postroom.post(
            "/api/v1/accounts",
            """
            {"kind": "smtp", "name": "%s", "email": "%s@acme.example", "default": %s,
             "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "username": "acme", "password": "secret word"}}
            """
                .formatted(
                    name, name.toLowerCase(java.util.Locale.ROOT), isDefault, server.port()));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return json(made).get("id").stringValue();
  }
}
