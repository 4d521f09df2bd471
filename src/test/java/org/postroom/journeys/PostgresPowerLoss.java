package org.postroom.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.postroom.testkit.Eventually.eventually;
import static org.postroom.testkit.RunningPostroom.json;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postroom.testkit.Launch;
import org.postroom.testkit.PostroomProcess;

/**
 * {@link PowerLossTests} for a PostgreSQL: strace follows all of its processes while mail is
 * accepted and checkpoints are made; then it starts on its files as a power cut may have left them,
 * recovers, and must hold everything that was acknowledged. Too slow for the test command: {@code
 * bench/power-loss postgresql}.
 */
class PostgresPowerLoss {
  private static final int CUTS = Integer.getInteger("power.cuts", 25);
  private static final int MESSAGES = Integer.getInteger("power.messages", 200);
  private static final long SEED = Long.getLong("power.seed", System.nanoTime());
  private static final Path STRACE = Path.of("/usr/bin/strace");
  private static final String CALLS =
      "openat,write,pwrite64,pwritev,ftruncate,fallocate,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,lseek,fsync,fdatasync";
  private static final Predicate<String> HONEST = file -> true;

  /** A disk that says it has the log and has it not. */
  private static final Predicate<String> LIES_ABOUT_THE_LOG = file -> !file.startsWith("pg_wal/");

  @TempDir Path folder;
  private final Random random = new Random(SEED);

  /** Messages by id, and when the client knew that Postroom has them, in seconds of the epoch. */
  private final Map<String, Double> acknowledged = new ConcurrentHashMap<>();

