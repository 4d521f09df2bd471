package org.postroom.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.json;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postroom.testkit.ApiFault;
import org.postroom.testkit.Browser;
import org.postroom.testkit.EwsMailboxes;
import org.postroom.testkit.EwsOffer;
import org.postroom.testkit.EwsServer;
import org.postroom.testkit.GmailServer;
import org.postroom.testkit.GraphServer;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedTokens;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Checks over REST of accounts that sign in at a provider, and of an Exchange of one's own. */
class ProviderCheckTests {
  private static final List<String> PROVIDER =
      List.of(
          "settings",
          "sign_in_service",
          "consent",
          "authenticate",
          "connect",
          "mailbox",
          "sender",
          "content",
          "domain");
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private static ScriptedTokens tokens;
  private static GraphServer graph;
  private static GmailServer gmail;
  private static EwsServer exchange;
  private static RunningPostroom postroom;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final String mailbox = "check" + NUMBERS.incrementAndGet() + "@acme.example";
  private final String token = "planted-access-" + NUMBERS.get();
  private String told = "";

  @BeforeAll
  static void start() {
    tokens = new ScriptedTokens();
    graph = GraphServer.start();
    gmail = GmailServer.start();
    exchange = EwsServer.start(EwsOffer.plain("NTLM"));
    postroom =
        RunningPostroom.start(
            Map.of(
                "POSTROOM_MICROSOFT_SIGN_IN_URL", tokens.url(),
                "POSTROOM_MICROSOFT_GRAPH_URL", graph.service(),
                "POSTROOM_GOOGLE_SIGN_IN_URL", tokens.url(),
                "POSTROOM_GOOGLE_TOKEN_URL", tokens.url(),
                "POSTROOM_GOOGLE_REVOKE_URL", tokens.url() + "/revoke",
                "POSTROOM_GOOGLE_API_URL", gmail.service()));
  }

  @AfterAll
  static void stop() {
    if (postroom != null) postroom.close();
    exchange.close();
    graph.close();
    gmail.close();
    tokens.close();
  }

  @BeforeEach
  void listen() {
    log.start();
    rootLog().addAppender(log);
  }

  @AfterEach
  void noSecretWasTold() {
    rootLog().detachAppender(log);
    for (ILoggingEvent event : log.list)
      assertThat(event.getFormattedMessage() + event.getThrowableProxy())
          .doesNotContain("planted-", EwsMailboxes.PASSWORD);
    assertThat(told).isNotEmpty().doesNotContain("planted-", EwsMailboxes.PASSWORD);
  }

  @Test
  void microsoftPasses() {
    JsonNode check = check(microsoft());
    assertThat(check.get("result").asString()).as(check.toString()).isEqualTo("ok");
    assertThat(names(check)).isEqualTo(PROVIDER);
    assertThat(graph.sent()).anyMatch(mail -> mail.mailbox().equals(mailbox));
  }

  @Test
  void microsoftRefusesTheClientSecret() {
    String account = microsoft();
    refuse("invalid_client", "AADSTS7000215: Invalid client secret provided. " + token);
    failed(check(account), "authenticate", "X18");
  }

  @Test
  void microsoftMissesTheConsent() {
    String account = microsoft();
    refuse("invalid_grant", "AADSTS65001: The user or administrator has not consented.");
    failed(check(account), "consent", "X03");
  }

  @Test
  void graphRefusesTheToken() {
    String account = microsoft();
    graph.expire(token);
    failed(check(account), "mailbox", "P01");
  }

  @Test
  void graphDeniesSendingAsThisAddress() {
    String account = microsoft();
    graph.next(
        ApiFault.answer(
            "sendMail",
            403,
            "{\"error\":{\"code\":\"ErrorSendAsDenied\",\"message\":\"The user account which was"
                + " used to submit this request does not have the right to send mail on behalf of"
                + " the specified sending account. "
                + token
                + "\"}}"));
    failed(check(account), "sender", "P04");
  }

  @Test
  void graphMissesThePermissionToSend() {
    String account = microsoft();
    graph.appToken(token, "User.Read");
    failed(check(account), "sender", "P02");
  }

  @Test
  void googlePasses() {
    JsonNode check = check(google());
    assertThat(check.get("result").asString()).as(check.toString()).isEqualTo("ok");
    assertThat(names(check)).isEqualTo(PROVIDER);
    assertThat(gmail.sent()).anyMatch(mail -> mail.from().equals(mailbox));
  }

  @Test
  void gmailRefusesTheToken() {
    String account = google();
    gmail.expire(token);
    failed(check(account), "mailbox", "H01");
  }

