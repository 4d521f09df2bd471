package org.postroom.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.postroom.testkit.Launch;
import org.postroom.testkit.PostroomProcess;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A statement run over many customers, one statement each, beside two other ways: asking our own
 * API for one customer after the other, as a script would, and wkhtmltopdf once per statement with
 * Python's smtplib, as the ERPs do. The product is a process of its own on the embedded database.
 * {@code Statements [customers] [rounds] [peers: yes or no]}.
 */
public final class Statements implements AutoCloseable {
  private static final int CONNECTIONS = 4;
  private static final int OPEN_INVOICES = 5;
  private static final int BY_HAND = 200;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private final int customers;
  private final Sink sink = new Sink(0, Sink.Manners.AT_ONCE);
  private final PostroomProcess postroom = PostroomProcess.start(Map.of(), Launch.usual());
  private long mostMemory;
  private long leastMemory = Long.MAX_VALUE;

  /** One measured round: statements per second, processor seconds per statement. */
  record Lap(double perSecond, double cpu) {}

  private Statements(int customers) throws IOException {
    this.customers = customers;
    prepare();
  }

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    int customers = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    boolean peers = arguments.length < 3 || arguments[2].equals("yes");
    try (var statements = new Statements(customers)) {
      statements.run(rounds, peers, System.out);
    }
    System.exit(0);
  }

  private void run(int rounds, boolean peers, PrintStream out) throws Exception {
    List<Lap> runs = new ArrayList<>();
    List<Lap> byHand = new ArrayList<>();
    List<Lap> wkhtmltopdf = new ArrayList<>();
    oneByOne();
    if (peers) peer(1);
    for (int i = 0; i < rounds; i++) {
      runs.add(wholeRun());
      byHand.add(oneByOne());
      if (peers) wkhtmltopdf.add(peer(8));
    }
    out.println("| way | statements/s (spread) | CPU ms a statement (spread) | a run is |");
    out.println("|---|---|---|---|");
    out.println(row("a run of " + customers, runs, runs));
    out.println(row("POST /partners/{ref}/statement, one after the other", byHand, runs));
    if (peers) out.println(row("wkhtmltopdf, 200 ms script delay, smtplib", wkhtmltopdf, runs));
    out.println();
    out.printf(
        Locale.ROOT,
        "%d rounds, %d customers with %d open invoices each, on %d cores, Java %s; load average %s."
            + " Resident memory during the runs %d to %d MB.%n",
        rounds,
        customers,
        OPEN_INVOICES,
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        loadAverage(),
        leastMemory,
        mostMemory);
    out.printf("At the sink: %s%n", sink.counts());
  }

  /** From the request to the last mail at the sink; looks at the progress every half second. */
  private Lap wholeRun() throws Exception {
    long before = sink.counts().messages();
    double cpu = cpuSeconds(postroom.pid());
    long began = System.nanoTime();
    JsonNode run =
        send(
            202,
            "POST",
            "/api/v1/statements/runs",
            "{\"date\": \"2026-11-21\", \"kind\": \"open_items\"}");
    String path = "/api/v1/statements/runs/" + run.get("id").asString();
    long deadline = System.nanoTime() + Duration.ofMinutes(30).toNanos();
    JsonNode seen = run;
    while (!seen.get("state").asString().equals("done")) {
      if (System.nanoTime() > deadline) throw new IllegalStateException("Not done: " + seen);
      LockSupport.parkNanos(500_000_000);
      seen = send(200, "GET", path, "");
      if (seen.at("/counts/sent").asLong() > 0) remember(residentMegabytes(postroom.pid()));
      progress(seen);
    }
    arrived(before + customers);
    double seconds = (System.nanoTime() - began) / 1e9;
    long sent = seen.at("/counts/sent").asLong();
    if (sent != customers) throw new IllegalStateException("Sent only " + sent + ": " + seen);
    return new Lap(sent / seconds, (cpuSeconds(postroom.pid()) - cpu) / sent);
  }

  private void arrived(long messages) {
    long deadline = System.nanoTime() + Duration.ofMinutes(10).toNanos();
    while (sink.counts().messages() < messages) {
      if (System.nanoTime() > deadline) throw new IllegalStateException("Not all arrived.");
      LockSupport.parkNanos(1_000_000);
    }
  }

  private Lap oneByOne() throws IOException {
    long before = sink.counts().messages();
    double cpu = cpuSeconds(postroom.pid());
    long began = System.nanoTime();
    int count = Math.min(BY_HAND, customers);
    for (int i = 1; i <= count; i++)
      send(202, "POST", "/api/v1/partners/c" + i + "/statement?as_of=2026-11-20", "");
    arrived(before + count);
    double seconds = (System.nanoTime() - began) / 1e9;
    return new Lap(count / seconds, (cpuSeconds(postroom.pid()) - cpu) / count);
  }

  private Lap peer(int count) throws IOException, InterruptedException {
    Process python =
        new ProcessBuilder(
                "bench/peers/erp.py",
                "--port",
                Integer.toString(sink.port()),
                "--count",
                Integer.toString(count),
                "--delay",
                "200",
                "--plain")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    JsonNode said = JSON.readTree(python.getInputStream().readAllBytes());
    if (python.waitFor() != 0) throw new IOException("The peer failed.");
    return new Lap(
        said.get("per_second").doubleValue(), said.get("cpu_seconds").doubleValue() / count);
  }

  private void prepare() throws IOException {
    send(
        201,
        "POST",
        "/api/v1/accounts",
        """
        {"kind": "smtp", "name": "Statements", "email": "accounts@acme.example", "default": true, "active": true,
         "smtp": {"host": "localhost", "port": %d, "security": "none", "auth": false}}
        """
            .formatted(sink.port()));
    try {
      inParallel(customers, this::customer);
    } catch (Exception failure) {
      throw new IOException(failure);
    }
  }

  private void customer(int number) {
    send(
        201,
        "PUT",
        "/api/v1/partners/c" + number,
        """
        {"type": "customer", "name": "Customer no. %d", "language": "en", "currency": "EUR", "emails": {"main": ["ap@c%d.example"]}}
        """
            .formatted(number, number));
    for (int i = 1; i <= OPEN_INVOICES; i++)
      send(
          201,
          "PUT",
          "/api/v1/documents/invoice/INV-" + number + "-" + i,
          """
          {"partner": "c%d", "issue_date": "2026-%02d-02", "due_date": "2026-%02d-28", "currency": "EUR",
           "totals": {"gross": "327.00", "paid": "0.00", "due": "327.00"}}
          """
              .formatted(number, 5 + i, 5 + i));
  }

  private interface Each {
    void run(int number);
  }

  private static void inParallel(int count, Each each) throws Exception {
    var next = new AtomicInteger();
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      for (int i = 0; i < CONNECTIONS; i++)
        all.add(
            threads.submit(() -> {
              for (int n = next.incrementAndGet(); n <= count; n = next.incrementAndGet())
                each.run(n);
            }));
      for (Future<?> one : all) one.get();
    }
  }

  private JsonNode send(int status, String verb, String path, String body) {
    HttpResponse<String> answer =
        postroom.send(
            postroom
                .request(path)
                .header("Content-Type", "application/json")
                .method(verb, BodyPublishers.ofString(body)));
    if (answer.statusCode() != status)
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    return JSON.readTree(answer.body());
  }

  @SuppressWarnings("SystemOut")
  private static void progress(JsonNode run) {
    System.err.println(run.get("state") + " " + run.get("counts"));
  }

  private void remember(long megabytes) {
    mostMemory = Math.max(mostMemory, megabytes);
    leastMemory = Math.min(leastMemory, megabytes);
  }

  private static String row(String name, List<Lap> laps, List<Lap> ours) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < laps.size(); i++)
      ratios.add(ours.get(i).perSecond() / laps.get(i).perSecond());
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %.1f × |",
        name,
        spread(laps.stream().map(Lap::perSecond).toList()),
        spread(laps.stream().map(lap -> lap.cpu() * 1000).toList()),
        Rounds.median(ratios));
  }

  private static String spread(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "%.1f (%.1f–%.1f)",
        Rounds.median(values),
        sorted.getFirst(),
        sorted.getLast());
  }

  private static double cpuSeconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
  }

  private static long residentMegabytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  private static String loadAverage() throws IOException {
    return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
  }

  @Override
  public void close() throws IOException {
    postroom.close();
    sink.close();
  }
}