  @Test
  void whatWasAcknowledgedIsThereAfterAPowerCutAtAnyMoment() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(STRACE), "Skipped: no strace.");
    FolderLog log = recorded();
    int size = log.steps().size();
    double start = acknowledged.values().stream().min(Double::compare).orElseThrow();
    int first = IntStream.range(0, size).filter(i -> log.at(i) > start).findFirst().orElseThrow();
    int lost = 0;
    int lies = 0;
    for (int i = 0; i < CUTS; i++) {
      int cut = first + random.nextInt(size - first);
      assertThat(missing(log, cut, HONEST)).as("cut %d, seed %d", cut, SEED).isEmpty();
      if (i % 5 > 0) continue;
      lies++;
      lost += missing(log, cut, LIES_ABOUT_THE_LOG).size();
    }
    System.out.printf(
        "PostgreSQL: %d power cuts among %d steps and %d waits for the disk, seed %d: of %d acknowledged messages none lost (with a disk that lies about the log, %d of the cuts: %d)%n",
        CUTS, size - log.syncs(), log.syncs(), SEED, acknowledged.size(), lies, lost);
    assertThat(lost).as("this can fail: a disk that lies loses mail").isPositive();
  }

  private FolderLog recorded() throws Exception {
    Path data = folder.resolve("data");
    Path trace = folder.resolve("trace");
    try (EmbeddedPostgres server = start(data, "on")) {
      execute(server, "CREATE DATABASE postroom");
      var settings =
          Map.of(
              "POSTROOM_DATABASE_URL",
              "postgresql://postgres:postgres@127.0.0.1:" + server.getPort() + "/postroom");
      try (var postroom = PostroomProcess.start(settings, Launch.usual())) {
        execute(server, "CHECKPOINT");
        Process strace = follow(data, trace);
        copy(data, folder.resolve("base"));
        load(postroom, server);
        postroom.kill();
        execute(server, "CHECKPOINT");
        copy(data, folder.resolve("end"));
        // SIGTERM lets strace write down what it has and let go.
        strace.destroy();
        assertThat(strace.waitFor(60, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
      }
    }
    FolderLog log = FolderLog.read(trace, data.toRealPath());
    isComplete(log);
    return log;
  }

  /** What was recorded, done to the copy, gives the files as they were in the end. */
  private void isComplete(FolderLog log) throws Exception {
    Path after = folder.resolve("after");
    FolderAfterCut.make(folder.resolve("base"), log, log.steps().size(), HONEST, () -> true, after);
    List<String> differ = new ArrayList<>();
    int same = 0;
    for (String part : List.of("base", "global", "pg_wal", "pg_xact"))
      try (Stream<Path> files = Files.walk(folder.resolve("end").resolve(part))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Path made = after.resolve(folder.resolve("end").relativize(file));
          if (Files.exists(made) && Files.mismatch(file, made) < 0) same++;
          else differ.add(file.toString());
        }
      }
    delete(after);
    assertThat(differ).as("beside %d that are the same", same).isEmpty();
  }

  private static EmbeddedPostgres start(Path data, String fsync) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setRegisterShutdownHook(false)
        .setServerConfig("fsync", fsync)
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("wal_sync_method", "fdatasync")
        .start();
  }

  private Process follow(Path data, Path trace) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                STRACE.toString(), "-f", "-ttt", "-y", "-xx", "-s", "20000000", "-o", "" + trace));
    command.addAll(List.of("-e", "trace=" + CALLS));
    long postmaster =
        Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
    List<Long> processes =
        Stream.concat(
                Stream.of(postmaster),
                ProcessHandle.of(postmaster).orElseThrow().descendants().map(ProcessHandle::pid))
            .toList();
    processes.forEach(pid -> command.addAll(List.of("-p", Long.toString(pid))));
    Path said = folder.resolve("strace.log");
    Process strace =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    eventually(() -> attached(said), n -> n >= processes.size() || !strace.isAlive());
    Assumptions.assumeTrue(
        strace.isAlive(), () -> "Skipped: strace may not attach here: " + attached(said));
    return strace;
  }

  private static long attached(Path said) {
    try (Stream<String> lines = Files.lines(said)) {
      return lines.filter(line -> line.contains("attached")).count();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Four clients, and now and then a checkpoint, which writes tables and takes logs away. */
  private void load(PostroomProcess postroom, EmbeddedPostgres server) {
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < MESSAGES; i++) {
        int number = i;
        threads.submit(() -> send(postroom, number));
        if (i % (MESSAGES / 5 + 1) == MESSAGES / 6)
          threads.submit(() -> execute(server, "CHECKPOINT"));
      }
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

  /** The acknowledged messages that the recovered database does not have. */
  private Set<String> missing(FolderLog log, int cut, Predicate<String> disk) throws Exception {
    double share = random.nextInt(3) / 2.0; // nothing, half, or all of what nobody waited for
    BooleanSupplier reached = () -> disk == HONEST && random.nextDouble() < share;
    Path after = folder.resolve("after");
    FolderAfterCut.make(folder.resolve("base"), log, cut, disk, reached, after);
    Files.deleteIfExists(after.resolve("postmaster.pid"));
    Set<String> missing = new HashSet<>();
    acknowledged.forEach((id, at) -> {
      if (at < log.at(cut)) missing.add(id);
    });
    try (EmbeddedPostgres recovered = start(after, "off")) {
      missing.removeAll(present(recovered));
    } catch (IOException | SQLException | IllegalStateException broken) {
      if (disk == HONEST) throw broken;
    } finally {
      delete(after);
    }
    return missing;
  }

  private static Set<String> present(EmbeddedPostgres server) throws SQLException {
    Set<String> ids = new HashSet<>();
    try (Connection connection = server.getDatabase("postgres", "postroom").getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT m.id FROM messages m JOIN message_contents c ON c.company_id = m.company_id AND c.message_id = m.id"
                    + " WHERE length(c.mime) = m.size"
                    + " AND EXISTS (SELECT 1 FROM message_recipients r WHERE r.company_id = m.company_id AND r.message_id = m.id)")) {
      while (rows.next()) ids.add(rows.getString(1));
    }
    return ids;
  }

  private static void execute(EmbeddedPostgres server, String sql) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static void copy(Path from, Path to) throws IOException, InterruptedException {
    run("cp", "-a", from.toString(), to.toString());
  }

  private static void delete(Path path) throws IOException, InterruptedException {
    run("rm", "-rf", path.toString());
  }

  private static void run(String... command) throws IOException, InterruptedException {
    // The server's own files come and go while they are copied.
    new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
  }

  private static double now() {
    var now = java.time.Instant.now();
    return now.getEpochSecond() + now.getNano() / 1e9;
  }
}
