package org.postroom.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.testkit.Browser;
import org.postroom.testkit.EwsMailboxes;
import org.postroom.testkit.EwsOffer;
import org.postroom.testkit.EwsServer;
import org.postroom.testkit.GmailServer;
import org.postroom.testkit.GraphServer;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.ScriptedTokens;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.SmtpScript.Verb;
import org.postroom.testkit.TestDatabase;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;

/** What leaves under a company's test mode, by every road, seen from the servers it leads to. */
@ParameterizedClass
@EnumSource
class TestModeTests {
  private static final List<String> PEOPLE =
      List.of(
          "anna@contoso.example",
          "bert@contoso.example",
          "cleo@test.acme.example",
          "dora@test.acme.example",
          "emil@sub.test.acme.example",
          "fred@müller.example",
          "Gina@Contoso.example",
          "tester@acme.example");

  @Parameter TestDatabase kind;

  private ScriptedSmtpServer smtp;
  private EwsServer exchange;
  private GraphServer graph;
  private GmailServer gmail;
  private ScriptedTokens tokens;
  private RunningPostroom postroom;
  private List<String> accounts;

  @BeforeEach
  void start() {
    smtp = ScriptedSmtpServer.start(SmtpOffer.plain());
    exchange = EwsServer.start(EwsOffer.plain("NTLM"));
    graph = GraphServer.start();
    gmail = GmailServer.start();
    tokens = new ScriptedTokens();
    Map<String, Object> settings = new HashMap<>(RunningPostroom.settings(kind));
    settings.put("POSTROOM_MICROSOFT_SIGN_IN_URL", tokens.url());
    settings.put("POSTROOM_MICROSOFT_GRAPH_URL", graph.service());
    settings.put("POSTROOM_GOOGLE_SIGN_IN_URL", tokens.url());
    settings.put("POSTROOM_GOOGLE_TOKEN_URL", tokens.url());
    settings.put("POSTROOM_GOOGLE_API_URL", gmail.service());
    postroom = RunningPostroom.start(settings);
    accounts =
        List.of(
            account(
                """
                {"kind": "smtp", "name": "Relay", "email": "invoices@acme.example", "default": true,
                 "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": false}}
                """
                    .formatted(smtp.port())),
            account(
                """
                {"kind": "exchange", "name": "Exchange", "email": "%s",
                 "exchange": {"uri": "%s", "domain": "ACME", "username": "invoices", "password": "%s", "mailbox": "%s"}}
                """
                    .formatted(
                        EwsMailboxes.SHARED,
                        exchange.uri(),
                        EwsMailboxes.PASSWORD,
                        EwsMailboxes.SHARED)),
            account("{\"kind\": \"local\", \"name\": \"Here\", \"email\": \"l@acme.example\"}"));
  }

  @AfterEach
  void stop() {
    postroom.close();
    exchange.close();
    graph.close();
    gmail.close();
    tokens.close();
    smtp.close();
  }

  @Test
  void nobodyOutsideTheModeGetsAnything() {
    var random = new Random(45);
    List<String> roadsOut = new ArrayList<>(accounts);
    roadsOut.add(signedIn("microsoft"));
    roadsOut.add(signedIn("google"));
    List<String> modes =
        List.of(
            "{\"mode\": \"catch_all\"}",
            "{\"mode\": \"redirect\", \"redirect_to\": \"tester@acme.example\"}",
            "{\"mode\": \"allow_list\", \"allowed\": [\"test.acme.example\", \"FRED@xn--mller-kva.example\"]}",
            "{\"mode\": \"allow_list\", \"allowed\": [\"bert@contoso.example\"]}",
            "{\"mode\": \"off\"}");
    for (int round = 0; round < 10; round++) {
      String mode = modes.get(round % modes.size());
      mode(mode);
      int before = gone().size();
      int keptBefore = kept().size();
      List<Set<String>> written = new ArrayList<>();
      List<String> ids = new ArrayList<>();
      for (String account : roadsOut) {
        Set<String> to = someOf(random);
        written.add(to);
        ids.add(send(account, to));
      }
      ids.forEach(id -> settled(id, "sent"));
      Set<String> allowed = allowedBy(mode);
      List<String> left = gone().subList(before, gone().size());
      assertThat(left).as(mode).allSatisfy(one -> assertThat(allowed).contains(key(one)));
      int people = written.stream().mapToInt(Set::size).sum();
      int keptNow = kept().size() - keptBefore;
      if (mode.contains("redirect")) assertThat(left.size()).isLessThanOrEqualTo(5);
      else assertThat(left.size() + keptNow).as("everybody once: " + mode).isEqualTo(people);
    }
    assertThat(roads)
        .as("every road was travelled")
        .containsOnlyKeys("smtp", "exchange", "graph", "gmail");
    assertThat(exchange.violations()).isEmpty();
    assertThat(smtp.violations()).isEmpty();
    assertThat(graph.violations()).isEmpty();
    assertThat(gmail.violations()).isEmpty();
  }

