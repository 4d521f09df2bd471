package org.postroom.commandline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code postroom check-account}: lets the running Postroom check one of its accounts and tells the
 * stages as they come.
 */
final class CheckAccount {
  static final Command COMMAND =
      Command.asking("check-account", CheckAccount::run).with("--test-to");
  private static final Map<String, String> SIGNS = Map.of("ok", "✓", "failed", "✗");

  private final Server server;
  private final PrintStream out;

  private CheckAccount(Server server, PrintStream out) {
    this.server = server;
    this.out = out;
  }

  /** The exit code: 0 where the account can send, 1 where it cannot, 2 where nobody could ask. */
  static Answer run(Words words, Terminal terminal)
      throws Wrong, IOException, InterruptedException {
    String account = words.only("the id, address or name of an account");
    try (Server server = Server.of(words)) {
      var check = new CheckAccount(server, terminal.out());
      String id = Named.account(server, account);
      return check.run(id, words.option("--test-to").orElse(""), words.json());
    } catch (Refused refused) {
      throw new Wrong(String.valueOf(refused.getMessage()));
    }
  }

  private Answer run(String id, String testTo, boolean json)
      throws Wrong, Refused, IOException, InterruptedException {
    String body =
        testTo.isEmpty() ? "{}" : Server.JSON.writeValueAsString(Map.of("test_to", testTo));
    HttpRequest.Builder request =
        server
            .request("/accounts/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + "/checks")
            .header("Content-Type", "application/json")
            .header("Accept", json ? "application/json" : "text/event-stream")
            .POST(BodyPublishers.ofString(body));
    HttpResponse<InputStream> reply = server.send(request, BodyHandlers.ofInputStream());
    try (InputStream in = reply.body()) {
      if (reply.statusCode() / 100 != 2) throw Server.refused(in);
      return json ? whole(in) : stages(in);
    }
  }

  private static Answer whole(InputStream in) throws IOException, Wrong {
    JsonNode result = Server.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    if (!(result instanceof ObjectNode object)) throw new Wrong("The check has no result.");
    return new Answer(code(result), List.of(), object);
  }

  /** Server-sent events: a stage each, the whole result last. */
  private Answer stages(InputStream in) throws IOException, Wrong {
    var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    String event = "";
    var data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("event:")) event = line.substring(6).strip();
      else if (line.startsWith("data:")) data.append(line.substring(5).strip());
      else if (line.isEmpty() && !data.isEmpty()) {
        JsonNode node = Server.read(data.toString());
        data.setLength(0);
        if (event.equals("result")) return told(node);
        if (event.equals("stage")) stage(node);
      }
    }
    throw new Wrong("The check ended without a result.");
  }

  private void stage(JsonNode stage) {
    String result = stage.path("result").stringValue("");
    out.println(
        String.format(
                Locale.ROOT,
                "%s %-13s %6s  %s",
                SIGNS.getOrDefault(result, "-"),
                stage.path("stage").stringValue(""),
                stage.has("ms") ? stage.path("ms").asLong(0) + " ms" : "",
                result.equals("not_checked")
                    ? "not checked"
                    : stage.path("evidence").stringValue("").replace('\n', ' '))
            .stripTrailing());
  }

  private static Answer told(JsonNode result) {
    List<String> lines = new ArrayList<>();
    JsonNode finding = result.path("finding");
    if (finding.isObject()) {
      lines.add("");
      lines.add(
          finding.path("what").stringValue("") + " (" + finding.path("id").stringValue("") + ")");
      int number = 1;
      for (JsonNode step : finding.path("steps"))
        lines.add("  " + number++ + ". " + step.stringValue(""));
    }
    if (code(result) == 0) lines.add("\nThis account can send.");
    return new Answer(code(result), lines, Answer.object());
  }

  private static int code(JsonNode result) {
    return result.path("result").stringValue("").equals("ok") ? 0 : 1;
  }
}
