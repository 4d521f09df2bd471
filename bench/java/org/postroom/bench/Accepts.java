package org.postroom.bench;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.postroom.testkit.FreePort;
import org.postroom.testkit.Launch;
import org.postroom.testkit.PostroomProcess;

/**
 * Durable acceptance: {@code POST /messages} with 10 KB from 20 clients, beside Postfix taking the
 * same from smtp-source with 20 sessions. Neither delivers meanwhile: the account's server cannot
 * be reached, Postfix defers. Both have synced before they say yes. {@code Accepts [rounds]
 * [messages]}.
 */
public final class Accepts implements AutoCloseable {
  private static final int CLIENTS = 20;
  private static final int BYTES = 10_240;

  private final PostroomProcess postroom;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String body;
  private final int messages;
  private final String folder;
  private final int port = FreePort.next();
  private final AtomicLong key = new AtomicLong();

  private Accepts(int messages) throws IOException, InterruptedException {
    this.messages = messages;
    // Postfix must get in: the folder is made passable, one above it would not be.
    folder = Files.createTempDirectory("accepts-postfix").toString();
    peer("start", folder, Integer.toString(port), Integer.toString(FreePort.next()));
    postroom = PostroomProcess.start(Map.of(), Launch.usual());
    send(
        "/api/v1/accounts",
        """
        {"kind": "smtp", "name": "Invoices", "email": "invoices@acme.example", "default": true, "active": true,
         "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": false}}
        """
            .formatted(FreePort.next()));
    body =
        """
        {"subject": "Order 4711", "to": ["ap@contoso.example"], "text": "%s"}
        """
            .formatted("Rye flour, 25 kg, as ordered. ".repeat(BYTES / 30));
  }

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    int messages = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2000;
    try (var accepts = new Accepts(messages)) {
      for (int i = 0; i < 4; i++) accepts.ours(0);
      Rounds result =
          Rounds.interleaved(
              rounds,
              "Postroom, POST /messages",
              () -> accepts.ours(0),
              "Postfix, smtp-source",
              accepts::postfix);
      result.print(System.out);
      List<Double> half = accepts.ours(result.medianA() / 2, 20);
      System.out.printf(
          Locale.ROOT,
          "at half load: median %.1f ms, p99 %.1f ms%n",
          half.get(half.size() / 2),
          half.get(half.size() * 99 / 100));
    }
    System.exit(0);
  }

  private long ours(double perSecond) throws Exception {
    return ours(perSecond, 0).size();
  }

  /** How long each took, sorted; at so many a second, or as fast as it goes for 0. */
  private List<Double> ours(double perSecond, int seconds) throws Exception {
    int count = perSecond == 0 ? messages : (int) (perSecond * seconds);
    List<Double> millis = Collections.synchronizedList(new ArrayList<>());
    long start = System.nanoTime();
    var next = new AtomicLong();
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      for (int i = 0; i < CLIENTS; i++)
        all.add(
            clients.submit(() -> {
              for (long n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                if (perSecond > 0) await(start + (long) (n * 1e9 / perSecond));
                long began = System.nanoTime();
                send("/api/v1/messages", body);
                millis.add((System.nanoTime() - began) / 1e6);
              }
              return null;
            }));
      for (Future<?> one : all) one.get();
    }
    return millis.stream().sorted().toList();
  }

  private static void await(long moment) {
    for (long left = moment - System.nanoTime(); left > 0; left = moment - System.nanoTime())
      LockSupport.parkNanos(left);
  }

  private long postfix() throws IOException, InterruptedException {
    run(
        "smtp-source",
        "-s",
        Integer.toString(CLIENTS),
        "-m",
        Integer.toString(messages),
        "-l",
        Integer.toString(BYTES),
        "-N",
        "-f",
        "a@acme.example",
        "-t",
        "b@customer.example",
        "127.0.0.1:" + port);
    return messages;
  }

  private void send(String path, String json) throws IOException, InterruptedException {
    HttpRequest request =
        postroom
            .request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "accept-" + key.incrementAndGet())
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) throw new IOException(answer.statusCode() + answer.body());
  }

  private static void peer(String... arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("bench/peers/postfix-relay"));
    all.addAll(List.of(arguments));
    run(all.toArray(String[]::new));
  }

  private static void run(String... command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().merge("PATH", "/usr/sbin", (path, more) -> path + ":" + more);
    if (builder.start().waitFor() != 0) throw new IOException(String.join(" ", command));
  }

  @Override
  public void close() throws IOException {
    postroom.close();
    try {
      peer("stop", folder);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