  @Test
  void whatWasQueuedBeforeTheSwitchObeysIt() {
    smtp.at(Verb.RCPT).message(1).say("450 4.2.0 Greylisted");
    String id = send(accounts.getFirst(), Set.of("anna@contoso.example"));
    settled(id, "delayed");
    mode("{\"mode\": \"catch_all\"}");
    assertThat(postroom.post("/api/v1/messages/" + id + "/retry", "").statusCode()).isEqualTo(200);
    JsonNode sent = settled(id, "sent");
    assertThat(smtp.received()).isEmpty();
    assertThat(kept()).containsExactly("anna@contoso.example");
    assertThat(sent.at("/recipients/0/reply").asString()).contains("Test mode: Kept in the local");
    assertThat(timeline(id)).contains("Test mode: nothing left. It is kept under Caught mail.");
  }

  @Test
  void aRedirectedMailIsTheSameBehindSomeLines() {
    mode("{\"mode\": \"redirect\", \"redirect_to\": \"tester@acme.example\"}");
    String id = send(accounts.getFirst(), Set.of("anna@contoso.example", "fred@müller.example"));
    JsonNode sent = settled(id, "sent");
    byte[] composed = postroom.bytes("/api/v1/messages/" + id + "/content").body();
    ScriptedSmtpServer.Received arrived = smtp.received().getFirst();
    String content = new String(arrived.content(), StandardCharsets.UTF_8);
    assertThat(arrived.recipients()).containsExactly("tester@acme.example");
    assertThat(content)
        .startsWith("X-Postroom-Test-Mode: redirect\r\n")
        .contains("X-Original-To: anna@contoso.example\r\n")
        .contains("X-Original-To: fred@xn--mller-kva.example\r\n")
        .endsWith(new String(composed, StandardCharsets.UTF_8));
    assertThat(timeline(id)).contains("Test mode: sent to tester@acme.example instead of ");
    assertThat(sent.at("/recipients/0/reply").asString())
        .contains("Test mode: sent to tester@acme.example instead.");
  }

  @Test
  void anAddressThatRefusesRedirectedMailBlocksNobody() {
    settled(send(accounts.getFirst(), Set.of("bert@contoso.example")), "sent");
    mode("{\"mode\": \"redirect\", \"redirect_to\": \"tester@acme.example\"}");
    smtp.at(Verb.RCPT).lineContaining("tester@").say("550 5.1.1 User unknown");
    settled(send(accounts.getFirst(), Set.of("anna@contoso.example")), "not_sent");
    assertThat(json(postroom.get("/api/v1/suppressions")).get("data")).isEmpty();
  }

  @Test
  void someAreCaughtAndTheOthersRetried() {
    mode("{\"mode\": \"allow_list\", \"allowed\": [\"anna@contoso.example\"]}");
    smtp.at(Verb.RCPT).message(1).say("450 4.2.0 Greylisted");
    String id = send(accounts.getFirst(), Set.of("anna@contoso.example", "bert@contoso.example"));
    settled(id, "delayed");
    postroom.post("/api/v1/messages/" + id + "/retry", "");
    settled(id, "sent");
    assertThat(gone()).containsExactly("anna@contoso.example");
    assertThat(kept()).containsExactly("bert@contoso.example");
    assertThat(timeline(id)).contains("Test mode: nothing left for bert@contoso.example.");
  }

  @Test
  void whileAllIsCaughtABrokenAccountHoldsNothingUp() {
    smtp.close();
    String id = send(accounts.getFirst(), Set.of("anna@contoso.example"));
    eventually(
        () -> json(postroom.get("/api/v1/accounts/" + accounts.getFirst())),
        account -> account.at("/health/state").asString().equals("paused"));
    mode("{\"mode\": \"catch_all\"}");
    settled(id, "sent");
    assertThat(kept()).containsExactly("anna@contoso.example");
  }

  private Set<String> someOf(Random random) {
    Set<String> some = new HashSet<>();
    int count = 1 + random.nextInt(4);
    while (some.size() < count) some.add(PEOPLE.get(random.nextInt(PEOPLE.size())));
    return some;
  }

