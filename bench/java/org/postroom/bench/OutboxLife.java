package org.postroom.bench;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.mail.Address;
import org.postroom.mail.RecipientRole;
import org.postroom.outbox.AccountKey;
import org.postroom.outbox.Allowance;
import org.postroom.outbox.Claim;
import org.postroom.outbox.Claims;
import org.postroom.outbox.Draft;
import org.postroom.outbox.Message;
import org.postroom.outbox.Outbox;
import org.postroom.testkit.TestDatabase;
import org.postroom.transport.Outcome;
import org.postroom.transport.Reply;

/**
 * What a message's durable life costs without any network: accepted, claimed, marked, settled; each
 * step committed. {@code OutboxLife [rounds] [messages] [bytes] [sqlite or postgresql]}.
 */
public final class OutboxLife {
  private static final int WORKERS = 20;
  private static final AccountKey ACCOUNT = new AccountKey("co_1", "acc_1");

  private final Database database;
  private final Outbox outbox;
  private final Claims claims;
  private final byte[] mime;

  private OutboxLife(Database database, int bytes) {
    this.database = database;
    this.outbox = new Outbox(database, event -> {});
    this.claims = new Claims(database, event -> {});
    this.mime = new byte[bytes];
    ThreadLocalRandom.current().nextBytes(mime);
  }

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[0]);
    int messages = Integer.parseInt(arguments[1]);
    int bytes = Integer.parseInt(arguments[2]);
    TestDatabase kind = TestDatabase.valueOf(arguments[3].toUpperCase(Locale.ROOT));
    try (Database database = kind.open(null)) {
      var life = new OutboxLife(database, bytes);
      for (int round = 0; round < rounds; round++) {
        String accepted = life.measured(messages, life::accept);
        String settled = life.measured(messages, life::send);
        System.out.println("accept " + accepted + "   claim, mark, settle " + settled);
      }
    }
    System.exit(0);
  }

  private interface Part {
    void run(int messages) throws Exception;
  }

  private String measured(int messages, Part part) throws Exception {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = system.getProcessCpuTime();
    long began = System.nanoTime();
    try (ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++)
        all.add(
            workers.submit(() -> {
              part.run(messages / WORKERS);
              return null;
            }));
      for (Future<?> one : all) one.get();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    return String.format(
        Locale.ROOT,
        "%6.0f/s %5.2f ms CPU",
        messages / seconds,
        (system.getProcessCpuTime() - cpu) / 1e6 / messages);
  }

  private void accept(int messages) {
    for (int i = 0; i < messages; i++) outbox.accept(draft());
  }

  private void send(int messages) {
    int done = 0;
    while (done < messages) {
      List<Claim> some =
          claims.claim(
              ACCOUNT,
              Math.min(16, messages - done),
              Allowance.perMinute(0),
              "n1",
              Duration.ofMinutes(1));
      for (Claim claim : some) {
        if (claims.content(claim).orElseThrow().length != mime.length)
          throw new IllegalStateException();
        if (!claims.markHandingOver(claim)) throw new IllegalStateException();
        claims.settle(claim, new Outcome.Accepted(Reply.of(250, "2.0.0 Ok: queued as 4711")));
        done++;
      }
    }
  }

  private Draft draft() {
    Address sender = Address.of("billing@acme.example");
    return new Draft(
        "co_1",
        Ids.next("msg"),
        "acc_1",
        sender,
        sender,
        Ids.next("mid") + "@acme.example",
        "Invoice",
        List.of(new Draft.To(Address.of("ap@contoso.example"), RecipientRole.TO)),
        mime,
        false,
        null,
        new Message.Origin("program", "key_1", "ERP"),
        null,
        List.of(),
        null,
        "invoice",
        null,
        null,
        Map.of(),
        null,
        null,
        null);
  }
}
