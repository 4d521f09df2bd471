package org.postroom.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.postroom.db.Database;
import org.postroom.db.Databases;
import org.postroom.outbox.AccountKey;
import org.postroom.outbox.Allowance;
import org.postroom.outbox.Allowances;
import org.postroom.outbox.Forecasts;
import org.postroom.outbox.Turns;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/**
 * What asking costs while very much waits: which accounts have something due, what one may take,
 * and how it gets on. On the embedded database, without the product around it.
 */
final class ManyWaiting {
  private static final int ROUNDS = 200;

  private ManyWaiting() {}

  static void measure(int messages, int accounts, PrintStream out) throws IOException {
    try (Database database =
        Databases.embedded(Files.createTempDirectory("postroom-waiting"), null)) {
      fill(database, messages, accounts);
      var turns = new Turns(database);
      var allowance = new Allowance(2, 30, 10_000, true, ZoneOffset.UTC);
      var beans = new StaticListableBeanFactory();
      Allowances known = account -> Optional.of(new Allowances.Terms(allowance, null));
      beans.addBean("allowances", known);
      var forecasts = new Forecasts(database, beans.getBeanProvider(Allowances.class));
      // The first account has as many as all others together.
      var crowded = new AccountKey("co_1", "acc_000000");
      var throttled = new Turns.Ask(crowded, 8, 0, false, allowance, "n1", Duration.ofMinutes(10));
      for (int i = 0; i < 10; i++) turns.take(throttled);
      out.println();
      out.printf(
          Locale.ROOT,
          "With %,d messages waiting for %,d accounts, half of them for one, in ms:%n%n",
          messages,
          accounts);
      out.println("| what | median | 99 of 100 within | CPU of the asking thread |");
      out.println("|---|---|---|---|");
      row(out, "which accounts have something due", turns::waiting);
      row(out, "a turn of the throttled account", () -> turns.take(throttled));
      row(out, "its forecast: to go, done about", () -> forecasts.of(crowded));
    }
  }

  private static void fill(Database database, int messages, int accounts) {
    for (int from = 0; from < messages; from += 50_000) {
      int first = from;
      int last = Math.min(messages, from + 50_000);
      database.run(sql ->
          sql.sql(
                  """
                  WITH RECURSIVE numbers (n) AS (SELECT :first UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :last)
                  INSERT INTO messages (company_id, id, state, account_id, subject, sender, return_path, message_id, size, bulk,
                    origin_kind, origin_id, origin_name, reasons, created_at, due_at, attempts, tries, fence)
                  SELECT 'co_1', printf('msg_%%09d', n), 'queued',
                    printf('acc_%%06d', CASE WHEN n %% 2 = 0 THEN 0 ELSE (n / 2) %% :accounts END),
                    's', 'a@acme.example', 'a@acme.example', '<x@acme.example>', 100, 1, 'person', 'p', 'P', '{}', n, n, 0, 0, 0
                  FROM numbers
                  """
                      .formatted())
              .param("first", first)
              .param("last", last)
              .param("accounts", accounts)
              .update());
    }
    database.run(sql ->
        sql.sql(
                """
                INSERT INTO message_recipients (company_id, message_id, position, address, role, state, changed_at)
                SELECT company_id, id, 0, 'b@customer.example', 'TO', 'pending', 0 FROM messages WHERE id < 'msg_000020000'
                """)
            .update());
  }

  private static void row(PrintStream out, String what, Supplier<?> work) {
    List<Double> took = new ArrayList<>();
    List<Double> cpu = new ArrayList<>();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (int i = 0; i < ROUNDS; i++) {
      long busy = threads.getCurrentThreadCpuTime();
      long start = System.nanoTime();
      work.get();
      if (i < ROUNDS / 10) continue;
      took.add((System.nanoTime() - start) / 1e6);
      cpu.add((threads.getCurrentThreadCpuTime() - busy) / 1e6);
    }
    Collections.sort(took);
    Collections.sort(cpu);
    out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %.1f |%n",
        what,
        took.get(took.size() / 2),
        took.get((int) Math.ceil(took.size() * 0.99) - 1),
        cpu.get(cpu.size() / 2));
  }
}