  private static Set<String> allowedBy(String mode) {
    if (mode.contains("redirect")) return Set.of("tester@acme.example");
    if (mode.contains("test.acme"))
      return Set.of(
          "cleo@test.acme.example", "dora@test.acme.example", "fred@xn--mller-kva.example");
    if (mode.contains("bert")) return Set.of("bert@contoso.example");
    if (mode.contains("catch_all")) return Set.of();
    return PEOPLE.stream().map(TestModeTests::key).collect(Collectors.toSet());
  }

  private static String key(String address) {
    return org.postroom.mail.Address.of(address).key();
  }

  /** Whom the four servers delivered to, in the order in which this was asked. */
  private List<String> gone() {
    take("smtp", smtp.received().stream().flatMap(one -> one.recipients().stream()).toList());
    take(
        "exchange",
        exchange.mailboxes().sent().stream().flatMap(one -> one.recipients().stream()).toList());
    take("graph", graph.sent().stream().flatMap(one -> one.recipients().stream()).toList());
    take("gmail", gmail.sent().stream().flatMap(one -> one.recipients().stream()).toList());
    return List.copyOf(seen);
  }

  private final List<String> seen = new ArrayList<>();
  private final Map<String, Integer> roads = new HashMap<>();

  /** Each grows at its end only. */
  private void take(String road, List<String> all) {
    seen.addAll(all.subList(roads.getOrDefault(road, 0), all.size()));
    if (!all.isEmpty()) roads.put(road, all.size());
  }

  private List<String> kept() {
    List<String> all = new ArrayList<>();
    json(postroom.get("/api/v1/local_messages?limit=200"))
        .get("data")
        .forEach(mail -> mail.get("recipients").forEach(one -> all.add(one.asString())));
    return all;
  }

  private void mode(String body) {
    var put = postroom.put("/api/v1/test_mode", body);
    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
  }

  private String account(String body) {
    var made = postroom.post("/api/v1/accounts", body);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return json(made).get("id").asString();
  }

  /** At Microsoft or Google, by somebody who allows it there and comes back. */
  private String signedIn(String provider) {
    String mailbox = provider + "@acme.example";
    String id =
        account(
            "{\"kind\": \"%s\", \"name\": \"%s\", \"email\": \"%s\", \"%s\": {\"client_id\": \"app-1\"}}"
                .formatted(provider, provider, mailbox, provider));
    String url =
        json(postroom.post("/api/v1/accounts/" + id + "/sign_in", "{}")).get("url").asString();
    var query = UriComponentsBuilder.fromUriString(url).build().getQueryParams();
    String token = "planted-" + provider;
    graph.token(token, mailbox, "Mail.Send");
    gmail.token(token, mailbox, "gmail.send");
    String who =
        "\"email\": \"%s\", \"email_verified\": true, \"preferred_username\": \"%s\""
            .formatted(mailbox, mailbox);
    tokens.answer(
        200,
        """
        {"token_type": "Bearer", "expires_in": 3599, "access_token": "%s", "refresh_token": "again", "id_token": "%s",
         "scope": "https://graph.microsoft.com/Mail.Send https://www.googleapis.com/auth/gmail.send"}
        """
            .formatted(token, ScriptedTokens.idToken("app-1", query.getFirst("nonce"), who)));
    Browser.signedIn(postroom).open("/oauth/callback?code=c0de&state=" + query.getFirst("state"));
    return id;
  }

  private String send(String account, Collection<String> to) {
    var sent =
        postroom.post(
            "/api/v1/messages",
            "{\"account\": \"%s\", \"subject\": \"Preisliste\", \"text\": \"Grüße\", \"to\": [\"%s\"]}"
                .formatted(account, String.join("\", \"", to)));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
    return json(sent).get("id").asString();
  }

  private JsonNode settled(String id, String state) {
    Set<String> ends = Set.of("sent", "not_sent", "unclear", "delayed", "held");
    JsonNode message =
        eventually(
            () -> json(postroom.get("/api/v1/messages/" + id)),
            seen ->
                seen.get("state").asString().equals(state)
                    || (ends.contains(seen.get("state").asString()) && !state.equals("sent")));
    assertThat(message.get("state").asString()).as(message.toString()).isEqualTo(state);
    return message;
  }

  private String timeline(String id) {
    return postroom.get("/api/v1/messages/" + id + "/events").body();
  }
}
