package org.postroom.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postroom.testkit.SmtpScript.Verb;

/**
 * A real SMTP server on a free port of this machine, which keeps what it accepts and can be told to
 * misbehave anywhere. It is strict: what a client may not do lands in {@link #violations}.
 */
public final class ScriptedSmtpServer implements AutoCloseable {
  private final ServerSocket listening;
  private final SmtpOffer offer;
  private final SmtpScript script = new SmtpScript();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile Duration thinking = Duration.ZERO;
  private final CountDownLatch released = new CountDownLatch(1);

  final List<Received> received = new CopyOnWriteArrayList<>();
  final List<String> violations = new CopyOnWriteArrayList<>();
  final List<String> commands = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger handshakes = new AtomicInteger();
  final AtomicInteger signIns = new AtomicInteger();
  final AtomicInteger mails = new AtomicInteger();
  final AtomicInteger contents = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();

  private ScriptedSmtpServer(SmtpOffer offer, ServerSocket listening) {
    this.offer = offer;
    this.listening = listening;
    Thread.ofVirtual().name("scripted-smtp").start(this::accept);
  }

  /**
   * A message the server said yes to.
   *
   * @param connection number of the connection it came over
   * @param mail the argument of MAIL with its parameters
   * @param user who had signed in, or null
   */
  public record Received(
      int connection,
      String mail,
      String sender,
      List<String> recipients,
      byte[] content,
      @Nullable String user) {}

  public static ScriptedSmtpServer start(SmtpOffer offer) {
    try {
      return new ScriptedSmtpServer(
          offer, new ServerSocket(0, 500, InetAddress.getByName("127.0.0.1")));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** On an address and port of its own choice; 127.0.0.0/8 has many of this machine. */
  public static ScriptedSmtpServer start(SmtpOffer offer, String address, int port)
      throws IOException {
    return new ScriptedSmtpServer(
        offer, new ServerSocket(port, 500, InetAddress.getByName(address)));
  }

  public int port() {
    return listening.getLocalPort();
  }

  public SmtpScript script() {
    return script;
  }

  /** Short for {@code script().at(verb)}. */
  public SmtpScript.At at(Verb verb) {
    return script.at(verb);
  }

  /** What was accepted, in order. */
  public List<Received> received() {
    return List.copyOf(received);
  }

  /** What a well-behaved client would not have done. */
  public List<String> violations() {
    return List.copyOf(violations);
  }

  /** The verbs of all commands, in order, such as {@code MAIL}. */
  public List<String> commands() {
    return List.copyOf(commands);
  }

  public int connections() {
    return connections.get();
  }

  public int handshakes() {
    return handshakes.get();
  }

  /** Successful sign-ins. */
  public int signIns() {
    return signIns.get();
  }

  /** Complete contents seen, accepted or not. */
  public int contents() {
    return contents.get();
  }

  public int openConnections() {
    return open.get();
  }

  /** The most connections that were open at one time. */
  public int mostConnectionsAtOnce() {
    return mostOpen.get();
  }

  /** From now on it takes that long before each of its replies, as a far or busy server does. */
  public void thinksFor(Duration time) {
    thinking = time;
  }

  void think() {
    if (thinking.isPositive()) LockSupport.parkNanos(thinking.toNanos());
  }

  /** Lets everything that stalls go on. */
  public void release() {
    released.countDown();
  }

  /** Closes all open connections without a word, as a restarted server or a firewall does. */
  public void dropConnections() {
    for (Socket socket : sockets) closeQuietly(socket);
  }

  @Override
  public void close() {
    release();
    try {
      listening.close();
    } catch (IOException alreadyClosed) {
      // Nothing listens any more.
    }
    dropConnections();
  }

  void awaitRelease() {
    try {
      released.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        Thread.ofVirtual().name("scripted-smtp-talk").start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    sockets.add(socket);
    mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
    try {
      new ScriptedSmtpTalk(this, offer, socket, connections.incrementAndGet()).run();
    } catch (IOException gone) {
      // The client hung up, or the script did.
    } finally {
      closeQuietly(socket);
      sockets.remove(socket);
      open.decrementAndGet();
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyClosed) {
      // That was the aim.
    }
  }
}
