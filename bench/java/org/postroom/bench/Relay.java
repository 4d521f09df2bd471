package org.postroom.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postroom.testkit.FreePort;
import org.postroom.testkit.Launch;
import org.postroom.testkit.PostroomProcess;
import org.postroom.testkit.RunningPostroom;

/**
 * The relay: smtp-source hands in over SMTP, a message is durable before its 250, smtp-sink gets it
 * over SMTP; Postroom beside Postfix, in turn. {@code Relay [rounds] [messages] [size] [sqlite or
 * postgresql] [peer: yes or no]}. Both databases and Postfix's queue sync each commit to the disk.
 */
public final class Relay implements AutoCloseable {
  private static final int SESSIONS = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final int messages;
  private final int size;
  private final SmtpSink sink;
  private final @Nullable EmbeddedPostgres database;
  private final PostroomProcess postroom;
  private final int ingress = FreePort.next();
  private final int postfix = FreePort.next();
  private final Path postfixFolder;

  /** One measured round: messages per second, processor seconds per message. */
  record Lap(double perSecond, double cpu) {}

  private interface Cpu {
    double seconds() throws IOException;
  }

  private Relay(int messages, int size, boolean postgres, boolean peer)
      throws IOException, InterruptedException {
    this.messages = messages;
    this.size = size;
    this.sink = new SmtpSink();
    this.database = postgres ? syncing() : null;
    Map<String, String> settings = new HashMap<>();
    settings.put("POSTROOM_SMTP_INGRESS_PORT", Integer.toString(ingress));
    settings.put("POSTROOM_SMTP_INGRESS_BIND", "127.0.0.1");
    settings.put("POSTROOM_SMTP_INGRESS_OPEN_KEY", RunningPostroom.API_KEY);
    if (database != null)
      settings.put(
          "POSTROOM_DATABASE_URL",
          "postgresql://postgres:postgres@127.0.0.1:" + database.getPort() + "/postgres");
    this.postroom = PostroomProcess.start(settings, Launch.usual());
    this.postfixFolder = Files.createTempDirectory("relay-postfix");
    account();
    if (peer)
      run(
          "bench/peers/postfix-relay",
          "start",
          postfixFolder.toString(),
          "" + postfix,
          "" + sink.port);
  }

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    int messages = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5000;
    int size = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10_240;
    boolean postgres = arguments.length > 3 && arguments[3].equals("postgresql");
    boolean peer = arguments.length < 5 || arguments[4].equals("yes");
    try (var relay = new Relay(messages, size, postgres, peer)) {
      relay.run(rounds, peer, System.out);
    }
    System.exit(0);
  }

  private void run(int rounds, boolean peer, PrintStream out) throws Exception {
    List<Lap> ours = new ArrayList<>();
    List<Lap> theirs = new ArrayList<>();
    // A service is warm most of its life; the compiler needs some thousand messages.
    for (int i = 0; i < 3; i++) lap("warming", ingress, this::postroomCpu);
    if (peer) lap("warming", postfix, this::postfixCpu);
    String load = loadAverage();
    for (int i = 0; i < rounds; i++) {
      ours.add(lap("Postroom", ingress, this::postroomCpu));
      if (peer) theirs.add(lap("Postfix", postfix, this::postfixCpu));
    }
    out.println("| relay | messages/s (spread) | CPU ms a message (spread) | Postroom is |");
    out.println("|---|---|---|---|");
    out.println(row("Postroom on " + (database == null ? "SQLite" : "PostgreSQL"), ours, ours));
    if (peer) out.println(row("Postfix", theirs, ours));
    out.println();
    out.printf(
        Locale.ROOT,
        "%d rounds of %d messages of %d bytes, %d sessions, a connection for each message, on %d"
            + " cores, Java %s; load average before %s, after %s.%n",
        rounds,
        messages,
        size,
        SESSIONS,
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        load,
        loadAverage());
  }

  /** Hands in so many messages and waits until all have arrived at the sink. */
  private Lap lap(String what, int port, Cpu cpu) throws Exception {
    long before = sink.messages();
    double cpuBefore = cpu.seconds();
    long began = System.nanoTime();
    run(
        "smtp-source",
        "-s",
        "" + SESSIONS,
        "-m",
        "" + messages,
        "-l",
        "" + size,
        "-N",
        "-f",
        "a@acme.example",
        "-t",
        "b@customer.example",
        "127.0.0.1:" + port);
    long taken = System.nanoTime();
    long deadline = began + PATIENCE.toNanos();
    while (sink.messages() < before + messages) {
      if (System.nanoTime() > deadline)
        throw new IllegalStateException(
            (sink.messages() - before) + " of " + messages + " arrived.");
      LockSupport.parkNanos(1_000_000);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    var lap = new Lap(messages / seconds, (settled(cpu) - cpuBefore) / messages);
    progress(what, lap, messages / ((taken - began) / 1e9));
    if (sink.messages() != before + messages) throw new IllegalStateException("Too many arrived.");
    return lap;
  }

  /** What was counted once nothing is written down behind the last message any more. */
  private static double settled(Cpu cpu) throws IOException {
    double last = cpu.seconds();
    for (int i = 0; i < 20; i++) {
      LockSupport.parkNanos(250_000_000);
      double now = cpu.seconds();
      if (now - last < 0.02) return now;
      last = now;
    }
    return last;
  }

  @SuppressWarnings("SystemOut")
  private static void progress(String what, Lap lap, double accepted) {
    System.err.printf(
        Locale.ROOT,
        "%s: %.0f/s, %.2f ms CPU; handed in at %.0f/s%n",
        what,
        lap.perSecond(),
        lap.cpu() * 1000,
        accepted);
  }

  private double postroomCpu() throws IOException {
    double cpu = Processors.of(postroom.pid());
    return database == null ? cpu : cpu + Processors.withChildren(postmaster());
  }

  private double postfixCpu() throws IOException {
    return Double.parseDouble(
        run("bench/peers/postfix-relay", "cpu", postfixFolder.toString()).strip());
  }

  private long postmaster() throws IOException {
    try (var connection =
            java.util.Objects.requireNonNull(database).getPostgresDatabase().getConnection();
        var row = connection.createStatement().executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      return Processors.parent(row.getLong(1));
    } catch (SQLException failure) {
      throw new IOException(failure);
    }
  }

  /** As in production: the server that tests share never syncs. */
  private static EmbeddedPostgres syncing() throws IOException {
    return EmbeddedPostgres.builder()
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .setServerConfig("shared_buffers", "256MB")
        .start();
  }

  private void account() {
    String json =
        """
        {"kind": "smtp", "name": "Relay", "email": "a@acme.example", "default": true, "active": true,
         "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": false},
         "limits": {"connections": %d, "per_minute": 0, "per_day": 0}}
        """
            .formatted(sink.port, SESSIONS);
    HttpResponse<String> answer =
        postroom.send(
            postroom
                .request("/api/v1/accounts")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    if (answer.statusCode() != 201)
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
  }

  private static String row(String name, List<Lap> laps, List<Lap> ours) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < laps.size(); i++)
      ratios.add(ours.get(i).perSecond() / laps.get(i).perSecond());
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s × |",
        name,
        spread(laps.stream().map(Lap::perSecond).toList(), "%.0f"),
        spread(laps.stream().map(lap -> lap.cpu() * 1000).toList(), "%.2f"),
        spread(ratios, "%.2f"));
  }

  private static String spread(List<Double> values, String format) {
    List<Double> sorted = values.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        format + " (" + format + "–" + format + ")",
        Rounds.median(values),
        sorted.getFirst(),
        sorted.getLast());
  }

  private static String run(String... command) throws IOException {
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().merge("PATH", ":/usr/sbin", String::concat);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes());
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0)
        throw new IOException(String.join(" ", command) + " failed: " + said);
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
    return said;
  }

  private static String loadAverage() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
  }

  @Override
  public void close() throws Exception {
    postroom.stop(); // a recording that somebody asked the JVM for is written on the way out
    postroom.close();
    if (database != null) database.close();
    run("bench/peers/postfix-relay", "stop", postfixFolder.toString());
    sink.close();
  }

  /** Postfix's own sink, which prints its counts whenever they change. */
  private static final class SmtpSink implements AutoCloseable {
    final int port = FreePort.next();
    private final Process process;
    private volatile long messages;

    SmtpSink() throws IOException {
      var command = List.of("smtp-sink", "-u", "nobody", "-c", "127.0.0.1:" + port, "1000");
      var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().merge("PATH", ":/usr/sbin", String::concat);
      process = builder.start();
      Thread.ofPlatform().daemon().start(this::count);
    }

    long messages() {
      return messages;
    }

    /** {@code sess=1 quit=1 mesg=1}, each followed by a carriage return. */
    private void count() {
      try (var counts = new java.io.InputStreamReader(process.getInputStream())) {
        var line = new StringBuilder();
        for (int c = counts.read(); c >= 0; c = counts.read()) {
          if (c != '\r' && c != '\n') {
            line.append((char) c);
            continue;
          }
          int at = line.indexOf("mesg=");
          if (at >= 0) messages = Long.parseLong(line.substring(at + 5).strip());
          line.setLength(0);
        }
      } catch (IOException ended) {
        // The sink is gone.
      }
    }

    @Override
    public void close() {
      process.destroy();
    }
  }

  /** Processor seconds from Linux's /proc. */
  static final class Processors {
    private Processors() {}

    static double of(long pid) throws IOException {
      String[] fields = stat(pid);
      return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    /** With its children, living and ended. */
    static double withChildren(long pid) throws IOException {
      String[] own = stat(pid);
      double sum = of(pid) + (Long.parseLong(own[13]) + Long.parseLong(own[14])) / 100.0;
      try (Stream<ProcessHandle> children =
          ProcessHandle.of(pid).map(ProcessHandle::children).orElse(Stream.empty())) {
        for (ProcessHandle child : children.toList()) {
          try {
            sum += of(child.pid());
          } catch (IOException ended) {
            // Counted with its parent next time.
          }
        }
      }
      return sum;
    }

    static long parent(long pid) throws IOException {
      return Long.parseLong(stat(pid)[1]);
    }

    private static String[] stat(long pid) throws IOException {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }
  }
}
