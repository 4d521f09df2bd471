package org.postroom.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.postroom.accounts.Accounts;
import org.postroom.outbox.Allowance;
import org.postroom.outbox.Claim;
import org.postroom.outbox.Claims;
import org.postroom.testkit.Browser;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestDatabase;

/**
 * A million messages that wait: how long a claim, a page of the list and every other page take, and
 * whether delivery is as fast as with a thousand. In a heap of 512 MB. {@code Million [messages]
 * [sqlite or postgresql] [pages: nothing else]}.
 */
public final class Million implements AutoCloseable {
  private static final Duration BURST = Duration.ofSeconds(10);
  private static final List<String> PAGES =
      List.of(
          "/",
          "/outbox",
          "/outbox?state=waiting",
          "/outbox?state=sent",
          "/outbox?q=INV-4711",
          "/accounts",
          "/documents",
          "/partners",
          "/templates",
          "/automatic",
          "/reminders",
          "/payments",
          "/system/work",
          "/notifications");

  private final Prepared prepared;
  private final Accounts accounts;

  private Million(TestDatabase kind) throws IOException {
    this.prepared = new Prepared(600, 4, kind);
    this.accounts = prepared.postroom.bean(Accounts.class);
  }

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    int messages = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    String kind = arguments.length > 1 ? arguments[1] : "sqlite";
    try (var million = new Million(TestDatabase.valueOf(kind.toUpperCase(Locale.ROOT)))) {
      if (arguments.length > 2) million.pages(messages);
      else million.run(messages);
    }
    System.exit(0);
  }

  @SuppressWarnings("SystemOut")
  private void run(int messages) throws Exception {
    for (int i = 0; i < 3; i++) delivered(2000);
    double few = delivered(4000);
    pause();
    long began = System.nanoTime();
    prepared.fill(messages, Instant.EPOCH);
    System.out.printf(
        Locale.ROOT, "%d messages put in %.0f s%n", messages, (System.nanoTime() - began) / 1e9);
    claims();
    times("GET /api/v1/messages?limit=50", 300, () -> get("/api/v1/messages?limit=50"));
    times("… state=queued", 300, () -> get("/api/v1/messages?limit=50&state=queued"));
    pages();
    double many = rate();
    System.out.printf(
        Locale.ROOT,
        "delivered with few waiting %.0f/s, with %d waiting %.0f/s: %.2f%n",
        few,
        messages,
        many,
        many / few);
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        "heap in use %d of %d MB%n",
        (runtime.totalMemory() - runtime.freeMemory()) >> 20, runtime.maxMemory() >> 20);
  }

  /** Only the pages. */
  private void pages(int messages) throws Exception {
    pause();
    prepared.fill(messages, Instant.EPOCH);
    pages();
  }

  private double delivered(int messages) {
    long before = prepared.sink.counts().messages();
    prepared.fill(messages, prepared.database.now().plus(Duration.ofHours(1)));
    prepared.dueNow();
    prepared.awaitArrived(before + 1);
    long began = System.nanoTime();
    long first = prepared.sink.counts().messages() - before;
    prepared.awaitArrived(before + messages);
    double rate = (messages - first) * 1e9 / (System.nanoTime() - began);
    prepared.awaitNothingWaits();
    return rate;
  }

  /** What leaves in some seconds of the many. */
  private double rate() {
    long before = prepared.sink.counts().messages();
    accounts.repaired(prepared.account.company(), prepared.account.account());
    prepared.awaitArrived(before + 500);
    long from = prepared.sink.counts().messages();
    long began = System.nanoTime();
    LockSupport.parkNanos(BURST.toNanos());
    double rate = (prepared.sink.counts().messages() - from) * 1e9 / (System.nanoTime() - began);
    pause();
    return rate;
  }

  private void pause() {
    accounts.pauseUntil(
        prepared.account.company(),
        prepared.account.account(),
        prepared.database.now().plus(Duration.ofHours(1)),
        "The benchmark fills the outbox.");
  }

  private void claims() throws Exception {
    Claims claims = prepared.postroom.bean(Claims.class);
    List<List<Claim>> taken = new ArrayList<>();
    times(
        "claim of 16",
        500,
        () ->
            taken.add(
                claims.claim(
                    prepared.account, 16, Allowance.perMinute(0), "bench", Duration.ofMinutes(5))));
    if (taken.stream().anyMatch(some -> some.size() != 16)) throw new IllegalStateException();
    taken.forEach(claims::release);
  }

  private void pages() throws Exception {
    Browser browser = Browser.signedIn(prepared.postroom);
    List<Double> all = new ArrayList<>();
    for (String path : PAGES) {
      int status = browser.open(path).status();
      if (status != 200) throw new IllegalStateException(path + ": " + status);
      all.addAll(times(path, 40, () -> browser.open(path)));
    }
    print("all pages", all);
  }

  private Object get(String path) {
    var answer = prepared.postroom.get(path);
    if (answer.statusCode() != 200) throw new IllegalStateException(answer.body());
    return RunningPostroom.class;
  }

  private static List<Double> times(String name, int times, Callable<?> work) throws Exception {
    for (int i = 0; i < 20; i++) work.call();
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      long began = System.nanoTime();
      work.call();
      millis.add((System.nanoTime() - began) / 1e6);
    }
    print(name, millis);
    return millis;
  }

  @SuppressWarnings("SystemOut")
  private static void print(String name, List<Double> millis) {
    List<Double> sorted = millis.stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "%-40s median %6.1f ms, p95 %6.1f ms, p99 %6.1f ms%n",
        name,
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() * 95 / 100),
        sorted.get(sorted.size() * 99 / 100));
  }

  @Override
  public void close() throws IOException {
    prepared.close();
  }
}
