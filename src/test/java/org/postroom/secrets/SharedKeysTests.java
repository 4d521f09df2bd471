package org.postroom.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.db.Database;
import org.postroom.db.Databases;
import org.postroom.db.Settings;
import org.postroom.testkit.TestDatabase;

/** Nodes that have nothing in common but the address of their PostgreSQL. */
class SharedKeysTests {
  private static final String PLACE = Secrets.place("accounts", "co_1", "acc_1", "secrets");
  @TempDir Path folder;
  private String url;
  private Database database;

  @BeforeEach
  void open() {
    url = TestDatabase.migratedPostgresUrl();
    database = Databases.postgres(url, null);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void nodesThatStartTogetherHaveOneKey() throws Exception {
    List<Callable<Secrets>> nodes =
        List.of(() -> node("one"), () -> node("two"), () -> node("three"));
    try (var threads = Executors.newFixedThreadPool(3)) {
      List<String> sealed =
          threads.invokeAll(nodes).stream()
              .map(node -> node.resultNow().seal(PLACE, "word"))
              .toList();
      for (String text : sealed)
        for (String name : List.of("one", "two", "three", "late"))
          assertThat(node(name).open(PLACE, text)).isEqualTo("word");
    }
    assertThat(file("one")).isEqualTo(file("two")).isEqualTo(file("late"));
  }

  @Test
  void aCopyOfTheDatabaseDoesNotOpenAnything() throws IOException {
    node("one");
    String kept = value("shared_key");
    assertThat(kept).doesNotContain(file("one").strip()).startsWith("p1:");
    assertThatThrownBy(() -> node("thief", url.replace(":postgres@", ":guessed@")))
        .hasMessageContaining("sealed with a database password that is not this node's");
  }

  @Test
  void anotherDatabasePasswordIsTakenUpByANodeThatHasTheKey() {
    String sealed = node("one").seal(PLACE, "word");
    String changed = url.replace(":postgres@", ":changed@");
    assertThatThrownBy(() -> node("new", changed)).isInstanceOf(IllegalStateException.class);
    assertThat(node("one", changed).open(PLACE, sealed)).isEqualTo("word");
    assertThat(node("new", changed).open(PLACE, sealed)).isEqualTo("word");
  }

  @Test
  void theSettingWinsAndAnotherKeyThanTheOthersIsRefused() {
    String given = MasterKey.fresh().base64();
    String sealed = given("one", given).seal(PLACE, "word");
    seal(sealed);
    assertThatThrownBy(() -> given("two", MasterKey.fresh().base64()))
        .hasMessageContaining("it could not open them")
        .hasMessageContaining("POSTROOM_SECRET_KEY");
    assertThatThrownBy(() -> node("none"))
        .hasMessageContaining("no key of that database")
        .hasMessageContaining("docs/several-nodes.md");
    assertThat(given("two", given).open(PLACE, sealed)).isEqualTo("word");
    assertThat(folder.resolve("none/secret.key")).doesNotExist();
  }

  @Test
  void aKeyThatSealedNothingIsExchangedWithoutQuestions() {
    node("one");
    assertThat(given("one", MasterKey.fresh().base64()).seal(PLACE, "word")).startsWith("v1:");
  }

  @Test
  void fromTheEnvironmentBackToTheSharedKeyNeedsTheKeyInTheFolder() throws IOException {
    String key = MasterKey.fresh().base64();
    String sealed = given("one", key).seal(PLACE, "word");
    seal(sealed);
    Files.createDirectories(folder.resolve("one"));
    Files.writeString(folder.resolve("one/secret.key"), key + "\n");
    assertThat(node("one").open(PLACE, sealed)).isEqualTo("word");
    assertThat(node("two").open(PLACE, sealed)).isEqualTo("word");
  }

  @Test
  void aKeyThatOnlyOneNodeHadGoesOnOpeningThereAndIsNotOverwritten() throws IOException {
    node("one");
    String own = MasterKey.fresh().base64();
    Files.createDirectories(folder.resolve("two"));
    Files.writeString(folder.resolve("two/secret.key"), own + "\n");
    String before =
        new Secrets(new Settings(Map.of("POSTROOM_SECRET_KEY", own))).seal(PLACE, "old");
    Secrets two = node("two");
    assertThat(two.open(PLACE, before)).isEqualTo("old");
    assertThat(node("one").open(PLACE, two.seal(PLACE, "new"))).isEqualTo("new");
    assertThat(file("two")).contains(own);
  }

  @Test
  void aRotationOnOneNodeReachesTheOthersWhileTheyRun() {
    Secrets one = node("one");
    Secrets two = node("two");
    String sealed = one.seal(PLACE, "word");
    var rotation = new KeyRotation(settings("two", url), database, List.of());
    assertThat(rotation.rotate().done()).isTrue();
    String late = one.seal(PLACE, "late");
    assertThat(two.sealedWithCurrentKey(late)).isFalse();
    assertThat(two.open(PLACE, late)).isEqualTo("late");
    assertThat(two.sealedWithCurrentKey(late)).isTrue();
    assertThat(node("three").open(PLACE, sealed)).isEqualTo("word");
    assertThat(rotation.forgetOld(Instant.now()).done()).as("younger than a minute").isFalse();
    assertThat(rotation.forgetOld(Instant.now().plusSeconds(90)).done()).isTrue();
    assertThat(node("four").open(PLACE, late)).isEqualTo("late");
    assertThatThrownBy(() -> node("four").open(PLACE, sealed)).isInstanceOf(CannotOpen.class);
  }

  private Secrets node(String name) {
    return node(name, url);
  }

  private Secrets node(String name, String address) {
    return new Secrets(settings(name, address), database);
  }

  private Secrets given(String name, String key) {
    return new Secrets(
        new Settings(
            Map.of(
                "POSTROOM_HOME", folder.resolve(name).toString(),
                "POSTROOM_DATABASE_URL", url,
                "POSTROOM_SECRET_KEY", key)),
        database);
  }

  private Settings settings(String name, String address) {
    return new Settings(
        Map.of("POSTROOM_HOME", folder.resolve(name).toString(), "POSTROOM_DATABASE_URL", address));
  }

  /** Something of an account that is sealed. */
  private void seal(String sealed) {
    database.run(sql ->
        sql.sql(
                "INSERT INTO account_grants (company_id, account_id, scopes, version, access_token) VALUES ('co_1', 'acc_1', '', 0, :sealed)")
            .param("sealed", sealed)
            .update());
  }

  private String file(String name) throws IOException {
    return Files.readString(folder.resolve(name).resolve("secret.key"));
  }

  private String value(String name) {
    return database.read(sql ->
        sql.sql("SELECT value FROM installation WHERE name = :name")
            .param("name", name)
            .query(String.class)
            .single());
  }
}
