package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.postroom.testkit.ApiFault;
import org.postroom.testkit.Browser;
import org.postroom.testkit.Browser.Page;
import org.postroom.testkit.FreePort;
import org.postroom.testkit.GraphServer;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedTokens;
import tools.jackson.databind.JsonNode;

/**
 * Programs that know a server, a name and a password, and a mailbox at Microsoft that takes no
 * password any more: what they hand in leaves by Graph.
 */
@TestMethodOrder(OrderAnnotation.class)
class SmtpProgramsJourney {
  private static final String MAILBOX = "invoices@acme.example";
  private static final int PORT = FreePort.next();
  private static ScriptedTokens tokens;
  private static GraphServer graph;
  private static RunningPostroom postroom;
  private static String account;
  private static String password;

  @BeforeAll
  static void aMailboxIsConnectedAndAPasswordMade() {
    tokens = new ScriptedTokens();
    graph = GraphServer.start();
    postroom =
        RunningPostroom.start(
            Map.of(
                "POSTROOM_MICROSOFT_SIGN_IN_URL",
                tokens.url(),
                "POSTROOM_MICROSOFT_GRAPH_URL",
                graph.service(),
                "POSTROOM_SMTP_INGRESS_PORT",
                PORT,
                "POSTROOM_SMTP_INGRESS_BIND",
                "127.0.0.1",
                "POSTROOM_SMTP_INGRESS_NAME",
                "mail.acme.example"));
    Browser administrator = Browser.signedIn(postroom);
    account = connected(administrator);
    password = madeOnThePage(administrator);
  }

  @AfterAll
  static void stop() {
    if (postroom != null) postroom.close();
    graph.close();
    tokens.close();
  }

  @Test
  @Order(1)
  void swaks() throws Exception {
    run("", swaks(MAILBOX, password, "Backup finished"));
    GraphServer.Sent sent = sent("Backup finished");
    assertThat(sent.route()).isEqualTo("mime");
    assertThat(sent.mailbox()).isEqualTo(MAILBOX);
    assertThat(sent.recipients()).containsExactly("anna@contoso.example");
    assertThat(text(sent)).contains("Line one\r\n..Two dots\r\n");
  }

  @Test
  @Order(2)
  void msmtp() throws Exception {
    String mail =
        "Subject: Nightly list\nFrom: %s\nTo: anna@contoso.example\nBcc: boss@contoso.example\n\nDone.\n";
    run(
        mail.formatted(MAILBOX),
        "msmtp",
        "--host=127.0.0.1",
        "--port=" + PORT,
        "--auth=plain",
        "--user=scanner",
        "--passwordeval=echo " + password,
        "--tls=on",
        "--tls-starttls=on",
        "--tls-certcheck=off",
        "--from=" + MAILBOX,
        "--read-recipients");
    GraphServer.Sent sent = sent("Nightly list");
    assertThat(sent.recipients())
        .containsExactlyInAnyOrder("anna@contoso.example", "boss@contoso.example");
    String header = text(sent).substring(0, text(sent).indexOf("\r\nTo: "));
    assertThat(header).as("who is hidden stands in no line others see").doesNotContain("boss");
  }

  @Test
  @Order(3)
  void nodemailer() throws Exception {
    Assumptions.assumeTrue(
        Files.isDirectory(Path.of("/usr/share/nodejs/nodemailer")),
        "Skipped: nodemailer is not installed (Debian package node-nodemailer).");
    String program =
        """
        const t = require('/usr/share/nodejs/nodemailer').createTransport({host: '127.0.0.1', port: +process.argv[2],
          requireTLS: true, tls: {rejectUnauthorized: false}, auth: {user: 'shop', pass: process.argv[3]}});
        t.sendMail({from: '"Acme Shop" <invoices@acme.example>', to: 'Änna <anna@contoso.example>', subject: 'Bestellung № 7',
          text: 'Grüße', html: '<p>Grüße</p>', attachments: [{filename: 'Beleg 7.txt', content: 'x'.repeat(30000)}]})
          .then(r => console.log(r.response), e => { console.error(e); process.exit(1); });
        """;
    String said = run(program, "node", "-", "" + PORT, password);
    String id = said.replaceAll("(?s).*(msg_[0-9a-z]{26}) accepted.*", "$1");
    assertThat(await(id, "sent").get("account").asString()).isEqualTo(account);
    GraphServer.Sent sent = graph.sent().getLast();
    assertThat(text(sent)).contains("Beleg 7.txt", "multipart/mixed");
  }

  @Test
  @Order(4)
  void whileMicrosoftIsBusyTheProgramHasItsAnswerAndTheMailWaits() throws Exception {
    int before = graph.sent().size();
    graph.next(
        ApiFault.answer(
                "send",
                429,
                "{\"error\":{\"code\":\"ApplicationThrottled\",\"message\":\"Too many requests\"}}")
            .header("Retry-After", "1"));
    run("", swaks(MAILBOX, password, "Busy day"));
    assertThat(sent("Busy day").mailbox()).isEqualTo(MAILBOX);
    assertThat(graph.sent()).as("once").hasSize(before + 1);
  }

