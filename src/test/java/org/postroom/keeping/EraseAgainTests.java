package org.postroom.keeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.RunningPostroom.json;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.db.Database;
import org.postroom.db.Databases;
import org.postroom.db.Settings;
import org.postroom.secrets.Secrets;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestDatabase;
import tools.jackson.databind.JsonNode;

/** A backup brings back whom somebody had erased; the list beside it takes them away again. */
@ParameterizedClass
@EnumSource
class EraseAgainTests {
  private static final String ANNA = "Anna.Berg@contoso.example";
  private static final String BEN = "ben@fabrikam.example";
  private static final String LATE = "late@x.example";

  @Parameter TestDatabase kind;
  @TempDir Path folder;
  private RunningPostroom postroom;

  @Test
  void whoWasErasedAfterTheBackupIsErasedAgainAfterTheRestore() throws IOException {
    Settings original = place("original");
    Path backup;
    try (var running = start(original)) {
      postroom = running;
      known();
      String name = json(postroom.post("/api/v1/backups", "")).get("id").asString();
      backup = Backup.folder(original).resolve(name);
      send("Came later", LATE);
      erase("address", ANNA);
      erase("partner", "fabrikam");
      erase("address", LATE);
      assertThat(standing().get("open").asInt()).isZero();
      anotherNodeWritesDownWhatThisOneErased(backup.resolveSibling(ErasureFile.NAME));
    }
    Path list = backup.resolveSibling(ErasureFile.NAME);
    namesNobody(list);
    String whole = Files.readString(list);

    Settings copy = place("copy");
    aForeignAndACutLineAreSurvived(list, whole);
    Files.createDirectories(copy.home());
    Files.copy(original.home().resolve("secret.key"), copy.home().resolve("secret.key"));
    assertThat(Backup.restore(copy, backup, false))
        .anyMatch(line -> line.contains("and in it again: 3"));
    Files.writeString(
        ErasureFile.of(copy).path(),
        whole.substring(whole.lastIndexOf("e1 "), whole.length() - 20),
        StandardOpenOption.APPEND);
    try (var running = start(copy);
        Database database = Databases.existing(copy)) {
      postroom = running;
      assertThat(everywhere(database, ANNA)).contains("message_recipients", "partners");
      assertThat(standing().toString())
          .contains("\"open\":2", "\"without_key\":1", "\"unreadable\":1");
      JsonNode brought = json(bring(whole));
      assertThat(brought.get("added").asInt()).isEqualTo(1);
      erasesAllAgain(database);
      thereIsNothingMoreToDo();
      whoComesBackStays();
    }
  }

  /** What the original has before its backup: people, mail that left, mail that waits. */
  private void known() {
    partner("contoso", "ap@contoso.example", ANNA);
    partner("fabrikam", BEN, BEN);
    send("For Anna Berg", ANNA);
    send("For Ben", BEN);
    send("For another", "x@contoso.example");
    postroom.post(
        "/api/v1/messages",
        "{\"subject\": \"Waits\", \"text\": \"Hi.\", \"to\": [\"%s\"], \"send_at\": \"2036-01-01T00:00:00Z\"}"
            .formatted(ANNA));
    postroom.post("/api/v1/suppressions", "{\"address\": \"%s\"}".formatted(ANNA));
  }

  private static void namesNobody(Path list) throws IOException {
    assertThat(Files.readString(list).lines()).hasSize(4); // the partner's ref and address
    assertThat(Files.readString(list).toLowerCase(Locale.ROOT))
        .doesNotContain("anna", "ben@", "contoso", "fabrikam", "late");
  }

  private void aForeignAndACutLineAreSurvived(Path list, String whole) throws IOException {
    var elsewhere = new Settings(Map.of("POSTROOM_HOME", folder.resolve("elsewhere").toString()));
    ListedErasure own = ListedErasure.read(whole.lines().findFirst().orElseThrow()).orElseThrow();
    ListedErasure foreign =
        ListedErasure.of(
            new Secrets(elsewhere).fingerprints(ListedErasure.PURPOSE),
            Instant.now(),
            own.company(),
            "era_foreign",
            "address",
            ANNA);
    String cut = whole.substring(0, whole.length() - 20); // in the last line, about LATE
    Files.writeString(list, foreign.line() + "\n" + cut);
  }

