package org.postroom.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An Exchange server for sending: HTTP as IIS speaks it, with a sign-in for each connection, and
 * the operations that a sender needs. Every request and answer is checked with Exchange's schemas
 * where they are at hand.
 */
public final class EwsServer implements AutoCloseable {
  private final EwsOffer offer;
  private final ServerSocket listener;
  private final EwsMailboxes mailboxes = new EwsMailboxes();
  private final EwsOperations operations;
  private final Map<String, Deque<EwsFault>> faults = new ConcurrentHashMap<>();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  /**
   * One request as it came.
   *
   * @param connection number of the connection, from 1
   * @param operation empty where the body was
   * @param head everything before the body
   */
  public record Seen(int connection, String operation, String version, String head) {}

  private EwsServer(EwsOffer offer, ServerSocket listener) {
    this.offer = offer;
    this.listener = listener;
    this.operations = new EwsOperations(mailboxes, offer.versions());
  }

  public static EwsServer start(EwsOffer offer) {
    try {
      var listener = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
      var server = new EwsServer(offer, listener);
      Thread.ofPlatform().daemon().name("ews-server").start(server::accept);
      return server;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public URI uri() {
    String scheme = offer.tls() == null ? "http" : "https";
    return URI.create(scheme + "://localhost:" + listener.getLocalPort() + "/EWS/Exchange.asmx");
  }

  public EwsMailboxes mailboxes() {
    return mailboxes;
  }

  /** What broke the schemas or the rules of HTTP and the sign-in. */
  public List<String> violations() {
    return operations.violations();
  }

  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** The operations asked for, in their order. */
  public List<String> asked() {
    return seen.stream().map(Seen::operation).filter(name -> !name.isEmpty()).toList();
  }

  /**
   * Once, the next time the operation is asked for; {@code ""}: the next request of any kind;
   * {@code early}: the connection ends inside the next content.
   */
  public EwsServer next(String operation, EwsFault fault) {
    faults.computeIfAbsent(operation, unused -> new ConcurrentLinkedDeque<>()).add(fault);
    return this;
  }

  /** Ends all connections, as a server does that has waited long enough. */
  public void hangUp() {
    for (Socket socket : connections) closed(socket);
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    hangUp();
  }

  EwsOffer offer() {
    return offer;
  }

  EwsOperations operations() {
    return operations;
  }

  void saw(Seen request) {
    seen.add(request);
  }

  @Nullable EwsFault fault(String operation) {
    Deque<EwsFault> waiting = faults.get(operation);
    return waiting == null ? null : waiting.poll();
  }

  private void accept() {
    int number = 0;
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connections.add(socket);
        int connection = ++number;
        Thread.ofVirtual().start(() -> serve(socket, connection));
      } catch (IOException closing) {
        return;
      }
    }
  }

  private void serve(Socket socket, int number) {
    try (var talk = new EwsTalk(this, socket, number)) {
      talk.run();
    } catch (IOException | IllegalStateException gone) {
      // The other side has hung up, or a fault of the script did.
    } finally {
      connections.remove(socket);
      closed(socket);
    }
  }

  private static void closed(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // Nothing is left to close.
    }
  }

  static byte[] latin(String text) {
    return text.getBytes(ISO_8859_1);
  }

  static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}
