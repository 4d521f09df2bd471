package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postroom.db.Database;
import org.postroom.testkit.GraphServer;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.ScriptedTokens;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.SmtpScript.Verb;
import org.postroom.testkit.TestDatabase;

/** Two nodes sign in with the same accounts: what one learns counts for both. */
class TwoNodesSignInJourney {
  private static final int CONNECTIONS = 2;
  private static ScriptedTokens tokens;
  private static GraphServer graph;
  private static RunningPostroom one;
  private static RunningPostroom two;

  @BeforeAll
  static void start() {
    tokens = new ScriptedTokens();
    graph = GraphServer.start();
    Map<String, Object> settings =
        Map.of(
            "POSTROOM_DATABASE_URL", TestDatabase.migratedPostgresUrl(),
            "POSTROOM_MICROSOFT_SIGN_IN_URL", tokens.url(),
            "POSTROOM_MICROSOFT_GRAPH_URL", graph.service());
    one = RunningPostroom.start(settings);
    two = RunningPostroom.start(settings);
  }

  @AfterAll
  static void stop() {
    one.close();
    two.close();
    graph.close();
    tokens.close();
  }

  @Test
  void oneTokenIsAskedForByBothNodesTogether() {
    String mailbox = "invoices@acme.example";
    graph.mailbox(mailbox).appToken("planted-app", "Mail.Send");
    tokens.answer(
        200,
        "{\"token_type\": \"Bearer\", \"expires_in\": 3599, \"access_token\": \"planted-app\"}");
    String account =
        made(
            """
            {"kind": "microsoft", "name": "Microsoft", "email": "%s", "active": true, "microsoft":
              {"tenant": "acme.example", "flow": "app", "client_id": "app-1", "client_secret": "planted-secret"}}
            """
                .formatted(mailbox));
    for (int i = 0; i < 20; i++) send(i % 2 == 0 ? one : two, account, "Token " + i);
    eventually(graph::sent, sent -> sent.size() == 20);
    assertThat(tokens.asked()).as("cluster-wide, until it expires").hasSize(1);
    assertThat(graph.violations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          535 5.7.8 Username and Password not accepted                                                                  | needs_sign_in
          535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.                                 | needs_sign_in
          535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.                 | needs_administrator
          535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully | needs_administrator
          454 4.7.0 Temporary authentication failure                                                                    | paused
          """)
  void aSignInThatFailsStopsTheAccountOnceAndCostsTheMessagesNothing(String reply, String state) {
    try (var server =
        ScriptedSmtpServer.start(SmtpOffer.plain().auth("acme", "secret word", "PLAIN"))) {
      server.at(Verb.AUTH).say(reply);
      String account =
          made(
              """
              {"kind": "smtp", "name": "At %1$d", "email": "s@acme.example", "active": true,
               "smtp": {"host": "127.0.0.1", "port": %1$d, "security": "none", "auth": true, "username": "acme", "password": "secret word"},
               "limits": {"connections": %2$d}}
              """
                  .formatted(server.port(), CONNECTIONS));
      for (int i = 0; i < 10; i++) send(i % 2 == 0 ? one : two, account, "Refused " + i);
      eventually(() -> health(account), state::equals);
      String waiting = state.equals("paused") ? "queued" : "held";
      eventually(() -> states(account), all -> all.equals(List.of(waiting)));
      assertThat(attempts(server))
          .as("tries to sign in, over both nodes")
          .isBetween(1L, (long) CONNECTIONS);
      assertThat(count("messages WHERE attempts > 0 AND account_id = '" + account + "'"))
          .as("charged to a message")
          .isZero();
      assertThat(
              count(
                  "account_events WHERE type = 'NEEDS_ATTENTION' AND account_id = '"
                      + account
                      + "'"))
          .as("told once")
          .isEqualTo(state.equals("paused") ? 0 : 1);
      assertThat(count("suppressions") + count("address_failures")).as("blocked").isZero();
      assertThat(server.received()).isEmpty();
      assertThat(
              one.send(
                      one.request("/api/v1/accounts/" + account)
                          .header("Content-Type", "application/json")
                          .method(
                              "PATCH",
                              java.net.http.HttpRequest.BodyPublishers.ofString(
                                  "{\"active\": false}")))
                  .statusCode())
          .isEqualTo(200);
    }
  }

  private static long attempts(ScriptedSmtpServer server) {
    return server.commands().stream().filter(line -> line.startsWith("AUTH")).count();
  }

  private static String health(String account) {
    return json(two.get("/api/v1/accounts/" + account)).at("/health/state").stringValue();
  }

  private static List<String> states(String account) {
    return two.bean(Database.class)
        .read(sql ->
            sql.sql("SELECT DISTINCT state FROM messages WHERE account_id = :account")
                .param("account", account)
                .query(String.class)
                .list());
  }

  private static long count(String from) {
    return two.bean(Database.class)
        .read(sql -> sql.sql("SELECT count(*) FROM " + from).query(Long.class).single());
  }

  private static String made(String json) {
    HttpResponse<String> answer = one.post("/api/v1/accounts", json);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return json(answer).get("id").stringValue();
  }

  private static void send(RunningPostroom node, String account, String subject) {
    HttpResponse<String> answer =
        node.post(
            "/api/v1/messages",
            """
            {"subject": "%s", "text": "Good morning", "to": ["a@x.example"], "account": "%s"}
            """
                .formatted(subject, account));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }
}
