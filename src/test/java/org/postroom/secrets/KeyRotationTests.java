package org.postroom.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.db.Database;
import org.postroom.db.Settings;
import org.postroom.secrets.SealedColumns.SealedColumn;
import org.postroom.testkit.TestDatabase;

@ParameterizedClass
@EnumSource
class KeyRotationTests {
  private static final List<SealedColumns> COLUMNS =
      List.of(() -> List.of(new SealedColumn("things", "id", "secret", "word")));

  @Parameter TestDatabase kind;
  @TempDir Path home;
  private Database database;
  private Settings settings;

  @BeforeEach
  void open() {
    settings = new Settings(Map.of("POSTROOM_HOME", home.toString()));
    database = kind.open(null);
    database.run(
        sql -> sql.sql("CREATE TABLE things (company_id TEXT, id TEXT, secret TEXT)").update());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void sealsEverythingAgainAndForgetsTheOldKey() throws IOException {
    fill(250);
    String old = key();
    KeyRotation.Told told = rotation().rotate();
    assertThat(told.done()).isTrue();
    assertThat(told.lines()).contains("250 secrets were sealed again.");
    assertThat(key()).endsWith(old).hasLineCount(2);
    assertThat(openAll(new Secrets(settings))).isEqualTo(250);
    assertThat(sealedWith(oldId(old))).isZero();
    assertThat(rotation().forgetOld(later()).done()).isTrue();
    assertThat(key()).doesNotContain(old.strip()).hasLineCount(1);
    assertThat(openAll(new Secrets(settings))).isEqualTo(250);
  }

  @Test
  void endedAfterAnyStepNothingIsLostAndTheNextOneGoesOn() throws IOException {
    fill(250);
    String old = key();
    for (int steps = 1; steps <= 4; steps++) {
      int allowed = steps;
      List<String> done = new ArrayList<>();
      Consumer<String> dies =
          step -> {
            done.add(step);
            if (done.size() == allowed) throw new IllegalStateException("power cut");
          };
      assertThatThrownBy(() -> new KeyRotation(settings, database, COLUMNS, dies).rotate())
          .hasMessage("power cut");
      assertThat(openAll(new Secrets(settings))).as("after %s", done).isEqualTo(250);
      assertThat(key()).as("the old key stays").contains(old.strip()).hasLineCount(2);
      assertThat(rotation().rotate().done()).isTrue();
      assertThat(sealedWith(oldId(old))).isZero();
      database.run(sql -> sql.sql("DELETE FROM things").update());
      Files.writeString(home.resolve("secret.key"), old);
      fill(250);
    }
  }

  @Test
  void diedWhileForgettingOnlyTheNewKeyIsThereAndOpensEverything() {
    fill(3);
    rotation().rotate();
    var dies = new KeyRotation(settings, database, COLUMNS, KeyRotationTests::die);
    assertThatThrownBy(() -> dies.forgetOld(later())).hasMessage("power cut");
    assertThat(openAll(new Secrets(settings))).isEqualTo(3);
  }

  @Test
  void aHalfWrittenNewKeyFileOfADeadRotationIsNoHindrance() throws IOException {
    fill(3);
    Files.writeString(home.resolve("secret.key.next"), "half");
    assertThat(rotation().rotate().done()).isTrue();
    assertThat(openAll(new Secrets(settings))).isEqualTo(3);
  }

  @Test
  void aRunningNodeOpensAndSealsWithTheNewKeyWithoutARestart() {
    var node = new Secrets(settings);
    fill(5);
    rotation().rotate();
    assertThat(openAll(node)).isEqualTo(5);
    var another = new Secrets(settings);
    put(another, "late", "late word");
    assertThat(new Secrets(settings).sealedWithCurrentKey(text("late"))).isTrue();
    assertThat(rotation().forgetOld(later()).done()).isTrue();
    assertThat(openAll(node)).isEqualTo(6);
  }

  @Test
  void aNodeThatRunsSinceBeforeTheRotationSealsWithTheNewKey() {
    var node = new Secrets(settings);
    fill(1);
    rotation().rotate();
    put(node, "late", "late word");
    assertThat(new Secrets(settings).sealedWithCurrentKey(text("late"))).isTrue();
  }

  @Test
  void whatWasSealedWithTheOldKeyMeanwhileIsCaughtBeforeItIsForgotten() throws IOException {
    String old = key();
    fill(2);
    rotation().rotate();
    put(new Secrets(new Settings(Map.of("POSTROOM_SECRET_KEY", old.strip()))), "late", "late word");
    assertThat(rotation().forgetOld(later()).done()).isTrue();
    assertThat(openAll(new Secrets(settings))).isEqualTo(3);
  }

  @Test
  void aKeyOfThisMomentIsNotAReasonToForgetTheOldOne() throws IOException {
    fill(1);
    rotation().rotate();
    KeyRotation.Told told = rotation().forgetOld(Instant.now());
    assertThat(told.done()).isFalse();
    assertThat(String.join(" ", told.lines())).contains("younger than a minute");
    assertThat(key()).hasLineCount(2);
  }

  @Test
  void aSecretThatCannotBeOpenedKeepsTheOldKey() throws IOException {
    fill(2);
    database.run(sql -> sql.sql("UPDATE things SET id = 'moved' WHERE id = 'id_0000'").update());
    KeyRotation.Told told = rotation().rotate();
    assertThat(told.done()).isFalse();
    assertThat(told.lines()).contains("Cannot be opened, left as it is: things moved");
    assertThat(rotation().forgetOld(later()).done()).isFalse();
    assertThat(key()).hasLineCount(2);
  }

  @Test
  void aKeyFromTheEnvironmentIsRotatedByThePersonStepByStep() {
    String old = MasterKey.fresh().base64();
    settings = environment(old);
    fill(3);
    KeyRotation.Told first = rotation().rotate();
    assertThat(first.done()).isFalse();
    assertThat(first.lines()).noneMatch(line -> line.contains(old));
    String fresh =
        first.lines().stream()
            .filter(l -> l.matches("[A-Za-z0-9+/]{43}="))
            .findFirst()
            .orElseThrow();
    Settings one = environment(old + "," + fresh);
    Settings two = environment(fresh + "," + old);
    put(new Secrets(two), "from two", "word of two");
    assertThat(openAll(new Secrets(one))).as("a node that is not restarted yet").isEqualTo(4);
    settings = two;
    assertThat(rotation().rotate().lines()).contains("3 secrets were sealed again.");
    assertThat(rotation().forgetOld(later()).done()).isTrue();
    assertThat(openAll(new Secrets(environment(fresh)))).isEqualTo(4);
    assertThat(home.resolve("secret.key")).doesNotExist();
  }

  @Test
  void twoAtOnceAreRefused() throws IOException {
    fill(1);
    try (FileChannel channel =
            FileChannel.open(
                home.resolve("secret.key.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var held = channel.lock()) {
      assertThat(held.isValid()).isTrue();
      assertThat(rotation().rotate().lines())
          .containsExactly("Another rotation is under way. Wait for it to end.");
    }
    assertThat(key()).hasLineCount(1);
  }

  @Test
  void withOneKeyThereIsNothingToForget() {
    fill(1);
    assertThat(rotation().forgetOld(later()).done()).isTrue();
    assertThat(openAll(new Secrets(settings))).isEqualTo(1);
  }

  private static void die(String step) {
    throw new IllegalStateException("power cut");
  }

  private KeyRotation rotation() {
    return new KeyRotation(settings, database, COLUMNS);
  }

  private static Instant later() {
    return Instant.now().plus(KeyRotation.SETTLES).plusSeconds(1);
  }

  private Settings environment(String keys) {
    return new Settings(Map.of("POSTROOM_HOME", home.toString(), "POSTROOM_SECRET_KEY", keys));
  }

  private void fill(int rows) {
    var secrets = new Secrets(settings);
    for (int i = 0; i < rows; i++)
      put(secrets, "id_%04d".formatted(i), "word of id_%04d".formatted(i));
  }

  private void put(Secrets secrets, String id, String word) {
    database.run(sql ->
        sql.sql("INSERT INTO things (company_id, id, secret) VALUES ('co_1', :id, :secret)")
            .param("id", id)
            .param("secret", secrets.seal(place(id), word))
            .update());
  }

  private static String place(String id) {
    return Secrets.place("things", "co_1", id, "word");
  }

  private int openAll(Secrets secrets) {
    List<String> ids =
        database.read(sql -> sql.sql("SELECT id FROM things").query(String.class).list());
    for (String id : ids) assertThat(secrets.open(place(id), text(id))).contains("word");
    return ids.size();
  }

  private String text(String id) {
    return database.read(sql ->
        sql.sql("SELECT secret FROM things WHERE id = :id")
            .param("id", id)
            .query(String.class)
            .single());
  }

  private long sealedWith(String keyId) {
    return database.read(sql ->
        sql.sql("SELECT count(*) FROM things WHERE secret LIKE :start")
            .param("start", "v1:" + keyId + ":%")
            .query(Long.class)
            .single());
  }

  private static String oldId(String base64) {
    return MasterKey.parse(base64.strip(), "test").id();
  }

  private String key() throws IOException {
    if (!Files.exists(home.resolve("secret.key"))) new Secrets(settings).seal(place("x"), "x");
    return Files.readString(home.resolve("secret.key"));
  }
}