  @Test
  @Order(5)
  void aWrongPasswordAndAnAddressOfSomebodyElseAreRefusedInWords() throws Exception {
    int before = messages().size();
    assertThat(refused(swaks(MAILBOX, "pr_live_wrong", "x"))).contains("535 5.7.8");
    assertThat(refused(swaks("boss@elsewhere.example", password, "x")))
        .contains("550 5.7.1", MAILBOX);
    assertThat(messages()).hasSize(before);
  }

  @Test
  @Order(6)
  void theOfficeSeesEveryMailAndThePasswordShowsNowhere() {
    Browser office = Browser.signedIn(postroom);
    Page outbox = office.open("/outbox");
    assertThat(outbox.html().text()).contains("Backup finished", "Nightly list", "Busy day");
    for (JsonNode message : messages()) {
      assertThat(message.get("state").asString()).isEqualTo("sent");
      String id = message.get("id").asString();
      for (String path : List.of("", "/events", "/content"))
        assertThat(postroom.get("/api/v1/messages/" + id + path).body())
            .doesNotContain(password, "planted-");
      assertThat(office.open("/messages/" + id).html().html()).doesNotContain(password, "planted-");
    }
    assertThat(graph.violations()).isEmpty();
  }

  /** An administrator presses Connect, allows at Microsoft and comes back. */
  private static String connected(Browser administrator) {
    var made =
        postroom.post(
            "/api/v1/accounts",
            """
            {"kind": "microsoft", "name": "Invoices", "email": "%s", "microsoft": {"client_id": "app-1"}}\
            """
                .formatted(MAILBOX));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    String id = json(made).get("id").asString();
    var begun = postroom.post("/api/v1/accounts/" + id + "/sign_in", "{}");
    Map<String, String> asked = query(URI.create(json(begun).get("url").asString()));
    graph.token("planted-access", MAILBOX, "Mail.Send");
    String who =
        "\"email\": \"%s\", \"email_verified\": true, \"preferred_username\": \"%s\""
            .formatted(MAILBOX, MAILBOX);
    tokens.answer(
        200,
        """
        {"token_type": "Bearer", "expires_in": 3599, "scope": "https://graph.microsoft.com/Mail.Send",
         "access_token": "planted-access", "refresh_token": "planted-refresh", "id_token": "%s"}\
        """
            .formatted(ScriptedTokens.idToken("app-1", asked.get("nonce"), who)));
    Page back = administrator.open("/oauth/callback?code=c0de&state=" + asked.get("state"));
    assertThat(back.html().text()).contains("Connected as " + MAILBOX);
    return id;
  }

  private static String madeOnThePage(Browser administrator) {
    Page page =
        administrator.submit(
            "/api-keys",
            "form[action=/api-keys]",
            Map.of("name", "Scanner", "scopes", "messages:send"));
    return page.html().select("#key-text").text();
  }

  private static String[] swaks(String from, String key, String subject) {
    return new String[] {
      "swaks",
      "--server",
      "127.0.0.1:" + PORT,
      "--tls",
      "--auth",
      "LOGIN",
      "--auth-user",
      "erp",
      "--auth-password",
      key,
      "--from",
      from,
      "--to",
      "anna@contoso.example",
      "--header",
      "Subject: " + subject,
      "--body",
      "Line one\n..Two dots"
    };
  }

  private static GraphServer.Sent sent(String subject) {
    return eventually(
            () ->
                graph.sent().stream()
                    .filter(each -> text(each).contains("Subject: " + subject))
                    .toList(),
            found -> !found.isEmpty())
        .getFirst();
  }

  private static JsonNode messages() {
    return json(postroom.get("/api/v1/messages?limit=200")).get("data");
  }

  private static JsonNode await(String id, String state) {
    return eventually(
        () -> json(postroom.get("/api/v1/messages/" + id)),
        message -> message.path("state").asString("").equals(state));
  }

  private static String text(GraphServer.Sent sent) {
    return new String(sent.mime(), StandardCharsets.UTF_8);
  }

  private static String run(String input, String... command) throws Exception {
    Result result = result(input, command);
    assertThat(result.exit()).as(result.said()).isZero();
    return result.said();
  }

  private static String refused(String... command) throws Exception {
    Result result = result("", command);
    assertThat(result.exit()).as(result.said()).isNotZero();
    return result.said();
  }

  private record Result(int exit, String said) {}

  /** Skips where the program is not there. */
  private static Result result(String input, String... command) throws Exception {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(Map.of("HOME", "/nonexistent", "LC_ALL", "C.UTF-8"));
    Process process;
    try {
      process = builder.start();
    } catch (IOException notThere) {
      Assumptions.abort("Skipped: " + command[0] + " is not installed.");
      throw notThere;
    }
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), said);
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
