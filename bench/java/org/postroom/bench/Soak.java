package org.postroom.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.postroom.testkit.Launch;
import org.postroom.testkit.PostroomProcess;
import org.postroom.testkit.RunningPostroom;

/**
 * Many accounts send all day through a server that does each thing wrong now and then, while
 * clients repeat themselves and the process is killed now and then. In the end the ledger has to
 * balance to the message. Run by {@code bench/soak}.
 */
public final class Soak {
  private static final double SHARE = 0.01;
  private static final int CLIENTS = 16;

  private final FaultySink sink = new FaultySink(SHARE);
  private final PostroomProcess postroom = PostroomProcess.start(Map.of(), Launch.usual());
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicLong repeated = new AtomicLong();
  private final AtomicLong next = new AtomicLong();
  private final List<String> accounts = new ArrayList<>();
  private final double perSecond;
  private final long start = System.nanoTime();
  private final long end;
  private int deaths;

  private Soak(Duration length, int accountCount, double perMinute) {
    this.end = start + length.toNanos();
    this.perSecond = accountCount * perMinute / 60;
    for (int i = 0; i < accountCount; i++) accounts.add(account(i));
  }

  public static void main(String[] arguments) throws Exception {
    double minutes = number(arguments, 0, 24 * 60);
    int accounts = (int) number(arguments, 1, 100);
    double perMinute = number(arguments, 2, 30);
    double killEvery = number(arguments, 3, 30);
    System.out.printf(
        Locale.ROOT,
        "%s minutes, %d accounts, %s messages a minute each, %s of each fault, a kill every %s minutes%n%n",
        minutes,
        accounts,
        perMinute,
        SHARE,
        killEvery);
    var soak = new Soak(Duration.ofMillis((long) (minutes * 60_000)), accounts, perMinute);
    soak.run(Duration.ofMillis((long) (killEvery * 60_000)));
    System.exit(soak.balance() ? 0 : 1);
  }

  private static double number(String[] arguments, int place, double usual) {
    return arguments.length > place ? Double.parseDouble(arguments[place]) : usual;
  }

