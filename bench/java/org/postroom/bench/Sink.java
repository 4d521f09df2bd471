package org.postroom.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/**
 * A receiving end that takes all and keeps nothing, with STARTTLS and AUTH, which smtp-sink has
 * not. Counts, so that a benchmark can say what really arrived. A thread per connection.
 */
public final class Sink implements AutoCloseable {
  private final ServerSocket server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Counts counts = new Counts();
  private final Manners manners;

  /**
   * How it behaves.
   *
   * @param roundTrip how long it waits before each flight of replies, as a far server would
   * @param thinking how long it waits before it answers a message's content
   * @param pipelining whether it offers PIPELINING
   */
  public record Manners(Duration roundTrip, Duration thinking, boolean pipelining) {
    public static final Manners AT_ONCE = new Manners(Duration.ZERO, Duration.ZERO);

    public Manners(Duration roundTrip, Duration thinking) {
      this(roundTrip, thinking, true);
    }
  }

  /** What has arrived so far. */
  public static final class Counts {
    final AtomicLong connections = new AtomicLong();
    final AtomicLong handshakes = new AtomicLong();
    final AtomicLong signIns = new AtomicLong();
    final AtomicLong messages = new AtomicLong();
    final AtomicLong recipients = new AtomicLong();
    final AtomicLong bytes = new AtomicLong();

    public long connections() {
      return connections.get();
    }

    public long handshakes() {
      return handshakes.get();
    }

    public long signIns() {
      return signIns.get();
    }

    public long messages() {
      return messages.get();
    }

    public long recipients() {
      return recipients.get();
    }

    /** Of contents, before dot-stuffing is undone. */
    public long bytes() {
      return bytes.get();
    }

    @Override
    public String toString() {
      return "{\"connections\":%d,\"handshakes\":%d,\"sign_ins\":%d,\"messages\":%d,\"recipients\":%d,\"bytes\":%d}"
          .formatted(connections(), handshakes(), signIns(), messages(), recipients(), bytes());
    }
  }

  /** Listens on the loopback address; port 0 takes a free one. */
  public Sink(int port, Manners manners) throws IOException {
    this(port, manners, SelfSigned.context());
  }

  /** With a certificate that clients may trust. */
  public Sink(int port, Manners manners, SSLContext tls) throws IOException {
    this.manners = manners;
    this.server = new ServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
    Thread.ofPlatform().daemon().name("sink").start(() -> accept(tls));
  }

  public int port() {
    return server.getLocalPort();
  }

  public Counts counts() {
    return counts;
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }

  private void accept(SSLContext tls) {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        threads.execute(() -> new SinkSession(socket, tls, counts, manners).run());
      } catch (IOException closed) {
        return;
      }
    }
  }

  /**
   * {@code Sink [port] [round trip ms] [thinking ms]}: prints its port; prints the counts for every
   * line on standard input; ends with it.
   */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws IOException {
    var manners =
        new Manners(
            Duration.ofMillis(number(arguments, 1)), Duration.ofMillis(number(arguments, 2)));
    try (var sink = new Sink((int) number(arguments, 0), manners)) {
      System.out.println(sink.port());
      while (System.in.read() != -1) System.out.println(sink.counts());
    }
  }

  private static long number(String[] arguments, int index) {
    return index < arguments.length ? Long.parseLong(arguments[index]) : 0;
  }
}
