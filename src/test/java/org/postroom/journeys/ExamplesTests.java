package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.postroom.testkit.RunningPostroom.json;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.testkit.FreePort;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import tools.jackson.databind.JsonNode;

/** The programs in examples/ do what they say, run as a reader runs them. */
class ExamplesTests {
  private static RunningPostroom postroom;
  @TempDir Path elsewhere;

  @BeforeAll
  static void start() {
    postroom = RunningPostroom.start();
  }

  @AfterAll
  static void stop() {
    postroom.close();
  }

  @Test
  void theShellScriptPrintsTheMailOfTheInvoice() throws Exception {
    assumePrograms("bash", "curl");
    Result result = run(Map.of(), "bash", script("first-invoice.sh"));
    assertThat(result.exit()).as(result.output()).isZero();
    assertThat(result.output())
        .contains("INV-2026-0412 is known now.", "is sent.", "To: ", "ap@contoso.example")
        .contains("Auto-Submitted: auto-generated", "512.30", "Invoice INV-2026-0412.pdf")
        .doesNotContain("JVBERi");
  }

  @Test
  void theShellScriptSaysWhatIsWrong() throws Exception {
    assumePrograms("bash", "curl");
    Path broken = Files.writeString(elsewhere.resolve("order.xml"), "<Invoice>");
    Result refused = run(Map.of(), "bash", script("first-invoice.sh"), broken.toString());
    assertThat(refused.exit()).isNotZero();
    assertThat(refused.output()).contains("\"status\":4").doesNotContain("2. The automatic");
    Result stranger =
        run(Map.of("POSTROOM_KEY", "pr_live_wrong"), "bash", script("first-invoice.sh"));
    assertThat(stranger.exit()).isNotZero();
    assertThat(stranger.output()).contains("401");
  }

  @Test
  void theShellScriptSendsThroughTheAccountItIsGiven() throws Exception {
    assumePrograms("bash", "curl");
    try (var server = ScriptedSmtpServer.start(SmtpOffer.plain());
        var own = RunningPostroom.start()) {
      String account = account(own, server.port());
      String routes = "/api/v1/routes";
      own.put(routes, "{\"quote\": {\"account\": \"%s\"}}".formatted(account));
      for (int time = 0; time < 2; time++) {
        Result result = run(own, Map.of("ACCOUNT", account), "bash", script("first-invoice.sh"));
        assertThat(result.exit()).as(result.output()).isZero();
      }
      assertThat(server.received()).hasSize(2);
      assertThat(json(own.get("/api/v1/local_messages")).get("data")).isEmpty();
      JsonNode kept = json(own.get(routes));
      assertThat(kept.get("invoice").get("account").stringValue()).isEqualTo(account);
      assertThat(kept.get("quote").get("account").stringValue()).isEqualTo(account);
    }
  }

  @Test
  void thePythonProgramPrintsTheMailOfTheInvoice() throws Exception {
    assumePrograms("python3");
    Result result = run(Map.of(), "python3", script("first_invoice.py"));
    assertThat(result.exit()).as(result.output()).isZero();
    assertThat(result.output())
        .contains("To: bills@lakeside.example", "is sent", "PY-2026-0001", "45.78")
        .contains("Attached: Invoice PY-2026-0001.pdf");
  }

  @Test
  void theJavaProgramPrintsTheHeadersOfTheMail() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Result result = run(Map.of(), java, script("FirstInvoice.java"));
    assertThat(result.exit()).as(result.output()).isZero();
    assertThat(result.output())
        .contains("goes to rechnung@harbour-kitchen.example", "is sent")
        .contains("To: ", "Message-ID: ");
  }

  @Test
  void theReceiverOfWebhooksBelievesOnlyWhatIsSigned() throws Exception {
    assumePrograms("python3");
    int port = FreePort.next();
    String url = "http://127.0.0.1:" + port + "/";
    String hooks = "/api/v1/webhook_endpoints";
    JsonNode endpoint = json(postroom.post(hooks, "{\"url\": \"" + url + "\"}"));
    var builder =
        new ProcessBuilder("python3", script("webhook_receiver.py"), "" + port, "--here")
            .redirectErrorStream(true);
    builder.environment().put("WEBHOOK_SECRET", endpoint.get("secret").stringValue());
    Process receiver = builder.start();
    try (var lines = receiver.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.readLine()).isEqualTo("listening on port " + port);
      assertThat(
              postroom
                  .send(
                      HttpRequest.newBuilder(URI.create(url))
                          .header("webhook-id", "hap_1")
                          .header("webhook-timestamp", "" + System.currentTimeMillis() / 1000)
                          .header("webhook-signature", "v1,bm9ib2R5")
                          .POST(HttpRequest.BodyPublishers.ofString("{}")))
                  .statusCode())
          .isEqualTo(401);
      String id = endpoint.get("id").stringValue();
      postroom.post(hooks + "/" + id + "/test", "");
      assertThat(lines.readLine()).startsWith("webhook.test");
      postroom.send(postroom.request(hooks + "/" + id).DELETE());
    } finally {
      receiver.destroyForcibly();
    }
  }

  private record Result(int exit, String output) {}

  private Result run(Map<String, String> settings, String... command) throws Exception {
    return run(postroom, settings, command);
  }

  /** From another folder: nobody promised to stand in the project's. */
  private Result run(RunningPostroom where, Map<String, String> settings, String... command)
      throws Exception {
    var builder =
        new ProcessBuilder(command).directory(elsewhere.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("POSTROOM_"));
    builder.environment().put("POSTROOM_URL", where.url());
    builder.environment().put("POSTROOM_KEY", RunningPostroom.API_KEY);
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    builder.environment().putAll(settings);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Result(process.exitValue(), output);
  }

  private static String script(String name) {
    return Path.of("examples", name).toAbsolutePath().toString();
  }

  private static String account(RunningPostroom own, int port) {
    JsonNode made =
        json(
            own.post(
                "/api/v1/accounts",
                """
                {"kind": "smtp", "name": "Real", "email": "invoices@acme.example", "default": false,
                 "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": false}}
                """
                    .formatted(port)));
    return made.get("id").stringValue();
  }

  private static void assumePrograms(String... names) throws IOException {
    List<String> folders = List.of(System.getenv("PATH").split(java.io.File.pathSeparator));
    for (String name : names)
      assumeTrue(
          folders.stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, name))),
          () -> "There is no " + name + " here: " + Arrays.toString(names) + " are needed.");
  }
}
