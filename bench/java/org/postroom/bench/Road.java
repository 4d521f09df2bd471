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
import org.postroom.testkit.TestCertificates;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The document road: event, PDF, mail, on disk, accepted over SMTP with STARTTLS and AUTH. The
 * product as a process of its own on the embedded database, beside wkhtmltopdf once per document
 * with Python's smtplib. {@code Road [rounds] [documents per round] [peers: yes or no]}.
 */
public final class Road implements AutoCloseable {
  private static final int CONNECTIONS = 4;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Sink sink;
  private final PostroomProcess postroom;
  private final int documents;
  private final AtomicInteger round = new AtomicInteger();

  /** One measured round: documents per second, processor seconds per document. */
  record Lap(double perSecond, double cpu) {}

  private Road(int documents) throws IOException {
    this.documents = documents;
    Path folder = Files.createTempDirectory("road");
    TestCertificates certificates = TestCertificates.forLocalhost();
    certificates.write(folder);
    sink = new Sink(0, Sink.Manners.AT_ONCE, certificates.serverContext());
    Map<String, String> settings =
        Map.of("POSTROOM_TRUSTED_CERTIFICATES", folder.resolve("authority.pem").toString());
    postroom = PostroomProcess.start(settings, Launch.usual());
    prepare();
  }

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    int documents = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 400;
    boolean peers = arguments.length < 3 || arguments[2].equals("yes");
    try (var road = new Road(documents)) {
      road.run(rounds, peers, System.out);
    }
    System.exit(0);
  }

  private void run(int rounds, boolean peers, PrintStream out) throws Exception {
    List<Lap> ours = new ArrayList<>();
    List<Lap> slow = new ArrayList<>();
    List<Lap> quick = new ArrayList<>();
    // A service is warm most of its life; the compiler needs some thousand documents.
    for (int i = 0; i < 8; i++) ours();
    if (peers) peer(1, 200);
    String load = loadAverage();
    for (int i = 0; i < rounds; i++) {
      ours.add(ours());
      if (!peers) continue;
      slow.add(peer(4, 1000));
      quick.add(peer(8, 200));
    }
    out.println("| way | documents/s (spread) | CPU ms a document (spread) | Postroom is |");
    out.println("|---|---|---|---|");
    out.println(row("Postroom", ours, ours));
    if (peers) {
      out.println(row("wkhtmltopdf, 1000 ms script delay, smtplib", slow, ours));
      out.println(row("wkhtmltopdf, 200 ms script delay, smtplib", quick, ours));
    }
    out.println();
    out.printf(
        Locale.ROOT,
        "%d rounds of %d documents on %d cores, Java %s; load average before %s, after %s.%n",
        rounds,
        documents,
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        load,
        loadAverage());
    out.printf("At the sink: %s%n", sink.counts());
  }

  /** Tells one event per document and waits until all mails have arrived. */
  private Lap ours() throws Exception {
    int number = round.incrementAndGet();
    long before = sink.counts().messages();
    double cpuBefore = cpuSeconds(postroom.pid());
    long began = System.nanoTime();
    inParallel(i -> tell(number, i));
    long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    while (sink.counts().messages() < before + documents) {
      if (System.nanoTime() > deadline) throw new IllegalStateException("Not all arrived.");
      LockSupport.parkNanos(1_000_000);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    var lap = new Lap(documents / seconds, (cpuSeconds(postroom.pid()) - cpuBefore) / documents);
    progress(number, lap);
    return lap;
  }

  @SuppressWarnings("SystemOut")
  private void progress(int number, Lap lap) {
    System.err.printf(
        Locale.ROOT,
        "round %d of process %d: %.1f/s, %.1f ms CPU%n",
        number,
        postroom.pid(),
        lap.perSecond(),
        lap.cpu() * 1000);
  }

  private Lap peer(int count, int delay) throws IOException, InterruptedException {
    Process python =
        new ProcessBuilder(
                "bench/peers/erp.py",
                "--port",
                Integer.toString(sink.port()),
                "--count",
                Integer.toString(count),
                "--delay",
                Integer.toString(delay))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    JsonNode said = JSON.readTree(python.getInputStream().readAllBytes());
    if (python.waitFor() != 0) throw new IOException("The peer failed.");
    return new Lap(
        said.get("per_second").doubleValue(), said.get("cpu_seconds").doubleValue() / count);
  }

  private void tell(int number, int document) {
    String event =
        """
        {"specversion": "1.0", "id": "r%d-%d", "source": "/bench/road", "type": "invoice.issued", "data": {"kind": "invoice", "number": "INV-%d", "occasion": "round %d"}}
        """
            .formatted(number, document, document, number);
    send(202, "POST", "/api/v1/events", "application/cloudevents+json", event);
  }

  private void prepare() throws IOException {
    send(
        201,
        "POST",
        "/api/v1/accounts",
        "application/json",
        """
        {"kind": "smtp", "name": "Invoices", "email": "invoices@acme.example", "default": true, "active": true,
         "smtp": {"host": "localhost", "port": %d, "security": "starttls", "auth": true, "username": "bench", "password": "bench"}}
        """
            .formatted(sink.port()));
    send(
        201,
        "PUT",
        "/api/v1/partners/contoso",
        "application/json",
        """
        {"type": "customer", "name": "Contoso Bakery", "language": "en", "currency": "EUR", "emails": {"main": ["ap@contoso.example"]}}
        """);
    send(
        200,
        "PATCH",
        "/api/v1/automations/invoice_issued",
        "application/json",
        "{\"enabled\": true}");
    try {
      inParallel(this::put);
    } catch (Exception failure) {
      throw new IOException(failure);
    }
  }

  /** Ten lines, one page, as the peer's. */
  private void put(int number) {
    var lines = new StringBuilder();
    for (int line = 1; line <= 10; line++) {
      if (line > 1) lines.append(',');
      lines.append(
          """
          {"description": "Rye flour, sack no. %d", "quantity": "25", "unit": "kg", "unit_price": "1.20", "tax_rate": "9.00", "amount": "30.00"}
          """
              .formatted(line));
    }
    send(
        201,
        "PUT",
        "/api/v1/documents/invoice/INV-" + number,
        "application/json",
        """
        {"partner": "contoso", "issue_date": "2026-11-02", "due_date": "2026-12-02", "currency": "EUR", "lines": [%s],
         "bill_to": {"name": "Contoso Bakery", "email": null},
         "totals": {"net": "300.00", "tax": "27.00", "gross": "327.00", "paid": "0.00", "due": "327.00"}}
        """
            .formatted(lines));
  }

  private interface Each {
    void run(int number);
  }

  private void inParallel(Each each) throws Exception {
    var next = new AtomicInteger();
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      for (int i = 0; i < CONNECTIONS; i++)
        all.add(
            threads.submit(() -> {
              for (int n = next.incrementAndGet(); n <= documents; n = next.incrementAndGet())
                each.run(n);
            }));
      for (Future<?> one : all) one.get();
    }
  }

  private void send(int status, String verb, String path, String type, String body) {
    HttpResponse<String> answer =
        postroom.send(
            postroom
                .request(path)
                .header("Content-Type", type)
                .method(verb, BodyPublishers.ofString(body)));
    if (answer.statusCode() != status)
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
  }

  private static String row(String name, List<Lap> laps, List<Lap> ours) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < laps.size(); i++)
      ratios.add(ours.get(i).perSecond() / laps.get(i).perSecond());
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %.1f × |",
        name,
        spread(laps.stream().map(Lap::perSecond).toList(), "%.1f"),
        spread(laps.stream().map(lap -> lap.cpu() * 1000).toList(), "%.1f"),
        Rounds.median(ratios));
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

  /** User and system time of a process, from Linux's /proc. */
  private static double cpuSeconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
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
