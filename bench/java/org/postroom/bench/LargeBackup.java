package org.postroom.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postroom.Postroom;
import org.postroom.db.Settings;
import org.postroom.testkit.Launch;
import org.postroom.testkit.TestDatabase;

/**
 * Backup, check and restore of a large embedded database, while messages go on being accepted: how
 * long, how much memory, how large the log becomes, and what those who write notice. {@code
 * LargeBackup [megabytes, 1000] [KB a message, 50] [accepted a second meanwhile, 20]}.
 */
public final class LargeBackup {
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
  private final Prepared prepared;
  private final int perSecond;
  private final Path home;

  private LargeBackup(Prepared prepared, int perSecond) {
    this.prepared = prepared;
    this.perSecond = perSecond;
    this.home = prepared.postroom.bean(Settings.class).home();
  }

  public static void main(String[] words) throws Exception {
    int megabytes = words.length > 0 ? Integer.parseInt(words[0]) : 1000;
    int kilobytes = words.length > 1 ? Integer.parseInt(words[1]) : 50;
    int perSecond = words.length > 2 ? Integer.parseInt(words[2]) : 20;
    try (var prepared = new Prepared(mime(kilobytes * 1000), 1, TestDatabase.SQLITE)) {
      int messages = megabytes * 1000 / kilobytes;
      prepared.fill(messages, Instant.now().plus(Duration.ofDays(1)));
      var bench = new LargeBackup(prepared, perSecond);
      bench.print(
          "%d messages of %d KB, database %s", messages, kilobytes, bench.size("postroom.db"));
      bench.quiet();
      Path file = bench.backup();
      bench.commands(file);
    }
  }

  private void quiet() throws InterruptedException {
    var load = new Load();
    load.start();
    LockSupport.parkNanos(Duration.ofSeconds(10).toNanos());
    load.end("writing beside nothing");
  }

  /** By the running Postroom, as every night. */
  private Path backup() throws Exception {
    var load = new Load();
    load.start();
    long from = System.nanoTime();
    String made = prepared.postroom.post("/api/v1/backups", "").body();
    print(
        "backup beside the load: %s, log at most %d MB", since(from), load.largestLog / 1_000_000);
    load.end("writing beside the backup");
    // Once begun anew, it is cut to its usual length.
    for (int i = 0; i < 2000 && length("postroom.db-wal") > 64_000_000; i++)
      prepared.fill(1, Instant.now().plus(Duration.ofDays(1)));
    print("log afterwards: %s", size("postroom.db-wal"));
    String name = made.replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
    Path file = home.resolve("backups").resolve(name);
    print("file: %d MB", Files.size(file) / 1_000_000);
    return file;
  }

  /** Each in a process of its own with the flags of bin/postroom. */
  private void commands(Path file) throws Exception {
    Path folder = Files.createTempDirectory("postroom-large");
    command(home, "backup", folder.resolve("again.zip").toString());
    command(home, "verify", file.toString());
    command(folder.resolve("restored"), "restore", file.toString());
    print(
        "restored database: %d MB", Files.size(folder.resolve("restored/postroom.db")) / 1_000_000);
  }

  private void command(Path where, String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Launch.usual().flags());
    command.addAll(List.of("-cp", Launch.usual().classPath(), Postroom.class.getName()));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    Path said = Files.createTempFile("postroom-large", ".txt");
    builder.redirectOutput(said.toFile());
    builder.environment().put("POSTROOM_HOME", where.toString());
    long from = System.nanoTime();
    Process process = builder.start();
    long peak = 0;
    while (process.isAlive()) {
      peak = Math.max(peak, peak(process.pid()));
      LockSupport.parkNanos(50_000_000);
    }
    print(
        "%s: exit %d, %s, %d MB resident at most",
        words[0], process.exitValue(), since(from), peak / 1000);
    if (process.exitValue() != 0) print("%s", Files.readString(said));
  }

  private static long peak(long pid) {
    try {
      Matcher line = PEAK.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
      return line.find() ? Long.parseLong(line.group(1)) : 0;
    } catch (IOException ended) {
      return 0;
    }
  }

  /** Accepts so many a second, and sees how long each waits and how the log grows. */
  private final class Load extends Thread {
    private final AtomicBoolean ended = new AtomicBoolean();
    private final List<Long> took = new ArrayList<>();
    private volatile long largestLog;

    @Override
    public void run() {
      long due = System.nanoTime();
      while (!ended.get()) {
        long from = System.nanoTime();
        prepared.fill(1, Instant.now().plus(Duration.ofDays(1)));
        took.add(System.nanoTime() - from);
        largestLog = Math.max(largestLog, length("postroom.db-wal"));
        due += 1_000_000_000L / perSecond;
        LockSupport.parkNanos(due - System.nanoTime());
      }
    }

    void end(String what) throws InterruptedException {
      ended.set(true);
      join();
      Collections.sort(took);
      print(
          "%s: %d accepted, median %.1f ms, 99 %% %.1f ms, longest %.1f ms",
          what,
          took.size(),
          took.get(took.size() / 2) / 1e6,
          took.get(took.size() * 99 / 100) / 1e6,
          took.getLast() / 1e6);
    }
  }

  private long length(String file) {
    try {
      return Files.size(home.resolve(file));
    } catch (IOException none) {
      return 0;
    }
  }

  private String size(String file) {
    return length(file) / 1_000_000 + " MB";
  }

  private static String since(long from) {
    return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - from) / 1e9);
  }

  private void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format + "%n", values);
  }

  /** A letter with a PDF: what is in it cannot be made smaller. */
  private static byte[] mime(int bytes) {
    byte[] pdf = new byte[bytes * 3 / 4];
    new Random(1).nextBytes(pdf);
    String text =
        "From: invoices@acme.example\r\nTo: ap@contoso.example\r\nSubject: Invoice\r\nContent-Transfer-Encoding: base64\r\n\r\n";
    return (text + Base64.getMimeEncoder().encodeToString(pdf)).getBytes(StandardCharsets.US_ASCII);
  }
}
