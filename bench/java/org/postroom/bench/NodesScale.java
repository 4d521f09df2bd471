package org.postroom.bench;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.postroom.testkit.Launch;
import org.postroom.testkit.PostroomProcess;
import org.postroom.testkit.TestDatabase;

/**
 * One, two and three nodes on one PostgreSQL, with a receiving end that answers each content after
 * 100 ms. An account's connections are its own over all nodes, so every node brings accounts: what
 * is measured is whether nodes get in each other's way.
 */
public final class NodesScale {
  private static final Duration THINKING = Duration.ofMillis(100);
  private static final int ACCOUNTS = 6;
  private static final int CONNECTIONS = 2;
  private static final int MESSAGES = 2400;

  private NodesScale() {}

  /** {@code NodesScale [rounds]}. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    List<List<Double>> rates = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int round = 0; round < rounds; round++)
      for (int nodes = 1; nodes <= 3; nodes++) rates.get(nodes - 1).add(rate(nodes));
    System.out.println("nodes  messages/s  (all rounds)        times one node");
    for (int nodes = 1; nodes <= 3; nodes++) {
      List<Double> own = rates.get(nodes - 1);
      List<Double> times = new ArrayList<>();
      for (int i = 0; i < own.size(); i++) times.add(own.get(i) / rates.getFirst().get(i));
      System.out.printf(
          Locale.ROOT,
          "%5d  %10.1f  %-18s  %14.2f%n",
          nodes,
          Rounds.median(own),
          own.stream().map(rate -> String.format(Locale.ROOT, "%.0f", rate)).toList(),
          Rounds.median(times));
    }
    double most = ACCOUNTS * CONNECTIONS * 1000.0 / THINKING.toMillis();
    System.out.printf(Locale.ROOT, "%nThe connections of one node allow %.0f a second.%n", most);
    System.exit(0); // the database server of the tests ends with us
  }

  /** Messages a second in the second half: fresh processes are slow at first. */
  private static double rate(int count) throws Exception {
    String url = TestDatabase.freshPostgresUrl();
    List<PostroomProcess> nodes = start(url, count);
    try (var sink = new Sink(0, new Sink.Manners(Duration.ZERO, THINKING))) {
      List<String> accounts =
          IntStream.range(0, ACCOUNTS * count)
              .mapToObj(i -> account(nodes.getFirst(), sink.port(), i))
              .toList();
      int messages = MESSAGES * count;
      fill(nodes, accounts, messages);
      for (String account : accounts)
        call(nodes.getFirst(), "PATCH", "/api/v1/accounts/" + account, "{\"active\": true}");
      long began = await(sink, messages / 2);
      long ended = await(sink, messages * 9 / 10);
      await(sink, messages);
      return (messages * 9 / 10 - messages / 2) * 1e9 / (ended - began);
    } finally {
      nodes.forEach(PostroomProcess::close);
    }
  }

  private static List<PostroomProcess> start(String url, int count) {
    return Stream.generate(() -> Map.of("POSTROOM_DATABASE_URL", url))
        .limit(count)
        .map(settings ->
            CompletableFuture.supplyAsync(() -> PostroomProcess.start(settings, Launch.usual())))
        .toList()
        .stream()
        .map(CompletableFuture::join)
        .toList();
  }

  /** Switched off until all its messages wait. */
  private static String account(PostroomProcess node, int port, int number) {
    String made =
        call(
            node,
            "POST",
            "/api/v1/accounts",
            """
            {"kind": "smtp", "name": "Account %d", "email": "a%d@acme.example", "active": false,
             "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": false},
             "limits": {"connections": %d, "per_minute": 0, "per_day": 0}}
            """
                .formatted(number, number, port, CONNECTIONS));
    return made.replaceAll("(?s).*?\"id\":\"(acc_[^\"]*)\".*", "$1");
  }

  private static void fill(List<PostroomProcess> nodes, List<String> accounts, int messages)
      throws Exception {
    try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
      List<Future<?>> sent = new ArrayList<>();
      for (int i = 0; i < messages; i++) {
        String body =
            """
            {"subject": "Message %d", "text": "%s", "to": ["b@customer.example"], "account": "%s"}
            """
                .formatted(i, "Good morning. ".repeat(300), accounts.get(i % accounts.size()));
        PostroomProcess node = nodes.get(i % nodes.size());
        sent.add(clients.submit(() -> call(node, "POST", "/api/v1/messages", body)));
      }
      for (Future<?> one : sent) one.get();
    }
  }

  private static long await(Sink sink, long messages) {
    while (sink.counts().messages() < messages) LockSupport.parkNanos(500_000);
    return System.nanoTime();
  }

  private static String call(PostroomProcess node, String verb, String path, String body) {
    HttpResponse<String> answer =
        node.send(
            node.request(path)
                .header("Content-Type", "application/json")
                .method(verb, BodyPublishers.ofString(body)));
    if (answer.statusCode() / 100 != 2)
      throw new IllegalStateException(
          verb + " " + path + ": " + answer.statusCode() + " " + answer.body());
    return answer.body();
  }
}
