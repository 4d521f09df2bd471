package org.postroom.bench;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import javax.net.SocketFactory;
import org.postroom.access.Access;
import org.postroom.db.Database;
import org.postroom.db.Ids;
import org.postroom.mail.Address;
import org.postroom.mail.RecipientRole;
import org.postroom.outbox.AccountKey;
import org.postroom.outbox.Draft;
import org.postroom.outbox.Message;
import org.postroom.outbox.Outbox;
import org.postroom.testkit.RunningPostroom;
import org.postroom.testkit.TestCertificates;
import org.postroom.testkit.TestDatabase;

/**
 * Delivery of messages that lie in the outbox, beside Angus Mail handing over the same bytes from
 * memory: the same sink, as many connections, STARTTLS and AUTH on both sides, all in one process.
 * {@code Deliveries [rounds] [messages] [bytes] [sqlite or postgresql]}.
 */
public final class Deliveries implements AutoCloseable {
  private static final int CONNECTIONS = 4;

  private final Sink sink;
  private final RunningPostroom postroom;
  private final Outbox outbox;
  private final Database database;
  private final String company;
  private final String account;
  private final int messages;
  private final byte[] mime;

  private Deliveries(int messages, int bytes, TestDatabase kind) throws IOException {
    this.messages = messages;
    this.mime = mime(bytes);
    Path folder = Files.createTempDirectory("deliveries");
    TestCertificates certificates = TestCertificates.forLocalhost();
    certificates.write(folder);
    sink = new Sink(0, Sink.Manners.AT_ONCE, certificates.serverContext());
    Map<String, Object> settings = new HashMap<>(RunningPostroom.settings(kind));
    settings.put("POSTROOM_TRUSTED_CERTIFICATES", folder.resolve("authority.pem").toString());
    postroom = RunningPostroom.start(settings);
    outbox = postroom.bean(Outbox.class);
    database = postroom.bean(Database.class);
    company = postroom.bean(Access.class).companies().getFirst().id();
    account = connect();
  }

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    int messages = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5000;
    int bytes = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 10_240;
    String kind = arguments.length > 3 ? arguments[3] : "sqlite";
    TestDatabase database = TestDatabase.valueOf(kind.toUpperCase(Locale.ROOT));
    try (var deliveries = new Deliveries(messages, bytes, database)) {
      for (int i = 0; i < 3; i++) deliveries.ours();
      for (int i = 0; i < 3; i++) deliveries.angus();
      List<Rounds.Pair> rates = new ArrayList<>();
      for (int i = 0; i < rounds; i++)
        rates.add(new Rounds.Pair(deliveries.ours(), deliveries.angus()));
      new Rounds("Postroom, from " + kind, "Angus, from memory", rates).print(System.out);
      System.out.println("At the sink: " + deliveries.sink.counts());
    }
    System.exit(0);
  }

  /**
   * Messages are put beforehand with a time to come; the clock runs from the first arrival to the
   * last, so that how soon the outbox notices does not count.
   */
  @SuppressWarnings("SystemOut")
  private double ours() {
    long before = sink.counts().messages();
    prepare();
    database.run(sql ->
        sql.sql(
                "UPDATE messages SET due_at = :now WHERE company_id = :company AND state = 'queued'")
            .param("now", sql.now().toEpochMilli())
            .param("company", company)
            .update());
    await(before + 1);
    long began = System.nanoTime();
    long cpuBefore = cpu();
    long first = sink.counts().messages() - before;
    await(before + messages);
    double rate = (messages - first) * 1e9 / (System.nanoTime() - began);
    double cpu = (cpu() - cpuBefore) / 1e6 / (messages - first);
    System.err.printf(Locale.ROOT, "%.0f/s, %.2f ms CPU with the sink%n", rate, cpu);
    while (outbox.waitingFor(new AccountKey(company, account)) > 0)
      LockSupport.parkNanos(1_000_000);
    return rate;
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private void await(long arrived) {
    long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (sink.counts().messages() < arrived) {
      if (System.nanoTime() > deadline) throw new IllegalStateException("Not all arrived.");
      LockSupport.parkNanos(200_000);
    }
  }

  private void prepare() {
    Instant later = database.now().plus(Duration.ofHours(1));
    inParallel(20, messages / 20, i -> outbox.accept(draft(later)));
  }

  private double angus() {
    long before = sink.counts().messages();
    long began = System.nanoTime();
    inParallel(
        CONNECTIONS,
        1,
        i -> {
          try (Transport transport = opened()) {
            var message = new Ready(mime);
            InternetAddress[] to = {new InternetAddress("ap@contoso.example")};
            for (int n = 0; n < messages / CONNECTIONS; n++) transport.sendMessage(message, to);
          } catch (MessagingException failure) {
            throw new IllegalStateException(failure);
          }
        });
    await(before + messages / CONNECTIONS * CONNECTIONS);
    return messages * 1e9 / (System.nanoTime() - began);
  }

  private Transport opened() throws MessagingException {
    var properties = new Properties();
    properties.put("mail.smtp.starttls.enable", "true");
    properties.put("mail.smtp.ssl.trust", "*");
    properties.put("mail.smtp.ssl.checkserveridentity", "false");
    properties.put("mail.smtp.from", "invoices@acme.example");
    properties.put("mail.smtp.socketFactory", new AtOnce());
    Transport transport = Session.getInstance(properties).getTransport("smtp");
    transport.connect("127.0.0.1", sink.port(), "bench", "bench");
    return transport;
  }

  /** A message that is written as it lies there: nothing is built. */
  private static final class Ready extends MimeMessage {
    private final byte[] bytes;

    Ready(byte[] bytes) {
      super((Session) null);
      this.bytes = bytes;
    }

    @Override
    public void writeTo(OutputStream out, String[] ignored) throws IOException {
      out.write(bytes);
    }

    @Override
    public void saveChanges() {
      // Nothing is to be changed.
    }
  }

  /** Without it the peer waits for delayed acknowledgements most of its time. */
  private static final class AtOnce extends SocketFactory {
    @Override
    public Socket createSocket() throws IOException {
      var socket = new Socket();
      socket.setTcpNoDelay(true);
      return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return connected(InetAddress.getByName(host), port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort)
        throws IOException {
      return connected(InetAddress.getByName(host), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return connected(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
        throws IOException {
      return connected(host, port);
    }

    private Socket connected(InetAddress host, int port) throws IOException {
      Socket socket = createSocket();
      socket.connect(new InetSocketAddress(host, port));
      return socket;
    }
  }

  private interface Each {
    void run(int number);
  }

  private static void inParallel(int threads, int times, Each each) {
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++)
        all.add(
            workers.submit(() -> {
              for (int n = 0; n < times; n++) each.run(n);
            }));
      for (Future<?> one : all) one.get();
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  private String connect() {
    return RunningPostroom.json(
            postroom.post(
                "/api/v1/accounts",
                """
                {"kind": "smtp", "name": "Invoices", "email": "invoices@acme.example", "default": true, "active": true,
                 "limits": {"connections": %d},
                 "smtp": {"host": "localhost", "port": %d, "security": "starttls", "auth": true, "username": "bench", "password": "bench"}}
                """
                    .formatted(CONNECTIONS, sink.port())))
        .get("id")
        .stringValue();
  }

  private Draft draft(Instant notBefore) {
    Address sender = Address.of("invoices@acme.example");
    return new Draft(
        company,
        Ids.next("msg"),
        account,
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
