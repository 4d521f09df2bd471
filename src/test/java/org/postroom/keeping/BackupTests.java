package org.postroom.keeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postroom.db.CannotStart;
import org.postroom.db.Database;
import org.postroom.db.Databases;
import org.postroom.db.Settings;
import org.postroom.secrets.CannotOpen;
import org.postroom.secrets.Secrets;
import org.postroom.testkit.TestDatabase;

/** One file holds everything, and brings it back on either database; nothing less is accepted. */
@ParameterizedClass
@EnumSource
class BackupTests {
  private static final String PLACE = Secrets.place("accounts", "co_1", "acc_1", "secret");

  @Parameter TestDatabase kind;
  @TempDir Path folder;

  @Test
  void bringsEveryRowBackOnEitherDatabase() throws IOException {
    Settings original = original();
    try (Database database = Databases.of(original)) {
      Path file = backup(original);
      Map<String, List<String>> before = rows(database);
      assertThat(before).hasSizeGreaterThan(60);
      for (TestDatabase other : TestDatabase.values()) {
        Settings there = place(other, "copy-" + other);
        assertThat(Backup.restore(there, file, false)).isNotEmpty();
        try (Database copy = Databases.of(there)) {
          holdsWhatMayHaveLeftSince(copy);
          Map<String, List<String>> after = rows(copy);
          assertThat(after.keySet()).isEqualTo(before.keySet());
          // What a restore itself changes is looked at below.
          for (String table : before.keySet())
            if (!List.of("messages", "message_events", "installation", "installation_environment")
                .contains(table))
              assertThat(after.get(table)).as(table).isEqualTo(before.get(table));
        }
      }
    }
  }

  private static void holdsWhatMayHaveLeftSince(Database copy) {
    assertThat(states(copy))
        .containsExactlyInAnyOrder(
            "msg_approval held APPROVAL",
            "msg_delayed held RESTORED",
            "msg_halted held RESTORED",
            "msg_handed unclear null",
            "msg_queued held RESTORED",
            "msg_sending held RESTORED",
            "msg_sent sent null");
  }

  @Test
  void bringsTheKeyOnlyUnderItsPassphrase() throws IOException {
    Settings original = place(kind, "original", "POSTROOM_BACKUP_PASSPHRASE", "open sesame");
    fill(original);
    String sealed = new Secrets(original).seal(PLACE, "smtp password");
    Path file = backup(original);
    assertThat(contains(file, Files.readString(original.home().resolve("secret.key")).strip()))
        .isFalse();

    Settings wrong = place(kind, "wrong", "POSTROOM_BACKUP_PASSPHRASE", "open barley");
    assertThatThrownBy(() -> Backup.restore(wrong, file, false)).isInstanceOf(CannotOpen.class);
    assertThat(wrong.home().resolve("postroom.db")).doesNotExist();

    Settings right = place(kind, "right", "POSTROOM_BACKUP_PASSPHRASE", "open sesame");
    Backup.restore(right, file, false);
    assertThat(new Secrets(right).open(PLACE, sealed)).isEqualTo("smtp password");
  }

  @Test
  void leavesTheKeyOutAndSaysSo() throws IOException {
    Settings original = original();
    new Secrets(original).seal(PLACE, "makes the key");
    Path file = folder.resolve("b.zip");
    assertThat(Backup.write(original, file)).last().asString().contains("secret.key");
    assertThat(Backup.restore(place(kind, "copy"), file, false))
        .last()
        .asString()
        .contains("copy the original's secret.key into");
  }

