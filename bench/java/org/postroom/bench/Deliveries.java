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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.SocketFactory;
import org.postroom.testkit.TestDatabase;

/**
 * Delivery of messages that lie in the outbox, beside Angus Mail handing over the same bytes from
 * memory: the same sink, as many connections, STARTTLS and AUTH on both sides, all in one process.
 * {@code Deliveries [rounds] [messages] [bytes] [sqlite or postgresql]}.
 */
public final class Deliveries implements AutoCloseable {
  private static final int CONNECTIONS = 4;

  private final Prepared prepared;
  private final int messages;

  private Deliveries(int messages, int bytes, TestDatabase kind) throws IOException {
    this.messages = messages;
    this.prepared = new Prepared(bytes, CONNECTIONS, kind);
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
      System.out.println("At the sink: " + deliveries.prepared.sink.counts());
    }
    System.exit(0);
  }

  /**
   * Messages are put beforehand with a time to come; the clock runs from the first arrival to the
   * last, so that how soon the outbox notices does not count.
   */
  @SuppressWarnings("SystemOut")
  private double ours() {
    long before = prepared.sink.counts().messages();
    prepared.fill(messages, prepared.database.now().plus(Duration.ofHours(1)));
    prepared.dueNow();
    prepared.awaitArrived(before + 1);
    long began = System.nanoTime();
    long cpuBefore = cpu();
    long first = prepared.sink.counts().messages() - before;
    prepared.awaitArrived(before + messages);
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

  private double angus() {
    long before = prepared.sink.counts().messages();
    long began = System.nanoTime();
    inParallel(
        CONNECTIONS,
        1,
        i -> {
          try (Transport transport = opened()) {
            var message = new Ready(prepared.mime());
            InternetAddress[] to = {new InternetAddress("ap@contoso.example")};
            for (int n = 0; n < messages / CONNECTIONS; n++) transport.sendMessage(message, to);
          } catch (MessagingException failure) {
            throw new IllegalStateException(failure);
          }
        });
    prepared.awaitArrived(before + messages / CONNECTIONS * CONNECTIONS);
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
    transport.connect("127.0.0.1", prepared.sink.port(), "bench", "bench");
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

  @Override
  public void close() throws IOException {
    prepared.close();
  }
}
