package org.postroom.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.postroom.db.Ids;
import org.postroom.mail.Address;
import org.postroom.mail.RecipientRole;
import org.postroom.outbox.AccountKey;
import org.postroom.outbox.Draft;
import org.postroom.outbox.Forecasts;
import org.postroom.outbox.Message;
import org.postroom.outbox.Outbox;
import org.postroom.testkit.RunningPostroom;
import tools.jackson.databind.JsonNode;

/**
 * One account throttled to 30 a minute with a long run waiting, beside 99 others that send now and
 * then, on the embedded database. {@code Fairness [seconds] [waiting] [others]}.
 */
public final class Fairness implements AutoCloseable {
  private static final int PER_MINUTE = 30;
  private static final int CONNECTIONS = 2;
  private static final Duration GIVE_UP = Duration.ofSeconds(30);

  private final CountingSink sink = new CountingSink();
  private final RunningPostroom postroom = RunningPostroom.start(Map.of());
  private final Outbox outbox = postroom.bean(Outbox.class);
  private final List<String> accounts = new ArrayList<>();
  private String company = "";

  private Fairness() throws IOException {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 90;
    int waiting = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50_000;
    int others = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 99;
    try (var fairness = new Fairness()) {
      fairness.run(seconds, waiting, others, System.out);
    }
    ManyWaiting.measure(1_000_000, 1000, System.out);
    System.exit(0);
  }

  private void run(int seconds, int waiting, int others, PrintStream out) throws Exception {
    JsonNode first = account(0, PER_MINUTE);
    company = companyOf(first.get("id").stringValue());
    accounts.add(first.get("id").stringValue());
    for (int i = 1; i <= others; i++) accounts.add(account(i, 0).get("id").stringValue());
    long began = System.nanoTime();
    pile(waiting);
    double piling = (System.nanoTime() - began) / 1e9;
    var random = new Random(8);
    List<Double> othersWait = new ArrayList<>();
    List<Double> byHandWait = new ArrayList<>();
    List<Double> forecasts = new ArrayList<>();
    long start = System.nanoTime();
    long end = start + Duration.ofSeconds(seconds).toNanos();
    for (int n = 0; System.nanoTime() < end; n++) {
      othersWait.add(waits(1 + random.nextInt(others), "other " + n));
      if (n % 25 == 24) byHandWait.add(waits(0, "by hand " + n));
      if (n % 10 == 0) forecasts.add(forecast());
      LockSupport.parkNanos(150_000_000);
    }
    long stopped = System.nanoTime();
    report(out, waiting, piling, othersWait, byHandWait, forecasts, start, stopped);
  }

  /** From accepted to arrived, in seconds. */
  private double waits(int account, String subject) {
    long accepted = System.nanoTime();
    outbox.accept(draft(account, false, subject));
    long giveUp = accepted + GIVE_UP.toNanos();
    while (sink.arrived(subject) == null) {
      if (System.nanoTime() > giveUp) return GIVE_UP.toSeconds();
      LockSupport.parkNanos(500_000);
    }
    return (sink.arrived(subject) - accepted) / 1e9;
  }

  private double forecast() {
    long asked = System.nanoTime();
    var key = new AccountKey(company, accounts.getFirst());
    long toGo = postroom.bean(Forecasts.class).of(key).orElseThrow().toGo();
    double took = (System.nanoTime() - asked) / 1e6;
    if (toGo < 1) throw new IllegalStateException("Nothing to go?");
    return took;
  }

  private void pile(int waiting) throws InterruptedException {
    try (var threads = Executors.newFixedThreadPool(64)) {
      for (int i = 0; i < waiting; i++) {
        int n = i;
        threads.execute(() -> outbox.accept(draft(0, true, "run " + n)));
      }
    }
  }

