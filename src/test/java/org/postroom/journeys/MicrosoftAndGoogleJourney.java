package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postroom.db.Database;
import org.postroom.delivery.FindUnclear;
import org.postroom.testkit.ApiFault;
import org.postroom.testkit.Browser;
import org.postroom.testkit.GmailServer;
import org.postroom.testkit.GraphServer;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedTokens;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;

/** Mail through Microsoft's and Google's services, with tokens that end, and days that are bad. */
class MicrosoftAndGoogleJourney {
  private static final String GRAPH = "https://graph.microsoft.com/";
  private static final String GMAIL = "https://www.googleapis.com/auth/gmail.send";
  private static final String REFUSED =
      "{\"error\": \"invalid_grant\", \"error_description\": \"%s\"}";
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private static ScriptedTokens tokens;
  private static GraphServer graph;
  private static GmailServer gmail;
  private static RunningPostroom shared;

  private final String mailbox = "invoices" + NUMBERS.incrementAndGet() + "@acme.example";
  private RunningPostroom postroom = shared;
  private String last = "";

  @BeforeAll
  static void start() {
    tokens = new ScriptedTokens();
    graph = GraphServer.start();
    gmail = GmailServer.start();
    shared = RunningPostroom.start(settings());
  }

  @AfterAll
  static void stop() {
    if (shared != null) shared.close();
    graph.close();
    gmail.close();
    tokens.close();
  }

  @AfterEach
  void theRulesWereKept() {
    assertThat(graph.violations()).isEmpty();
    assertThat(gmail.violations()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void anAppSendsTheInvoiceWithItsPdf(TestDatabase database) throws Exception {
    Map<String, Object> settings = new HashMap<>(settings());
    settings.putAll(RunningPostroom.settings(database));
    try (var own = RunningPostroom.start(settings)) {
      postroom = own;
      graph.mailbox(mailbox).appToken("planted-app-" + mailbox, "Mail.Send");
      tokens.answer(
          200,
          "{\"token_type\": \"Bearer\", \"expires_in\": 3599, \"access_token\": \"planted-app-%s\"}"
              .formatted(mailbox));
      String account =
          account(
              "microsoft",
              "\"tenant\": \"acme.example\", \"flow\": \"app\", \"client_id\": \"app-1\","
                  + " \"client_secret\": \"planted-client-secret\"");
      var put =
          postroom.send(
              postroom
                  .request("/api/v1/documents")
                  .header("Content-Type", "application/xml")
                  .POST(
                      java.net.http.HttpRequest.BodyPublishers.ofFile(
                          Path.of("examples/invoice-ubl.xml"))));
      assertThat(put.statusCode()).as(put.body()).isEqualTo(201);
      JsonNode sent =
          await(
              send(
                  """
                  {"document": {"kind": "invoice", "number": "INV-2026-0412"}, "account": "%s"}\
                  """
                      .formatted(account)),
              "sent");
      assertThat(sent.toString()).doesNotContain("planted-");
      var arrived = onlyAtGraph();
      assertThat(arrived.recipients()).containsExactly("ap@contoso.example");
      assertThat(text(arrived.mime())).contains("Invoice INV-2026-0412.pdf", "application/pdf");
      assertThat(tokens.asked().getLast())
          .containsEntry("grant_type", "client_credentials")
          .containsEntry("scope", GRAPH + ".default");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"microsoft", "google"})
  void aTokenThatTheServerNoLongerTakesIsRenewedOnceAndTheMailGoesOnce(String kind) {
    String account = signedIn(kind);
    aged(account);
    expire();
    int asked = tokens.asked().size();
    JsonNode sent = await(send(account, "Hello"), "sent");
    assertThat(arrived(kind)).isOne();
    assertThat(tokens.asked()).hasSize(asked + 1);
    assertThat(tokens.asked().getLast()).containsEntry("grant_type", "refresh_token");
    assertThat(sent.toString()).doesNotContain("planted-");
    assertThat(state(account)).isEqualTo("working");
  }

  @ParameterizedTest
  @ValueSource(strings = {"microsoft", "google"})
  void aSignInThatEndedHoldsTheMailUntilSomebodySignsInAgain(String kind) {
    String account = signedIn(kind);
    aged(account);
    expire();
    tokens.answer(
        400,
        REFUSED.formatted(
            kind.equals("google")
                ? "Token has been expired or revoked."
                : "AADSTS50173: The provided grant has expired due to it being revoked."));
    String message = send(account, "Hello");
    await(message, "held");
    JsonNode health = account(account).get("health");
    assertThat(health.get("state").asString()).isEqualTo("needs_sign_in");
    assertThat(health.get("finding").asString()).as(health.toString()).isNotBlank();
    assertThat(health.toString()).doesNotContain("planted-");
    assertThat(arrived(kind)).isZero();
    signIn(kind, account, false);
    await(message, "sent");
    assertThat(arrived(kind)).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"microsoft", "google"})
  void whoIsAskedToWaitPausesAndThenSendsOnce(String kind) {
    String account = signedIn(kind);
    next(
        kind,
        ApiFault.answer(
                "send",
                429,
                kind.equals("google")
                    ? "{\"error\":{\"code\":429,\"message\":\"Too many requests\",\"status\":\"RESOURCE_EXHAUSTED\",\"errors\":[{\"reason\":\"rateLimitExceeded\"}]}}"
                    : "{\"error\":{\"code\":\"ApplicationThrottled\",\"message\":\"Too many requests\"}}")
            .header("Retry-After", "2"));
    String message = send(account, "Hello");
    eventually(() -> state(account), "paused"::equals);
    await(message, "sent");
    assertThat(arrived(kind)).isOne();
    eventually(() -> state(account), "working"::equals);
  }

  @ParameterizedTest
  @ValueSource(strings = {"microsoft", "google"})
  void anAnswerThatSaysNothingIsUnclearAndNeverSentAgainByItself(String kind) {
    String account = signedIn(kind);
    next(kind, ApiFault.answerAfterDoing("send", 504, "<html>Gateway timeout</html>"));
    String message = send(account, "Hello");
    await(message, "unclear");
    // With the permission to send alone, nobody can look whether it went.
    postroom.bean(FindUnclear.class).look();
    await(send(account, "The next"), "sent");
    assertThat(json(postroom.get("/api/v1/messages/" + message)).get("state").asString())
        .isEqualTo("unclear");
    assertThat(arrived(kind)).as("the unclear one and the next").isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"microsoft", "google"})
  void whatHadNoAnswerIsSentOnceItsCopyIsFoundInTheMailbox(String kind) {
    String account = account(kind, "\"client_id\": \"app-1\"");
    signIn(kind, account, true);
    for (ApiFault fault :
        List.of(
            ApiFault.answerAfterDoing("send", 504, "<html>Gateway timeout</html>"),
            ApiFault.hangUp("send", ApiFault.Moment.AFTER_DOING))) {
      next(kind, fault);
      String message = send(account, "Hello");
      await(message, "unclear");
      postroom.bean(FindUnclear.class).look();
      JsonNode found = await(message, "sent");
      assertThat(found.at("/recipients/0/state").asString()).isEqualTo("accepted");
      assertThat(postroom.get("/api/v1/messages/" + message + "/events").body())
          .contains("A copy was found in the mailbox");
    }
    assertThat(arrived(kind)).isEqualTo(2);
    next(kind, ApiFault.hangUp("send", ApiFault.Moment.AFTER_READING));
    String lost = send(account, "Hello");
    await(lost, "unclear");
    postroom.bean(FindUnclear.class).look();
    await(lost, "unclear");
    assertThat(arrived(kind)).as("it was read and not acted on").isEqualTo(2);
  }