  @Test
  void gmailMissesThePermissionToSend() {
    String account = google();
    gmail.token(token, mailbox, "openid");
    failed(check(account), "sender", "H02");
  }

  @Test
  void exchangePasses() {
    JsonNode check = check(exchange(EwsMailboxes.OWN, EwsMailboxes.PASSWORD));
    assertThat(check.get("result").asString()).as(check.toString()).isEqualTo("ok");
    assertThat(names(check))
        .containsExactly(
            "settings", "resolve", "connect", "authenticate", "sender", "content", "domain");
  }

  @Test
  void exchangeRefusesThePassword() {
    failed(check(exchange(EwsMailboxes.OWN, "planted-password")), "authenticate", "W01");
  }

  @Test
  void exchangeDeniesSendingAsThisAddress() {
    failed(check(exchange("boss@acme.example", EwsMailboxes.PASSWORD)), "sender", "W09");
  }

  private void failed(JsonNode check, String line, String finding) {
    String all = check.toString();
    assertThat(check.get("result").asString()).as(all).isEqualTo("failed");
    boolean after = false;
    for (JsonNode stage : check.get("stages")) {
      boolean here = stage.get("stage").asString().equals(line);
      String expected = here ? "failed" : after ? "not_checked" : "ok|advice";
      assertThat(stage.get("result").asString()).as(all).matches(expected);
      after |= here;
    }
    assertThat(after).as("has the stage " + line).isTrue();
    assertThat(check.at("/finding/id").asString()).as(all).isEqualTo(finding);
    assertThat(check.at("/finding/steps")).isNotEmpty();
  }

  private JsonNode check(String account) {
    var reply = postroom.post("/api/v1/accounts/" + account + "/checks", "{}");
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    told =
        reply.body()
            + postroom.get("/api/v1/accounts/" + account).body()
            + postroom.get("/api/v1/accounts/" + account + "/checks").body();
    return json(reply);
  }

  /** An app that signs in itself. */
  private String microsoft() {
    graph.mailbox(mailbox).appToken(token, "Mail.Send");
    tokens.answer(
        200,
        "{\"token_type\": \"Bearer\", \"expires_in\": 3599, \"access_token\": \"%s\"}"
            .formatted(token));
    return account(
        "microsoft",
        mailbox,
        "\"tenant\": \"acme.example\", \"flow\": \"app\", \"client_id\": \"app-1\","
            + " \"client_secret\": \"planted-client-secret\"");
  }

  /** A program begins, a person allows at the provider and comes back. */
  private String google() {
    gmail.token(token, mailbox, "gmail.send");
    String account = account("google", mailbox, "\"client_id\": \"app-1\"");
    var begun = postroom.post("/api/v1/accounts/" + account + "/sign_in", "{}");
    Map<String, String> query = query(URI.create(json(begun).get("url").asString()));
    String who = "\"email\": \"" + mailbox + "\", \"email_verified\": true";
    tokens.answer(
        200,
        """
        {"token_type": "Bearer", "expires_in": 3599, "scope": "https://www.googleapis.com/auth/gmail.send", "access_token": "%s", "refresh_token": "planted-refresh", "id_token": "%s"}\
        """
            .formatted(token, ScriptedTokens.idToken("app-1", query.get("nonce"), who)));
    Browser.signedIn(postroom).open("/oauth/callback?code=c0de&state=" + query.get("state"));
    return account;
  }

  private String exchange(String email, String password) {
    return account(
        "exchange",
        email,
        "\"uri\": \"%s\", \"domain\": \"ACME\", \"username\": \"invoices\", \"password\": \"%s\""
            .formatted(exchange.uri(), password));
  }

  private String account(String kind, String email, String connection) {
    var made =
        postroom.post(
            "/api/v1/accounts",
            """
            {"kind": "%s", "name": "%s %d", "email": "%s", "%s": {%s}}\
            """
                .formatted(kind, kind, NUMBERS.incrementAndGet(), email, kind, connection));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return json(made).get("id").asString();
  }

  private static void refuse(String error, String description) {
    tokens.answer(
        400, "{\"error\": \"%s\", \"error_description\": \"%s\"}".formatted(error, description));
  }

  private static Logger rootLog() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  private static List<String> names(JsonNode check) {
    List<String> names = new ArrayList<>();
    check.get("stages").forEach(stage -> names.add(stage.get("stage").asString()));
    return names;
  }

  private static Map<String, String> query(URI url) {
    Map<String, String> query = new HashMap<>();
    for (String pair : url.getRawQuery().split("&")) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }
}