  @Test
  void refusesWhatIsDamagedBeforeTouchingAnything() throws IOException {
    Settings original = original();
    Path file = backup(original);
    Path cut = folder.resolve("cut.zip");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length - 1000));
    Path changed = folder.resolve("changed.zip");
    rewrite(file, changed, "tables/messages.rows", content -> content[content.length / 2] ^= 1);
    Settings there = place(kind, "copy");
    for (Path bad : List.of(cut, changed)) {
      assertThatThrownBy(() -> Backup.verify(bad)).isInstanceOf(BackupFile.Unusable.class);
      assertThatThrownBy(() -> Backup.restore(there, bad, true))
          .isInstanceOf(BackupFile.Unusable.class);
    }
    assertThat(there.home().resolve("postroom.db")).doesNotExist();
    assertThat(Backup.verify(file)).first().asString().contains("7 messages");
    neverOverwritesAFile(original, file);
    refusesABackupOfANewerPostroom(file);
  }

  private void refusesABackupOfANewerPostroom(Path file) throws IOException {
    Path newer = folder.resolve("newer.zip");
    String version = org.postroom.db.Refill.newestVersion();
    rewriteText(
        file,
        newer,
        text -> text.replaceAll("(\"schema_version\"\\s*:\\s*)\"" + version + "\"", "$1\"99999\""));
    assertThatThrownBy(() -> Backup.restore(place(kind, "copy"), newer, true))
        .isInstanceOf(BackupFile.Unusable.class)
        .hasMessageContaining("newer Postroom")
        .hasMessageContaining("99999");
  }

  @Test
  void replacesOnlyWhenToldTo() throws IOException {
    Path file = backup(original());
    Settings there = place(kind, "there");
    fill(there);
    assertThatThrownBy(() -> Backup.restore(there, file, false))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("holds a Postroom already");
    try (Database stillThere = Databases.of(there)) {
      assertThat(states(stillThere)).contains("msg_queued queued null");
    }
    Backup.restore(there, file, true);
    try (Database copy = Databases.of(there)) {
      assertThat(states(copy)).contains("msg_queued held RESTORED");
    }
    leavesADatabaseAloneThatIsInUse(there, file);
  }

  private static void leavesADatabaseAloneThatIsInUse(Settings there, Path file) {
    try (Database running = Databases.of(there)) {
      running.ping();
      assertThatThrownBy(() -> Backup.restore(there, file, true))
          .isInstanceOf(CannotStart.class)
          .hasMessageContaining("in use");
    }
  }

  private static void neverOverwritesAFile(Settings original, Path file) {
    assertThatThrownBy(() -> Backup.write(original, file)).hasMessageContaining("exists already");
  }

  private Path backup(Settings settings) throws IOException {
    Path file = folder.resolve("backup-" + System.nanoTime() + ".zip");
    Backup.write(settings, file);
    return file;
  }

  private Settings original() {
    Settings settings = place(kind, "original");
    fill(settings);
    return settings;
  }

  private Settings place(TestDatabase which, String name, String... more) {
    Map<String, String> values = new HashMap<>();
    values.put("POSTROOM_HOME", folder.resolve(name).toString());
    if (which == TestDatabase.POSTGRESQL)
      values.put("POSTROOM_DATABASE_URL", TestDatabase.freshPostgresUrl());
    for (int i = 0; i < more.length; i += 2) values.put(more[i], more[i + 1]);
    return new Settings(values);
  }

  private static void fill(Settings settings) {
    try (Database database = Databases.of(settings)) {
      database.run(sql -> {
        sql.sql(
                "INSERT INTO companies (id, name, address, country, currency, language, time_zone, colour, logo, paper, created_at) VALUES ('co_1', 'Bäckerei ☕ 𝄞', '[]', 'DE', 'EUR', 'de', 'UTC', '#123456', :logo, 'A4', 1)")
            .param("logo", new byte[] {0, 1, -1, 39, 92})
            .update();
        message(sql, "msg_queued", "queued", null, null);
        message(sql, "msg_delayed", "delayed", null, null);
        message(sql, "msg_sending", "sending", null, null);
        message(sql, "msg_handed", "sending", null, 5L);
        message(sql, "msg_halted", "held", "ACCOUNT", null);
        message(sql, "msg_approval", "held", "APPROVAL", null);
        message(sql, "msg_sent", "sent", null, 5L);
      });
    }
  }

  private static void message(
      org.postroom.db.Sql sql, String id, String state, String hold, Long handedOver) {
    sql.sql(
            """
            INSERT INTO messages (company_id, id, state, account_id, subject, sender, return_path, message_id, size, bulk,
              origin_kind, origin_id, origin_name, reasons, created_at, due_at, attempts, tries, hold, fence, handed_over_at)
            VALUES ('co_1', :id, :state, 'acc_1', 'Überschrift', 'a@b.example', 'a@b.example', :id, 3, 0,
              'key', 'key_1', 'key', '{}', 1, 1, 0, 0, :hold, 1, :handed)
            """)
        .param("id", id)
        .param("state", state)
        .param("hold", hold, java.sql.Types.VARCHAR)
        .param("handed", handedOver, java.sql.Types.BIGINT)
        .update();
    byte[] mime = new byte[3000];
    new java.util.Random(id.hashCode()).nextBytes(mime);
    sql.sql(
            "INSERT INTO message_contents (company_id, message_id, mime) VALUES ('co_1', :id, :mime)")
        .param("id", id)
        .param("mime", mime)
        .update();
  }

  private static List<String> states(Database database) {
    return database.read(sql ->
        sql.sql("SELECT id, state, hold FROM messages")
            .query((row, n) -> row.getString(1) + " " + row.getString(2) + " " + row.getString(3))
            .list());
  }

  private static Map<String, List<String>> rows(Database database) throws IOException {
    Map<String, List<String>> all = new TreeMap<>();
    database.still(still -> {
      for (var table : still.tables()) {
        List<String> rows = new java.util.ArrayList<>();
        still.rows(
            table,
            values ->
                rows.add(
                    java.util.Arrays.stream(values)
                        .map(value ->
                            value instanceof byte[] bytes
                                ? java.util.HexFormat.of().formatHex(bytes)
                                : String.valueOf(value))
                        .toList()
                        .toString()));
        rows.sort(null);
        all.put(table.name(), rows);
      }
      return true;
    });
    return all;
  }

  private static boolean contains(Path file, String text) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().map(each -> (ZipEntry) each).toList())
        if (new String(
                zip.getInputStream(entry).readAllBytes(),
                java.nio.charset.StandardCharsets.ISO_8859_1)
            .contains(text)) return true;
    }
    return false;
  }

  private interface Damage {
    void to(byte[] content);
  }

  private static void rewriteText(
      Path from, Path to, java.util.function.UnaryOperator<String> change) throws IOException {
    rewrite(from, to, content -> content, change);
  }

  private static void rewrite(Path from, Path to, String entry, Damage damage) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    try (ZipFile zip = new ZipFile(from.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
      for (ZipEntry each : zip.stream().map(one -> (ZipEntry) one).toList()) {
        byte[] content = zip.getInputStream(each).readAllBytes();
        if (each.getName().equals(entry)) damage.to(content);
        out.putNextEntry(new ZipEntry(each.getName()));
        out.write(content);
        out.closeEntry();
      }
    }
  }

  private static void rewrite(
      Path from,
      Path to,
      java.util.function.UnaryOperator<byte[]> others,
      java.util.function.UnaryOperator<String> manifest)
      throws IOException {
    try (ZipFile zip = new ZipFile(from.toFile());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
      for (ZipEntry each : zip.stream().map(one -> (ZipEntry) one).toList()) {
        byte[] content = zip.getInputStream(each).readAllBytes();
        out.putNextEntry(new ZipEntry(each.getName()));
        out.write(
            each.getName().equals("manifest.json")
                ? manifest
                    .apply(new String(content, java.nio.charset.StandardCharsets.UTF_8))
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8)
                : others.apply(content));
        out.closeEntry();
      }
    }
  }
}