  private void report(
      PrintStream out,
      int waiting,
      double piling,
      List<Double> others,
      List<Double> byHand,
      List<Double> forecasts,
      long start,
      long stopped) {
    List<Long> all = sink.arrivals(address(0));
    List<Long> steady = all.stream().filter(at -> at >= start && at <= stopped).toList();
    double minutes = (steady.getLast() - steady.getFirst()) / 60e9;
    double perMinute = (steady.size() - 1) / minutes;
    out.println("| what | goal | measured |");
    out.println("|---|---|---|");
    row(out, "the others' next message leaves in", "< 2 s", words(others, "s"));
    row(
        out,
        "the throttled account a minute, over " + two(minutes) + " minutes",
        PER_MINUTE + " within 2 %",
        two(perMinute) + " (" + two((perMinute / PER_MINUTE - 1) * 100) + " %)");
    row(out, "most of it in any 60 seconds", "≤ " + PER_MINUTE, "" + mostInAMinute(all));
    row(out, "most connections of it at once", "≤ " + CONNECTIONS, "" + sink.mostOpen(address(0)));
    row(out, "most connections of any account", "≤ " + CONNECTIONS, "" + sink.mostOpenOfAny());
    row(out, "what a person sends from the throttled account leaves in", "", words(byHand, "s"));
    row(out, "its forecast: to go, done about", "< 50 ms", words(forecasts, "ms"));
    out.println();
    out.printf(
        Locale.ROOT,
        "%d accounts, %,d messages of a run waiting for one of them (accepted at %,.0f a second), %d messages of the others and %d by"
            + " hand from the throttled one measured in %.0f seconds; embedded database, %d cores, Java %s; load average %s.%n",
        accounts.size(),
        waiting,
        waiting / piling,
        others.size(),
        byHand.size(),
        (stopped - start) / 1e9,
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static int mostInAMinute(List<Long> moments) {
    int most = 0;
    for (int first = 0, last = 0; last < moments.size(); last++) {
      while (moments.get(last) - moments.get(first) >= 60_000_000_000L) first++;
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  private static void row(PrintStream out, String what, String goal, String measured) {
    out.println("| " + what + " | " + goal + " | " + measured + " |");
  }

  private static String words(List<Double> values, String unit) {
    if (values.isEmpty()) return "not measured";
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return "median %s %s, 99 of 100 within %s %s, worst %s %s"
        .formatted(
            two(sorted.get(sorted.size() / 2)),
            unit,
            two(sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1)),
            unit,
            two(sorted.getLast()),
            unit);
  }

  private static String two(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private JsonNode account(int number, int perMinute) {
    var made =
        postroom.post(
            "/api/v1/accounts",
            """
            {"kind": "smtp", "name": "Account %d", "email": "%s", "limits": {"connections": %d, "per_minute": %d},
             "smtp": {"host": "127.0.0.1", "port": %d, "security": "none", "auth": false}}
            """
                .formatted(number, address(number), CONNECTIONS, perMinute, sink.port()));
    if (made.statusCode() != 201) throw new IllegalStateException(made.body());
    return RunningPostroom.json(made);
  }

  private String companyOf(String account) {
    return postroom
        .bean(org.postroom.db.Database.class)
        .read(sql ->
            sql.sql("SELECT company_id FROM accounts WHERE id = :id")
                .param("id", account)
                .query(String.class)
                .single());
  }

  private static String address(int number) {
    return "a" + number + "@acme.example";
  }

  private Draft draft(int account, boolean bulk, String subject) {
    String id = Ids.next("msg");
    Address sender = Address.of(address(account));
    byte[] mime = ("Subject: " + subject + "\r\n\r\nhello\r\n").getBytes(StandardCharsets.US_ASCII);
    return new Draft(
        company,
        id,
        accounts.get(account),
        sender,
        sender,
        "<" + id + "@acme.example>",
        subject,
        List.of(new Draft.To(Address.of("b@customer.example"), RecipientRole.TO)),
        mime,
        bulk,
        null,
        new Message.Origin("person", "per_bench", "Bench"),
        null,
        List.of(),
        null,
        null,
        null,
        null,
        Map.of(),
        null,
        null,
        null);
  }

  @Override
  public void close() throws IOException {
    postroom.close();
    sink.close();
  }
}
