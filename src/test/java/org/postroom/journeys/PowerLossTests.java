package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.testkit.Launch;
import org.postroom.testkit.PostroomProcess;

/**
 * The power goes while mail is being accepted. strace sees what the product writes and when it
 * waits for the disk; from that the files are made as a power cut may have left them, with any part
 * of what was not waited for missing, sector by sector. {@code bench/power-loss} tries more
 * moments.
 */
class PowerLossTests {
  private static final int CUTS = Integer.getInteger("power.cuts", 15);
  private static final int MESSAGES = Integer.getInteger("power.messages", 40);
  private static final long SEED = Long.getLong("power.seed", System.nanoTime());
  private static final Path STRACE = Path.of("/usr/bin/strace");
  private static final String[] FILES = {"postroom.db", "postroom.db-wal"};

  @TempDir Path folder;
  private final Random random = new Random(SEED);

  /** Messages by id, and when the client knew that Postroom has them, in seconds of the epoch. */
  private final Map<String, Double> acknowledged = new ConcurrentHashMap<>();

  private final Map<String, byte[]> before = new HashMap<>();

  @Test
  void whatWasAcknowledgedIsThereAfterAPowerCutAtAnyMoment() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(STRACE), "Skipped: no strace.");
    Path home;
    WriteLog log;
    try (var postroom = PostroomProcess.start(Map.of(), Launch.quick())) {
      home = postroom.home();
      log = recorded(postroom);
    }
    int first = firstWithAcknowledged(log);
    int lost = 0;
    for (int i = 0; i < CUTS; i++) {
      int cut = first + random.nextInt(log.size() - first);
      assertThat(missing(log, home, cut, true)).as("cut %d, seed %d", cut, SEED).isEmpty();
      lost += missing(log, home, cut, false).size();
    }
    System.out.printf(
        "%d power cuts among %d writes and %d waits for the disk, seed %d: of %d acknowledged messages none lost (with a disk that lies: %d)%n",
        CUTS, log.size() - log.syncs(), log.syncs(), SEED, acknowledged.size(), lost);
    assertThat(lost).as("this test can fail: a disk that lies loses mail").isPositive();
  }

  private WriteLog recorded(PostroomProcess postroom) throws Exception {
    Path trace = folder.resolve("trace");
    Process strace =
        new ProcessBuilder(
                STRACE.toString(),
                "-f",
                "-ttt",
                "-y",
                "-xx",
                "-s",
                "10000000",
                "-o",
                trace.toString(),
                "-e",
                "trace=pwrite64,ftruncate,fsync,fdatasync",
                "-p",
                Long.toString(postroom.pid()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("strace.log").toFile())
            .start();
    try {
      eventually(() -> attached(strace), yes -> yes);
      for (String name : FILES) before.put(name, Files.readAllBytes(postroom.home().resolve(name)));
      double since = now();
      load(postroom);
      postroom.kill();
      assertThat(strace.waitFor(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
      return WriteLog.read(trace, since);
    } finally {
      strace.destroyForcibly();
    }
  }

  private boolean attached(Process strace) {
    try {
      String said = Files.readString(folder.resolve("strace.log"));
      Assumptions.assumeTrue(strace.isAlive(), "Skipped: strace may not attach here: " + said);
      return said.contains("attached");
    } catch (IOException failure) {
      throw new java.io.UncheckedIOException(failure);
    }
  }

  private void load(PostroomProcess postroom) {
    try (var threads = Executors.newFixedThreadPool(4)) {
      IntStream.range(0, MESSAGES).forEach(i -> threads.submit(() -> send(postroom, i)));
    }
    assertThat(acknowledged).hasSize(MESSAGES);
  }

  private void send(PostroomProcess postroom, int number) {
    String body =
        """
        {"subject": "Text %d", "text": "%s", "to": ["a@x.example"]}
        """
            .formatted(number, "Good morning. ".repeat(1 + number % 40 * 20));
    HttpResponse<String> answer =
        postroom.send(
            postroom
                .request("/api/v1/messages")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    if (answer.statusCode() == 202) acknowledged.put(json(answer).get("id").asString(), now());
  }

  private int firstWithAcknowledged(WriteLog log) {
    double first = acknowledged.values().stream().min(Double::compare).orElseThrow();
    return IntStream.range(0, log.size()).filter(i -> log.at(i) > first).findFirst().orElseThrow();
  }

  /** The acknowledged messages that the database no longer has; it must open and be sound. */
  private Set<String> missing(WriteLog log, Path home, int cut, boolean honest) throws Exception {
    double share = random.nextInt(3) / 2.0; // nothing, half, or all of it
    Path after = Files.createTempDirectory(folder, "cut");
    for (String name : FILES) {
      byte[] left =
          log.file(
              home.resolve(name),
              before.get(name),
              cut,
              honest,
              () -> honest ? random.nextDouble() < share : random.nextInt(50) == 0);
      Files.write(after.resolve(name), left);
    }
    Set<String> missing = new HashSet<>();
    acknowledged.forEach((id, at) -> {
      if (at < log.at(cut)) missing.add(id);
    });
    try {
      missing.removeAll(present(after));
    } catch (SQLException broken) {
      if (honest) throw broken;
    }
    return missing;
  }

  private static Set<String> present(Path folder) throws SQLException {
    Set<String> ids = new HashSet<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(FILES[0]));
        Statement statement = connection.createStatement()) {
      try (ResultSet sound = statement.executeQuery("PRAGMA integrity_check")) {
        sound.next();
        if (!sound.getString(1).equals("ok")) throw new SQLException(sound.getString(1));
      }
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT m.id FROM messages m JOIN message_contents c ON c.company_id = m.company_id AND c.message_id = m.id"
                  + " WHERE length(c.mime) = m.size"
                  + " AND EXISTS (SELECT 1 FROM message_recipients r WHERE r.company_id = m.company_id AND r.message_id = m.id)")) {
        while (rows.next()) ids.add(rows.getString(1));
      }
    }
    return ids;
  }

  private static double now() {
    var now = java.time.Instant.now();
    return now.getEpochSecond() + now.getNano() / 1e9;
  }
}