  @Test
  void acceptedWithAWishToSlowDownIsAcceptedOnce() {
    String account = signedIn("microsoft");
    graph.next(ApiFault.answerAfterDoing("sendMail", 202, "").header("Retry-After", "3"));
    await(send(account, "Hello"), "sent");
    await(send(account, "The next"), "sent");
    assertThat(arrived("microsoft")).isEqualTo(2);
  }

  @Test
  void aFullMailboxHoldsTheMailUntilSomebodyMakesRoom() {
    String account = signedIn("microsoft");
    graph.next(
        ApiFault.answer(
            "sendMail",
            507,
            "{\"error\":{\"code\":\"ErrorQuotaExceeded\",\"message\":\"The mailbox is full.\"}}"));
    String message = send(account, "Hello");
    await(message, "held");
    assertThat(state(account)).isEqualTo("needs_administrator");
    assertThat(arrived("microsoft")).isZero();
    signIn("microsoft", account, false);
    await(message, "sent");
    assertThat(arrived("microsoft")).isOne();
  }

  @Test
  void anUploadLostHalfWayLeavesNoDraftAndTheNextTryGoesOnce() {
    String account = account("microsoft", "\"client_id\": \"app-1\"");
    signIn("microsoft", account, true);
    graph.next(ApiFault.hangUp("PUT /upload/", ApiFault.Moment.AFTER_DOING));
    String message =
        send(
            """
            {"subject": "Plans", "text": "Hi.", "to": ["anna@x.example"], "account": "%s",
             "attachments": [{"filename": "plans.bin", "content": "%s"}]}\
            """
                .formatted(account, Base64.getEncoder().encodeToString(new byte[5_000_000])));
    await(message, "delayed");
    assertThat(graph.drafts()).isZero();
    assertThat(arrived("microsoft")).isZero();
    postroom.post("/api/v1/messages/" + message + "/retry", "");
    await(message, "sent");
    assertThat(onlyAtGraph().route()).isEqualTo("draft");
  }

  @Test
  void aLargeMailGoesAsADraftWithAnUpload() {
    String account = account("microsoft", "\"client_id\": \"app-1\"");
    signIn("microsoft", account, true);
    byte[] file = new byte[5_000_000];
    new Random(7).nextBytes(file);
    await(
        send(
            """
            {"subject": "Plans", "text": "Hi.", "to": ["anna@x.example"], "bcc": ["secret@x.example"], "account": "%s",
             "attachments": [{"filename": "plans.bin", "content": "%s"}]}\
            """
                .formatted(account, Base64.getEncoder().encodeToString(file))),
        "sent");
    var arrived = onlyAtGraph();
    assertThat(arrived.route()).isEqualTo("draft");
    assertThat(arrived.recipients())
        .containsExactlyInAnyOrder("anna@x.example", "secret@x.example");
    assertThat(text(arrived.mime())).contains("plans.bin");
    assertThat(graph.drafts()).isZero();
  }

