package org.postroom.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.testkit.RunningPostroom;

/** The embedded database on a disk that is full, read-only, torn or somebody else's. */
class EmbeddedTroubleTests {
  private static final String FULL = "The database is full.";

  @TempDir Path folder;

  /**
   * A database that may not grow is to SQLite what a full disk is: SQLITE_FULL at the same places.
   */
  @Test
  void aFullDiskRefusesSaysWhyAndRecoversByItself() {
    List<String> taken = new ArrayList<>();
    try (Database database = Databases.embedded(folder, null);
        RunningPostroom postroom = RunningPostroom.start(database)) {
      taken.add(accepted(send(postroom, "before")));
      mayNotGrow(database, true);
      HttpResponse<String> refused = send(postroom, "x".repeat(500_000));
      for (int i = 0; i < 200 && refused.statusCode() == 202; i++) {
        taken.add(accepted(refused));
        refused = send(postroom, "x".repeat(500_000));
      }
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(json(refused).get("detail").asString()).startsWith(FULL);
      assertThat(postroom.get("/readyz").statusCode()).isEqualTo(503);
      assertThat(postroom.get("/readyz").body()).contains("is full");
      assertThat(postroom.get("/healthz").statusCode()).isEqualTo(200);

      mayNotGrow(database, false);
      eventually(() -> postroom.get("/readyz").statusCode(), status -> status == 200);
      taken.add(accepted(send(postroom, "after")));
      for (String id : taken)
        eventually(
            () -> json(postroom.get("/api/v1/messages/" + id)).get("state").asString(),
            "sent"::equals);
    }
  }

  /** On a small disk of its own, where the machine lets us make one. */
  @Test
  void aReallyFullDiskLosesNothingThatWasAccepted() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk.toString()),
        "Skipped: no small disk can be mounted here.");
    try (Database database = Databases.embedded(disk, null)) {
      int stored = 0;
      DatabaseAway refused = null;
      while (refused == null) {
        try {
          int number = stored;
          database.run(sql -> put(sql, "n" + number, "x".repeat(100_000)));
          stored++;
        } catch (DatabaseAway full) {
          refused = full;
        }
      }
      assertThat(refused.getMessage()).startsWith("The database is full");
      assertThatThrownBy(database::ping).isInstanceOf(DatabaseAway.class);
      assertThat(count(database)).as("nothing that was accepted is gone").isEqualTo(stored);
      assertThat(run("mount", "-o", "remount,size=40m", disk.toString())).isTrue();
      database.ping();
      database.run(sql -> put(sql, "more", "x"));
      assertThat(count(database)).isEqualTo(stored + 1);
    } finally {
      run("umount", disk.toString());
    }
  }

  @Test
  void aReadOnlyFolderIsNamedAtTheStart() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "ro,size=1m", "tmpfs", disk.toString()),
        "Skipped: no read-only disk can be mounted here.");
    try {
      assertThatThrownBy(() -> Databases.embedded(disk, null))
          .isInstanceOf(CannotStart.class)
          .hasMessageContaining(disk.toString())
          .hasMessageContaining("cannot be written");
    } finally {
      run("umount", disk.toString());
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsNamedAtTheStart() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> Databases.embedded(file.resolve("data"), null))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining(file.resolve("data").toString())
        .hasMessageContaining("cannot be made");
  }

  /** The crash of a machine tears what was written last: the tail of the log. */
  @Test
  void aTornTailOfTheLogCostsOnlyWhatWasNeverConfirmed() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("copy"));
    long confirmed;
    try (Database database = Databases.embedded(folder, null)) {
      for (int i = 0; i < 20; i++) {
        int number = i;
        database.run(sql -> put(sql, "n" + number, "x".repeat(3000)));
      }
      confirmed = count(database);
      for (String name : List.of("postroom.db", "postroom.db-wal"))
        Files.copy(folder.resolve(name), copy.resolve(name));
    }
    // Half a frame more, as of a commit that nobody was told of.
    Path log = copy.resolve("postroom.db-wal");
    Path torn = Files.createDirectory(folder.resolve("torn"));
    for (String name : List.of("postroom.db", "postroom.db-wal"))
      Files.copy(copy.resolve(name), torn.resolve(name));
    Files.write(log, new byte[2000], StandardOpenOption.APPEND);
    try (Database again = Databases.embedded(copy, null)) {
      assertThat(count(again)).isEqualTo(confirmed);
    }
    // A disk that lost the middle of the last frame: that commit is gone as a whole, the others
    // stay.
    try (FileChannel channel =
        FileChannel.open(torn.resolve("postroom.db-wal"), StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 2000);
    }
    try (Database again = Databases.embedded(torn, null)) {
      assertThat(count(again)).isEqualTo(confirmed - 1);
    }
  }

  @Test
  void aDamagedFileIsToldInOneSentence() throws IOException {
    try (Database database = Databases.embedded(folder, null)) {
      database.run(sql -> put(sql, "a", "b"));
    }
    Path file = folder.resolve("postroom.db");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(
          java.nio.ByteBuffer.wrap(
              "This is no database at all.".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
          0);
    }
    Files.deleteIfExists(folder.resolve("postroom.db-wal"));
    assertThatThrownBy(() -> Databases.embedded(folder, null))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("damaged");
  }

  private static void mayNotGrow(Database database, boolean full) {
    database.run(sql -> {
      long pages = sql.sql("PRAGMA page_count").query(Long.class).single();
      sql.sql("PRAGMA max_page_count = " + (full ? pages : 1_000_000_000L))
          .query(Long.class)
          .single();
    });
  }

  private static HttpResponse<String> send(RunningPostroom postroom, String text) {
    return postroom.post(
        "/api/v1/messages",
        "{\"subject\": \"Hello\", \"text\": \"" + text + "\", \"to\": [\"a@x.example\"]}");
  }

  private static String accepted(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return json(answer).get("id").asString();
  }

  private static void put(Sql sql, String name, String value) {
    sql.sql("INSERT INTO installation (name, value) VALUES (:name, :value)")
        .params(Map.of("name", name, "value", value))
        .update();
  }

  private static long count(Database database) {
    return database.read(sql ->
        sql.sql("SELECT count(*) FROM installation WHERE name LIKE 'n%' OR name = 'more'")
            .query(Long.class)
            .single());
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
  }
}
