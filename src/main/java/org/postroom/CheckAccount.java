package org.postroom;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.postroom.CommandWords.Wrong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code postroom check-account}: lets the running Postroom check one of its accounts and tells the
 * stages as they come.
 */
final class CheckAccount {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final Map<String, String> SIGNS = Map.of("ok", "✓", "failed", "✗");

  private final String server;
  private final String key;
  private final PrintStream out;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  private CheckAccount(String server, String key, PrintStream out) {
    this.server = server;
    this.key = key;
    this.out = out;
  }

  /** The exit code: 0 where the account can send, 1 where it cannot, 2 where nobody could ask. */
  static int run(CommandWords words, PrintStream out) {
    try {
      String account = words.only("the id, address or name of an account");
      var check = new CheckAccount(words.server(), words.key(), out);
      return check.run(check.find(account), words.option("--test-to"), words.flag("--json"));
    } catch (Wrong wrong) {
      out.println(wrong.getMessage());
      return 2;
    } catch (IOException away) {
      out.println("Postroom at " + words.server() + " could not be asked: " + words(away));
      return 2;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return 2;
    }
  }

  /** People know addresses and names, programs ids. */
  private String find(String wanted) throws IOException, InterruptedException, Wrong {
    if (wanted.startsWith("acc_")) return wanted;
    HttpRequest request = request("/accounts?limit=200").GET().build();
    HttpResponse<String> reply = client.send(request, BodyHandlers.ofString());
    if (reply.statusCode() != 200) throw refused(reply.body());
    for (JsonNode account : read(reply.body()).path("data")) {
      boolean named =
          wanted.equalsIgnoreCase(account.path("email").stringValue(""))
              || wanted.equals(account.path("name").stringValue(""));
      if (named) return account.path("id").stringValue("");
    }
    throw new Wrong("There is no account “" + wanted + "”.");
  }

  private int run(String id, String testTo, boolean json)
      throws IOException, InterruptedException, Wrong {
    String body = testTo.isEmpty() ? "{}" : JSON.writeValueAsString(Map.of("test_to", testTo));
    HttpRequest request =
        request("/accounts/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + "/checks")
            .header("Content-Type", "application/json")
            .header("Accept", json ? "application/json" : "text/event-stream")
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<InputStream> reply = client.send(request, BodyHandlers.ofInputStream());
    try (InputStream in = reply.body()) {
      if (reply.statusCode() / 100 != 2)
        throw refused(new String(in.readNBytes(100_000), StandardCharsets.UTF_8));
      return json ? whole(in) : stages(in);
    }
  }

  private int whole(InputStream in) throws IOException, Wrong {
    JsonNode result = read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    out.println(result.toPrettyString());
    return code(result);
  }

  /** Server-sent events: a stage each, the whole result last. */
  private int stages(InputStream in) throws IOException, Wrong {
    var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    String event = "";
    var data = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("event:")) event = line.substring(6).strip();
      else if (line.startsWith("data:")) data.append(line.substring(5).strip());
      else if (line.isEmpty() && !data.isEmpty()) {
        JsonNode node = read(data.toString());
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

  private int told(JsonNode result) {
    JsonNode finding = result.path("finding");
    if (finding.isObject()) {
      out.println();
      out.println(
          finding.path("what").stringValue("") + " (" + finding.path("id").stringValue("") + ")");
      int number = 1;
      for (JsonNode step : finding.path("steps"))
        out.println("  " + number++ + ". " + step.stringValue(""));
    }
    int code = code(result);
    if (code == 0) out.println("\nThis account can send.");
    return code;
  }

  private static int code(JsonNode result) {
    return result.path("result").stringValue("").equals("ok") ? 0 : 1;
  }

  private HttpRequest.Builder request(String path) throws Wrong {
    try {
      return HttpRequest.newBuilder(URI.create(server + "/api/v1" + path))
          .timeout(LONGEST)
          .header("Authorization", "Bearer " + key);
    } catch (IllegalArgumentException notAnAddress) {
      throw new Wrong("“" + server + "” is not an address such as http://localhost:8025.");
    }
  }

  /** What the problem report says, field by field where it names fields. */
  private static Wrong refused(String problem) {
    try {
      JsonNode node = JSON.readTree(problem);
      var text =
          new StringBuilder(node.path("detail").stringValue(node.path("title").stringValue("")));
      for (JsonNode error : node.path("errors"))
        text.append("\n  ")
            .append(error.path("pointer").stringValue(""))
            .append(": ")
            .append(error.path("message").stringValue(""));
      if (!text.isEmpty()) return new Wrong(text.toString());
    } catch (JacksonException notJson) {
      // Something else than Postroom answered.
    }
    return new Wrong("What answers there does not seem to be Postroom.");
  }

  private static JsonNode read(String json) throws Wrong {
    try {
      return JSON.readTree(json);
    } catch (JacksonException notJson) {
      throw new Wrong("What answers there does not seem to be Postroom.");
    }
  }

  private static String words(IOException away) {
    String message = away.getMessage();
    return message == null ? "nobody listens there." : message;
  }
}
