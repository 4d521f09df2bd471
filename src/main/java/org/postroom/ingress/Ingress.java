package org.postroom.ingress;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postroom.db.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The submission server (RFC 6409): listens where the settings say, one virtual thread for each
 * connection. A document of decisions says why it is our own: docs/decisions/0012.
 */
@Component
class Ingress implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(Ingress.class);
  private static final int BACKLOG = 500;
  private static final long WATCH_NANOS = 1_000_000_000L;
  private static final long LOOK_NANOS = 20_000_000L;

  private final Settings settings;
  private final Reception reception;
  private final Intake intake;
  private final Bounds bounds;
  private final List<ServerSocket> listening = new ArrayList<>();
  private final Room room;
  private @Nullable Guests guests;
  private volatile boolean running;

  @Autowired
  Ingress(Settings settings, Reception reception, Intake intake) {
    this(settings, reception, intake, Bounds.usual());
  }

  Ingress(Settings settings, Reception reception, Intake intake, Bounds bounds) {
    this.settings = settings;
    this.reception = reception;
    this.intake = intake;
    this.bounds = bounds;
    this.room = new Room(bounds.contentBytes());
  }

  @Override
  public void start() {
    running = true;
    Plan plan = Plan.of(settings);
    if (!plan.listens()) return;
    House house = house(plan);
    var guests = new Guests(bounds);
    this.guests = guests;
    plan.port().ifPresent(port -> listen(house, guests, open(plan, port), false));
    plan.tlsPort().ifPresent(port -> listen(house, guests, open(plan, port), true));
    Thread.ofPlatform().daemon().name("smtp-watch").start(() -> watch(guests));
  }

  /** Ports are closed first, then waiting connections; contents under way get a little time. */
  @Override
  public void stop() {
    running = false;
    listening.forEach(Ingress::close);
    Guests present = guests;
    if (present == null) return;
    present.stop();
    long end = System.nanoTime() + bounds.farewell().plusSeconds(5).toNanos();
    while (present.count() > 0 && System.nanoTime() - end < 0) {
      present.watch();
      LockSupport.parkNanos(LOOK_NANOS);
      if (Thread.currentThread().isInterrupted()) return;
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Stopped before delivery and the database. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 5_000;
  }

  /** The port with STARTTLS, where there is one; it may have been chosen by the system. */
  int port() {
    return listening.getFirst().getLocalPort();
  }

  /** The port that was opened last: with TLS from the start, where there is one. */
  int tlsPort() {
    return listening.getLast().getLocalPort();
  }

  int connections() {
    return guests == null ? 0 : guests.count();
  }

  /** Nothing is being received, and nothing was forgotten. */
  boolean roomIsWhole() {
    return room.left() == bounds.contentBytes();
  }

  private House house(Plan plan) {
    return new House(
        plan.name(),
        Certificate.context(settings, plan.name()).getSocketFactory(),
        plan.localAuth(),
        plan.openKey(),
        bounds,
        room,
        reception,
        intake);
  }

  private ServerSocket open(Plan plan, int port) {
    try {
      var socket = new ServerSocket();
      socket.setReuseAddress(true);
      InetSocketAddress address =
          plan.bind() == null
              ? new InetSocketAddress(port)
              : new InetSocketAddress(plan.bind(), port);
      socket.bind(address, BACKLOG);
      listening.add(socket);
      return socket;
    } catch (IOException taken) {
      throw new IllegalStateException(
          "Port " + port + " for programs that speak SMTP cannot be opened: " + taken.getMessage(),
          taken);
    }
  }

  private void listen(House house, Guests guests, ServerSocket socket, boolean tls) {
    LOG.info("Taking mail over SMTP on port {}", socket.getLocalPort());
    Thread.ofPlatform()
        .daemon()
        .name("smtp-accept")
        .start(() -> accept(house, guests, socket, tls));
  }

  private void accept(House house, Guests guests, ServerSocket socket, boolean tls) {
    while (running) {
      try {
        Socket client = socket.accept();
        Thread.ofVirtual().name("smtp-session").start(() -> guests.serve(house, client, tls));
      } catch (IOException closedOrFull) {
        if (!running || socket.isClosed()) return;
        LOG.warn("No connection can be taken: {}", closedOrFull.toString());
        LockSupport.parkNanos(LOOK_NANOS); // too many open files: give them back first
      }
    }
  }

  private void watch(Guests guests) {
    while (running) {
      LockSupport.parkNanos(WATCH_NANOS);
      guests.watch();
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException alreadyClosed) {
      LOG.debug("A port was closed already", alreadyClosed);
    }
  }
}
