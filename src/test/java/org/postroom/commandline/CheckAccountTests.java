package org.postroom.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.testkit.FreePort;

/** The command against replies of the API's shape; journeys try it against the product. */
class CheckAccountTests {
  private static final String FAILED =
      """
      {"result":"failed","stages":[],"finding":{"id":"G02","what":"Google refused the password.","steps":["Make an app password.","Paste it."],"action":"CFG"}}\
      """;

  private String text = "";
  private final List<String> asked = new ArrayList<>();
  private HttpServer server;
  private String reply = "";
  private int status = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void tellsEachStageAndWhatToDo() {
    reply =
        """
        event:stage
        data:{"stage":"resolve","result":"ok","ms":12,"evidence":"192.0.2.1"}

        event:stage
        data:{"stage":"authenticate","result":"failed","ms":80,"evidence":"535 5.7.8 no"}

        event:stage
        data:{"stage":"sender","result":"not_checked"}

        event:result
        data:%s

        """
            .formatted(FAILED);
    assertThat(run("check-account", "acc_1", "--test-to", "me@acme.example").exit()).isEqualTo(1);
    assertThat(text())
        .contains(
            "✓ resolve        12 ms  192.0.2.1",
            "✗ authenticate   80 ms  535 5.7.8 no",
            "- sender",
            "not checked",
            "Google refused the password. (G02)",
            "1. Make an app password.",
            "2. Paste it.");
    assertThat(asked)
        .containsExactly("POST /api/v1/accounts/acc_1/checks {\"test_to\":\"me@acme.example\"}");
  }

  @Test
  void aPassedCheckEndsWithNought() {
    reply = "event:result\ndata:{\"result\":\"ok\",\"stages\":[]}\n\n";
    assertThat(run("check-account", "acc_1").exit()).isEqualTo(0);
    assertThat(text()).contains("This account can send.");
  }

  @Test
  void programsGetTheWholeResult() {
    reply = FAILED;
    assertThat(run("check-account", "acc_1", "--json").exit()).isEqualTo(1);
    assertThat(text()).startsWith("{").contains("\"id\" : \"G02\"");
  }

  @Test
  void anAccountMayBeNamedByItsAddress() {
    reply =
        "{\"data\":[{\"id\":\"acc_7\",\"email\":\"invoices@acme.example\",\"name\":\"Invoices\"}]}";
    run("check-account", "Invoices@acme.example");
    assertThat(asked.getLast()).startsWith("POST /api/v1/accounts/acc_7/checks");
    assertThat(run("check-account", "nobody@acme.example").exit()).isEqualTo(2);
    assertThat(text()).contains("There is no account “nobody@acme.example”.");
  }

  @Test
  void aRefusalIsToldInItsOwnWords() {
    status = 422;
    reply =
        "{\"title\":\"x\",\"detail\":\"Something is wrong.\",\"errors\":[{\"pointer\":\"/test_to\",\"message\":\"Not an address.\"}]}";
    assertThat(run("check-account", "acc_1").exit()).isEqualTo(2);
    assertThat(text()).contains("Something is wrong.", "/test_to: Not an address.");
  }

  @Test
  void whatIsMissingIsSaid(@TempDir Path folder) throws IOException {
    assertThat(run("check-account").exit()).isEqualTo(2);
    assertThat(text()).contains("needs the id, address or name of an account");
    assertThat(run("check-account", "acc_1", "--test-to").exit()).isEqualTo(2);
    assertThat(text()).contains("--test-to needs a value.");
    assertThat(run("check-account", "acc_1", "--loud").exit()).isEqualTo(2);
    assertThat(text()).contains("There is no option --loud.");
    assertThat(tell(Tried.run(Map.of(), "check-account", "acc_1")).exit()).isEqualTo(2);
    assertThat(text()).contains("Name an API key");
    var away = Map.of("POSTROOM_API_KEY", "k", "POSTROOM_HTTP_PORT", "" + FreePort.next());
    assertThat(tell(Tried.run(away, "check-account", "acc_1")).exit()).isEqualTo(2);
    assertThat(text()).contains("could not be asked");
    Path key = Files.writeString(folder.resolve("key"), "from-file\n");
    reply = "event:result\ndata:{\"result\":\"ok\"}\n\n";
    run("check-account", "acc_1", "--key-file", key.toString());
    assertThat(asked.getLast()).startsWith("POST /api/v1/accounts/acc_1/checks");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    asked.add(
        (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + " " + body)
            .strip());
    assertThat(exchange.getRequestHeaders().getFirst("Authorization")).startsWith("Bearer ");
    byte[] bytes = reply.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Tried run(String... words) {
    var environment =
        Map.of(
            "POSTROOM_API_KEY",
            "pr_live_planted",
            "POSTROOM_HTTP_PORT",
            String.valueOf(server.getAddress().getPort()));
    return tell(Tried.run(environment, words));
  }

  private Tried tell(Tried tried) {
    text += tried.all();
    assertThat(text).doesNotContain("pr_live_planted");
    return tried;
  }

  private String text() {
    return text;
  }
}