  private void run(Duration killEvery) throws InterruptedException {
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) clients.add(Thread.ofVirtual().start(this::client));
    long step = Math.max(Duration.ofSeconds(20).toNanos(), (end - start) / 24);
    long look = System.nanoTime();
    long kill = System.nanoTime() + killEvery.toNanos();
    System.out.println(
        "| minute | messages | waiting | attempts | history | database MB | resident MB | open connections |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    while (System.nanoTime() < end) {
      if (System.nanoTime() >= look) {
        sample();
        look = System.nanoTime() + step;
      }
      if (System.nanoTime() >= kill) {
        die();
        kill = System.nanoTime() + killEvery.toNanos();
      }
      LockSupport.parkNanos(200_000_000);
    }
    for (Thread client : clients) client.join();
    drain();
    sample();
  }

  /** Sends what is due by the clock; a request without an answer is repeated with its key. */
  private void client() {
    while (System.nanoTime() < end) {
      long due = (long) ((System.nanoTime() - start) / 1e9 * perSecond);
      long number = next.get();
      if (number >= due || !next.compareAndSet(number, number + 1)) {
        LockSupport.parkNanos(10_000_000);
        continue;
      }
      send(number);
      if (ThreadLocalRandom.current().nextDouble() < SHARE) send(number);
    }
  }

  private void send(long number) {
    String account = accounts.get((int) (number % accounts.size()));
    String body =
        "{\"subject\": \"Text %d\", \"text\": \"Good morning\", \"to\": [\"a@x.example\"], \"account\": \"%s\"}"
            .formatted(number, account);
    while (true) {
      try {
        HttpResponse<String> answer = post("/api/v1/messages", "soak-" + number, body);
        if (answer.statusCode() == 202) {
          boolean fresh = acknowledged.add(RunningPostroom.json(answer).get("id").stringValue());
          if (!fresh) repeated.incrementAndGet();
          return;
        }
        if (answer.statusCode() < 500 && answer.statusCode() != 409)
          throw new IllegalStateException(answer.statusCode() + " " + answer.body());
      } catch (UncheckedIOException away) {
        // It was killed; the same request again, with the same key.
      }
      LockSupport.parkNanos(100_000_000);
    }
  }

  private HttpResponse<String> post(String path, String key, String body) {
    return postroom.send(
        postroom
            .request(path)
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body)));
  }

  private String account(int number) {
    HttpResponse<String> made =
        post(
            "/api/v1/accounts",
            "account-" + number,
            """
            {"kind": "smtp", "name": "Account %1$d", "email": "s%1$d@acme.example", "active": true,
             "smtp": {"host": "127.0.0.1", "port": %2$d, "security": "none", "auth": false}}
            """
                .formatted(number, sink.port()));
    if (made.statusCode() != 201) throw new IllegalStateException(made.body());
    return RunningPostroom.json(made).get("id").stringValue();
  }

  private void die() {
    deaths++;
    if (deaths % 2 == 1) postroom.kill();
    else postroom.stop();
    postroom.restart();
  }

  /** Until everything has left or waits for a later try. */
  private void drain() {
    long longest = System.nanoTime() + Duration.ofMinutes(20).toNanos();
    while (count("messages WHERE state IN ('queued', 'sending')") > 0
        && System.nanoTime() < longest) LockSupport.parkNanos(500_000_000);
  }

  private void sample() {
    System.out.printf(
        Locale.ROOT,
        "| %.1f | %,d | %,d | %,d | %,d | %.1f | %d | %d |%n",
        (System.nanoTime() - start) / 60e9,
        count("messages"),
        count("messages WHERE state IN ('queued', 'sending', 'delayed', 'held')"),
        count("message_attempts"),
        count("message_events"),
        size("postroom.db") / 1e6,
        resident() / 1024,
        sink.openConnections());
  }

  /** What was promised, what Postroom says became of it, how often it arrived. */
  private boolean balance() throws SQLException {
    Map<String, long[]> states = new TreeMap<>();
    Set<String> unseen = ConcurrentHashMap.newKeySet();
    unseen.addAll(acknowledged);
    long wrong = 0;
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id, state FROM messages")) {
      while (rows.next()) {
        String state = rows.getString(2);
        int copies = sink.taken().getOrDefault(rows.getString(1), 0);
        states.computeIfAbsent(state, none -> new long[3])[Math.min(copies, 2)]++;
        if (!unseen.remove(rows.getString(1))) wrong++;
        boolean right =
            switch (state) {
              case "sent" -> copies == 1;
              case "unclear" -> copies <= 1;
              default -> copies == 0;
            };
        if (!right) wrong++;
      }
    }
    System.out.printf("%n| state | arrived never | once | more often |%n|---|---|---|---|%n");
    states.forEach(
        (state, n) -> System.out.printf("| %s | %,d | %,d | %,d |%n", state, n[0], n[1], n[2]));
    System.out.printf(
        "%nAcknowledged %,d; acknowledged and gone %d; not as it should be %d.%n",
        acknowledged.size(), unseen.size(), wrong);
    System.out.printf(
        "Requests repeated and answered as before: %,d. Killed or stopped and started again: %d times.%n",
        repeated.get(), deaths);
    System.out.printf("%n| fault | times |%n|---|---|%n");
    sink.faults().forEach((fault, n) -> System.out.printf("| %s | %,d |%n", fault, n.get()));
    boolean balanced = unseen.isEmpty() && wrong == 0 && !acknowledged.isEmpty();
    System.out.printf("%n%s%n", balanced ? "The ledger balances." : "THE LEDGER DOES NOT BALANCE.");
    postroom.close();
    sink.close();
    return balanced;
  }

  private long count(String rows) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + rows)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + postroom.home().resolve("postroom.db"));
  }

  private long size(String file) {
    try {
      return Files.size(postroom.home().resolve(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** In KiB; 0 where it runs no more. */
  private long resident() {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(postroom.pid()), "status")).stream()
          .filter(line -> line.startsWith("VmRSS"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException gone) {
      return 0;
    }
  }
}
