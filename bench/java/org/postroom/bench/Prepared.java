package org.postroom.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.postroom.access.Access;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.mail.Address;
import org.postroom.mail.RecipientRole;
import org.postroom.outbox.AccountKey;
import org.postroom.outbox.Counts;
import org.postroom.outbox.Draft;
import org.postroom.outbox.Message;
import org.postroom.outbox.Outbox;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestCertificates;
import org.postroom.testkit.TestDatabase;

/**
 * The product in this process with one account at a sink (STARTTLS and AUTH), and an outbox that is
 * filled past composing: what is measured is what comes after.
 */
final class Prepared implements AutoCloseable {
  private static final int PER_COMMIT = 500;

  final Sink sink;
  final RunningPostroom postroom;
  final Outbox outbox;
  private final Counts counts;
  final Database database;
  final AccountKey account;
  private final byte[] mime;

  Prepared(int bytes, int connections, TestDatabase kind) throws IOException {
    this(mime(bytes), connections, kind);
  }

  /** With a message of one's own. */
  Prepared(byte[] mime, int connections, TestDatabase kind) throws IOException {
    this.mime = mime;
    Path folder = Files.createTempDirectory("bench");
    TestCertificates certificates = TestCertificates.forLocalhost();
    certificates.write(folder);
    sink = new Sink(0, Sink.Manners.AT_ONCE, certificates.serverContext());
    Map<String, Object> settings = new HashMap<>(RunningPostroom.settings(kind));
    settings.put("POSTROOM_TRUSTED_CERTIFICATES", folder.resolve("authority.pem").toString());
    postroom = RunningPostroom.start(settings);
    outbox = postroom.bean(Outbox.class);
    counts = postroom.bean(Counts.class);
    database = postroom.bean(Database.class);
    String company = postroom.bean(Access.class).companies().getFirst().id();
    account = new AccountKey(company, connect(connections));
  }

  byte[] mime() {
    return mime;
  }

  /** Many messages in few commits. */
  void fill(int messages, Instant due) {
    for (int done = 0; done < messages; done += PER_COMMIT) {
      int some = Math.min(PER_COMMIT, messages - done);
      database.run(sql -> {
        for (int i = 0; i < some; i++) outbox.take(draft(due));
      });
    }
  }

  /** Everything that waits may go now. */
  void dueNow() {
    database.run(sql ->
        sql.sql(
                "UPDATE messages SET due_at = :now WHERE company_id = :company AND state = 'queued'")
            .param("now", sql.now().toEpochMilli())
            .param("company", account.company())
            .update());
  }

  void awaitArrived(long arrived) {
    long deadline = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    while (sink.counts().messages() < arrived) {
      if (System.nanoTime() > deadline) throw new IllegalStateException("Not all arrived.");
      LockSupport.parkNanos(200_000);
    }
  }

  void awaitNothingWaits() {
    while (counts.waitingFor(account) > 0) LockSupport.parkNanos(1_000_000);
  }

  private String connect(int connections) {
    return RunningPostroom.json(
            postroom.post(
                "/api/v1/accounts",
                """
                {"kind": "smtp", "name": "Invoices", "email": "invoices@acme.example", "default": true, "active": true,
                 "limits": {"connections": %d},
                 "smtp": {"host": "localhost", "port": %d, "security": "starttls", "auth": true, "username": "bench", "password": "bench"}}
                """
                    .formatted(connections, sink.port())))
        .get("id")
        .stringValue();
  }

  private Draft draft(Instant notBefore) {
    Address sender = Address.of("invoices@acme.example");
    return new Draft(
        account.company(),
        Ids.next("msg"),
        account.account(),
        sender,
        sender,
        Ids.next("mid") + "@acme.example",
        "Invoice",
        List.of(new Draft.To(Address.of("ap@contoso.example"), RecipientRole.TO)),
        mime,
        false,
        notBefore,
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

  private static byte[] mime(int bytes) {
    var text =
        new StringBuilder(
            "From: invoices@acme.example\r\nTo: ap@contoso.example\r\nSubject: Invoice\r\n\r\n");
    while (text.length() < bytes)
      text.append("Rye flour, 25 kg, as ordered by telephone on Monday morning.\r\n");
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    postroom.close();
    sink.close();
  }
}
