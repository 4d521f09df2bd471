package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.within;
import static org.postroom.testkit.RunningPostroom.json;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.db.Settings;
import org.postroom.keeping.Backup;
import org.postroom.testkit.Launch;
import org.postroom.testkit.PostroomProcess;
import org.postroom.testkit.ScriptedSmtpServer;
import org.postroom.testkit.SmtpOffer;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;

/** A backup made under load goes on elsewhere, after the original sent on and died. */
@ParameterizedClass
@EnumSource
class RestoreJourney {
  private static final Pattern ABOUT = Pattern.compile("(?m)^Subject: .*?(Text \\d+\\.|INV-\\d+)");

  @Parameter TestDatabase database;
  @TempDir Path elsewhere;
  private ScriptedSmtpServer server;
  private PostroomProcess original;
  private PostroomProcess copy;

  @BeforeEach
  void start() {
    server = ScriptedSmtpServer.start(SmtpOffer.plain());
    server.thinksFor(Duration.ofMillis(5));
    original = PostroomProcess.start(settings(), Launch.quick());
    made(
        original,
        201,
        "POST",
        "/api/v1/accounts",
        """
        {"kind": "smtp", "name": "Invoices", "email": "invoices@acme.example", "default": true, "active": true,
         "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": false}}
        """
            .formatted(server.port()));
    made(
        original,
        201,
        "PUT",
        "/api/v1/partners/contoso",
        """
        {"type": "customer", "name": "Contoso Bakery", "language": "en", "currency": "EUR", "emails": {"main": ["ap@contoso.example"]}}
        """);
    made(original, 200, "PATCH", "/api/v1/automations/invoice_issued", "{\"enabled\": true}");
  }

  @AfterEach
  void stop() {
    if (original != null) original.close();
    if (copy != null) copy.close();
    if (server != null) server.close();
  }

  @Test
  void sendsNothingTwiceAndLosesNothing() throws InterruptedException, IOException {
    var load = new ErpLoad(original, () -> server.received().size());
    load.begin();
    within(Duration.ofMinutes(1), () -> server.received().size(), n -> n >= 60);
    List<String> before = acknowledged(load);
    String name = json(made(original, 201, "POST", "/api/v1/backups", "{}")).get("id").asString();
    int soFar = server.received().size();
    within(Duration.ofMinutes(1), () -> server.received().size(), n -> n >= soFar + 60);
    load.end();
    original.kill();
    Map<String, Integer> byOriginal = arrivals();

    Map<String, String> there = settings();
    there.put("POSTROOM_HOME", elsewhere.toString());
    Path backup = original.home().resolve("backups").resolve(name);
    // The parts of a backup in the making are never left behind.
    try (Stream<Path> files = Files.list(backup.getParent())) {
      assertThat(files).hasSize(1);
    }
    Backup.restore(new Settings(there), backup, false);
    copy = PostroomProcess.start(elsewhere, there, Launch.quick());
    goOn();
    within(
        Duration.ofMinutes(1),
        () -> inStates("queued", "sending", "delayed").size() + openEvents(),
        n -> n == 0);

    assertThat(arrivals()).as("nothing left by itself").isEqualTo(byOriginal);
    List<JsonNode> all = inStates();
    assertThat(all.stream().map(RestoreJourney::about)).containsAll(before);
    List<JsonNode> held = inStates("held");
    assertThat(held).as("it was taken under load").isNotEmpty();
    assertThat(held).allMatch(message -> message.get("hold").asString("").equals("restored"));
    System.out.printf(
        "%s: %d messages in the backup, %d held, of them %d had left since; %d unclear%n",
        database,
        all.size(),
        held.size(),
        held.stream().filter(message -> byOriginal.containsKey(about(message))).count(),
        inStates("unclear").size());

    // A person compares with the mail server's log.
    for (JsonNode message : held) {
      String what = byOriginal.containsKey(about(message)) ? "cancel" : "retry";
      made(
          copy, 200, "POST", "/api/v1/messages/" + message.get("id").asString() + "/" + what, "{}");
    }
    within(
        Duration.ofMinutes(1),
        () -> inStates("queued", "sending", "delayed", "held").size(),
        n -> n == 0);
    Map<String, Integer> arrived = arrivals();
    assertThat(arrived.values()).as("each once").allMatch(times -> times == 1);
    List<String> unclear = inStates("unclear").stream().map(RestoreJourney::about).toList();
    assertThat(before).allMatch(about -> arrived.containsKey(about) || unclear.contains(about));
  }

  /** Somebody says that this is the original now. */
  private void goOn() {
    made(copy, 200, "POST", "/api/v1/restored", "{\"decision\": \"go_on\"}");
  }

  private static List<String> acknowledged(ErpLoad load) {
    return Stream.concat(load.texts().stream(), load.events().stream()).toList();
  }

  private Map<String, Integer> arrivals() {
    Map<String, Integer> arrivals = new HashMap<>();
    for (ScriptedSmtpServer.Received mail : server.received()) {
      Matcher subject = ABOUT.matcher(new String(mail.content(), StandardCharsets.UTF_8));
      assertThat(subject.find()).isTrue();
      arrivals.merge(subject.group(1), 1, Integer::sum);
    }
    return arrivals;
  }

  private static String about(JsonNode message) {
    JsonNode document = message.get("document");
    return document == null || document.isNull()
        ? message.get("subject").asString()
        : document.get("number").asString();
  }

  /** All messages of the copy in these states, or all. */
  private List<JsonNode> inStates(String... states) {
    List<JsonNode> found = new ArrayList<>();
    for (String state : states.length == 0 ? new String[] {""} : states) {
      String cursor = state.isEmpty() ? "" : "&state=" + state;
      String at = "";
      while (true) {
        JsonNode page =
            json(copy.send(copy.request("/api/v1/messages?limit=200" + cursor + at).GET()));
        page.get("data").forEach(found::add);
        if (!page.get("has_more").booleanValue()) break;
        at = "&cursor=" + page.get("next_cursor").asString();
      }
    }
    return found;
  }

  private int openEvents() {
    int open = 0;
    JsonNode page = json(copy.send(copy.request("/api/v1/events?limit=200").GET()));
    for (JsonNode event : page.get("data"))
      if (event.get("state").asString().equals("accepted")) open++;
    return open;
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    if (database == TestDatabase.POSTGRESQL)
      settings.put("POSTROOM_DATABASE_URL", TestDatabase.freshPostgresUrl());
    return settings;
  }

  private static HttpResponse<String> made(
      PostroomProcess postroom, int status, String verb, String path, String body) {
    HttpResponse<String> answer =
        postroom.send(
            postroom
                .request(path)
                .header("Content-Type", "application/json")
                .method(verb, BodyPublishers.ofString(body)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer;
  }
}