  private static Map<String, Object> settings() {
    return Map.of(
        "POSTROOM_MICROSOFT_SIGN_IN_URL", tokens.url(),
        "POSTROOM_MICROSOFT_GRAPH_URL", graph.service(),
        "POSTROOM_GOOGLE_SIGN_IN_URL", tokens.url(),
        "POSTROOM_GOOGLE_TOKEN_URL", tokens.url(),
        "POSTROOM_GOOGLE_REVOKE_URL", tokens.url() + "/revoke",
        "POSTROOM_GOOGLE_API_URL", gmail.service());
  }

  private String signedIn(String kind) {
    String account = account(kind, "\"client_id\": \"app-1\"");
    signIn(kind, account, false);
    return account;
  }

  private String account(String kind, String connection) {
    var made =
        postroom.post(
            "/api/v1/accounts",
            """
            {"kind": "%s", "name": "Invoices %s", "email": "%s", "%s": {%s}}\
            """
                .formatted(kind, mailbox, mailbox, kind, connection));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return json(made).get("id").asString();
  }

  /** A program begins, a person allows at the provider and comes back. */
  private void signIn(String kind, String account, boolean large) {
    var begun =
        postroom.post(
            "/api/v1/accounts/" + account + "/sign_in", "{\"large_attachments\": " + large + "}");
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
    Map<String, String> query = query(URI.create(json(begun).get("url").asString()));
    tokens.answer(form -> granted(kind, query, large));
    var back =
        Browser.signedIn(postroom).open("/oauth/callback?code=c0de&state=" + query.get("state"));
    assertThat(back.html().text()).contains("Connected as " + mailbox);
  }

  private ScriptedTokens.Answer granted(String kind, Map<String, String> query, boolean large) {
    last = "planted-access-" + NUMBERS.incrementAndGet();
    if (kind.equals("google"))
      gmail.token(last, mailbox, "gmail.send", large ? "gmail.readonly" : "openid");
    else if (large) graph.token(last, mailbox, "Mail.Send", "Mail.ReadWrite");
    else graph.token(last, mailbox, "Mail.Send");
    String scopes = GRAPH + "Mail.Send" + (large ? " " + GRAPH + "Mail.ReadWrite" : "");
    String who =
        "\"email\": \"%s\", \"email_verified\": true, \"preferred_username\": \"%s\""
            .formatted(mailbox, mailbox);
    return ScriptedTokens.Answer.json(
        200,
        """
        {"token_type": "Bearer", "expires_in": 3599, "scope": "%s", "access_token": "%s", "refresh_token": "planted-refresh-%s", "id_token": "%s"}\
        """
            .formatted(
                kind.equals("google") ? GMAIL : scopes,
                last,
                last,
                ScriptedTokens.idToken("app-1", query.get("nonce"), who)));
  }

  /** As if the sign-in were some minutes old: another token is asked for once a minute at most. */
  private void aged(String account) {
    postroom
        .bean(Database.class)
        .run(sql ->
            sql.sql(
                    "UPDATE account_grants SET last_renewed = last_renewed - 120000 WHERE account_id"
                        + " = :account")
                .param("account", account)
                .update());
  }

  private void expire() {
    graph.expire(last);
    gmail.expire(last);
  }

  private static void next(String kind, ApiFault fault) {
    if (kind.equals("google")) gmail.next(fault);
    else graph.next(fault);
  }

  private long arrived(String kind) {
    return kind.equals("google")
        ? gmail.sent().stream().filter(mail -> mail.from().equals(mailbox)).count()
        : graph.sent().stream().filter(mail -> mail.mailbox().equals(mailbox)).count();
  }

  private GraphServer.Sent onlyAtGraph() {
    List<GraphServer.Sent> sent =
        graph.sent().stream().filter(mail -> mail.mailbox().equals(mailbox)).toList();
    assertThat(sent).hasSize(1);
    return sent.getFirst();
  }

  private String send(String account, String subject) {
    return send(
        """
        {"subject": "%s", "text": "Hi.", "to": ["anna@x.example"], "account": "%s"}\
        """
            .formatted(subject, account));
  }

  private String send(String body) {
    HttpResponse<String> sent = postroom.post("/api/v1/messages", body);
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
    return json(sent).get("id").asString();
  }

  private JsonNode await(String message, String state) {
    return eventually(
        () -> json(postroom.get("/api/v1/messages/" + message)),
        seen -> seen.get("state").asString().equals(state));
  }

  private JsonNode account(String id) {
    return json(postroom.get("/api/v1/accounts/" + id));
  }

  private String state(String account) {
    return account(account).at("/health/state").asString();
  }

  private static String text(byte[] mime) {
    return new String(mime, StandardCharsets.UTF_8);
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
