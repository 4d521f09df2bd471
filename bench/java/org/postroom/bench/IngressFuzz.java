package org.postroom.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.postroom.testkit.FreePort;
import org.postroom.testkit.Launch;
import org.postroom.testkit.PostroomProcess;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.SmtpFuzz;

/**
 * The submission server of a whole process under broken clients for a long time: {@code IngressFuzz
 * [minutes] [seed]}. Says how many there were, and how many threads, files and bytes the process
 * had before and after.
 */
public final class IngressFuzz {
  private static final int CLIENTS = 4;
  private static final Pattern TROUBLE = Pattern.compile(" ERROR |Exception|\\tat org\\.postroom");

  private IngressFuzz() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    long minutes = arguments.length > 0 ? Long.parseLong(arguments[0]) : 60;
    long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
    int port = FreePort.next();
    Map<String, String> settings =
        Map.of(
            "POSTROOM_SMTP_INGRESS_PORT",
            Integer.toString(port),
            "POSTROOM_SMTP_INGRESS_BIND",
            "127.0.0.1",
            "POSTROOM_SMTP_INGRESS_LOCAL_AUTH",
            "yes");
    try (var postroom = PostroomProcess.start(settings, Launch.usual())) {
      run(postroom, port, seed, Duration.ofMinutes(minutes), System.out);
    }
    System.exit(0);
  }

  private static void run(
      PostroomProcess postroom, int port, long seed, Duration time, PrintStream out)
      throws Exception {
    out.println("Seed " + seed + ". Before: " + Footprint.of(postroom.pid()));
    long end = System.nanoTime() + time.toNanos();
    var count = new AtomicLong();
    try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        var fuzz = new SmtpFuzz(port, RunningPostroom.API_KEY, seed + i);
        all.add(
            threads.submit(() -> {
              while (System.nanoTime() - end < 0) {
                fuzz.once();
                if (count.incrementAndGet() % 1000 == 0) fuzz.stillAnswers();
              }
              return null;
            }));
      }
      for (Future<?> one : all) one.get();
    }
    new SmtpFuzz(port, RunningPostroom.API_KEY, seed).stillAnswers();
    List<String> trouble =
        java.nio.file.Files.readAllLines(postroom.log()).stream()
            .filter(TROUBLE.asPredicate())
            .toList();
    out.println(count + " clients in " + time + ". After: " + Footprint.of(postroom.pid()));
    if (!trouble.isEmpty()) throw new IllegalStateException(String.join("\n", trouble));
    out.println("No reply that is none, no hang, no exception in the log.");
  }

  /** What a leak would let grow. */
  private record Footprint(long threads, long files, long residentMegabytes) {
    static Footprint of(long pid) throws java.io.IOException {
      var status =
          java.nio.file.Files.readAllLines(java.nio.file.Path.of("/proc/" + pid + "/status"));
      try (var open = java.nio.file.Files.list(java.nio.file.Path.of("/proc/" + pid + "/fd"))) {
        return new Footprint(
            number(status, "Threads:"), open.count(), number(status, "VmRSS:") / 1024);
      }
    }

    private static long number(List<String> status, String name) {
      return status.stream()
          .filter(line -> line.startsWith(name))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0L);
    }

    @Override
    public String toString() {
      return threads + " threads, " + files + " open files, " + residentMegabytes + " MB resident";
    }
  }
}