  private void erasesAllAgain(Database database) throws IOException {
    JsonNode done = json(postroom.post("/api/v1/erasures/again", ""));
    assertThat(done.get("erased").asInt()).as(done.toString()).isEqualTo(2);
    assertThat(done.get("not_found").asInt()).isEqualTo(1);
    assertThat(done.at("/list/without_key").asInt()).isEqualTo(1);
    assertThat(everywhere(database, ANNA)).isSubsetOf("idempotency_keys");
    assertThat(everywhere(database, BEN)).isSubsetOf("idempotency_keys");
    assertThat(everywhere(database, "x@contoso.example")).contains("message_recipients");
    assertThat(postroom.get("/api/v1/partners/fabrikam").statusCode()).isEqualTo(404);
    assertThat(postroom.get("/api/v1/partners/contoso").body()).contains("ap@contoso.example");
    assertThat(postroom.get("/api/v1/messages?state=cancelled").body()).contains("(erased)");
    String certificate = done.at("/certificates/0").asString();
    assertThat(postroom.get("/api/v1/erasures/" + certificate).body())
        .contains("a restored backup from before did not know it");
  }

  private void thereIsNothingMoreToDo() {
    JsonNode again = json(postroom.post("/api/v1/erasures/again", ""));
    assertThat(again.get("erased").asInt()).isZero();
    assertThat(again.get("not_found").asInt()).isZero();
    assertThat(json(postroom.get("/api/v1/restored")).at("/erasures/open").asInt()).isZero();
  }

  private void whoComesBackStays() {
    send("Welcome back", ANNA);
    assertThat(json(postroom.post("/api/v1/erasures/again", "")).get("erased").asInt()).isZero();
    assertThat(postroom.get("/api/v1/messages?q=Welcome").body()).contains("Welcome back");
  }

  /** Another node of the same database has a data folder of its own. */
  private void anotherNodeWritesDownWhatThisOneErased(Path list) throws IOException {
    var other = new Settings(Map.of("POSTROOM_HOME", folder.resolve("other").toString()));
    new ErasureList(postroom.bean(Database.class), other, postroom.bean(Secrets.class)).level();
    assertThat(ErasureFile.of(other).path()).hasSameTextualContentAs(list);
  }

  private java.net.http.HttpResponse<String> bring(String lines) {
    return postroom.send(
        postroom
            .request("/api/v1/erasure_list")
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString(lines)));
  }

  private JsonNode standing() {
    return json(postroom.get("/api/v1/restored")).get("erasures");
  }

  private void erase(String kind, String value) {
    var answer =
        postroom.post(
            "/api/v1/erasures",
            "{\"kind\": \"%s\", \"value\": \"%s\", \"cancel_waiting\": true}"
                .formatted(kind, value));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(answer.body()).contains("on the list of erasures");
  }

  private void send(String subject, String to) {
    var answer =
        postroom.post(
            "/api/v1/messages",
            "{\"subject\": \"%s\", \"text\": \"Dear %s\", \"to\": [\"%s\"]}"
                .formatted(subject, to, to));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  private void partner(String ref, String main, String contact) {
    var answer =
        postroom.put(
            "/api/v1/partners/" + ref,
            "{\"type\": \"customer\", \"name\": \"%s\", \"emails\": {\"main\": [\"%s\"]}, \"contacts\": [{\"name\": \"Somebody\", \"email\": \"%s\", \"roles\": [\"sales\"]}]}"
                .formatted(ref, main, contact));
    assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
  }

  private Settings place(String name) {
    Map<String, String> values = new HashMap<>();
    values.put("POSTROOM_HOME", folder.resolve(name).toString());
    if (kind == TestDatabase.POSTGRESQL)
      values.put("POSTROOM_DATABASE_URL", TestDatabase.freshPostgresUrl());
    return new Settings(values);
  }

  private static RunningPostroom start(Settings settings) {
    Map<String, Object> values = new HashMap<>();
    for (Settings.Name name :
        List.of(Settings.Name.POSTROOM_HOME, Settings.Name.POSTROOM_DATABASE_URL))
      settings.get(name).ifPresent(value -> values.put(name.name(), value));
    return RunningPostroom.start(values);
  }

  /** The tables in which it stands, in whatever column. */
  private static List<String> everywhere(Database database, String text) throws IOException {
    String wanted = text.toLowerCase(Locale.ROOT);
    return database.still(still -> {
      List<String> found = new ArrayList<>();
      for (var table : still.tables())
        still.rows(
            table,
            values -> {
              String row =
                  Stream.of(values)
                      .map(value ->
                          value instanceof byte[] bytes
                              ? new String(bytes, StandardCharsets.ISO_8859_1)
                              : String.valueOf(value))
                      .collect(Collectors.joining(" "));
              if (row.toLowerCase(Locale.ROOT).contains(wanted)) found.add(table.name());
            });
      return found;
    });
  }
}
