package org.postroom.ingress;

import java.io.IOException;
import java.net.Socket;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections there are: counted, watched over, and ended when Postroom stops. */
final class Guests {
  private static final Logger LOG = LoggerFactory.getLogger(Guests.class);
  private final Bounds bounds;
  private final Set<Connection> all = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> perAddress = new HashMap<>();
  private boolean stopping;

  Guests(Bounds bounds) {
    this.bounds = bounds;
  }

  private record Connection(Wire wire, Turn turn) {}

  /** Runs one connection's dialogue to its end, on the calling thread. */
  void serve(House house, Socket socket, boolean tlsFromStart) {
    var turn = new Turn(bounds);
    Wire wire;
    try {
      wire = new Wire(socket, turn);
    } catch (IOException gone) {
      return;
    }
    String address = wire.address();
    var connection = new Connection(wire, turn);
    Reply refusal = enter(address, connection);
    try {
      if (refusal == null) new Session(house, wire, turn, tlsFromStart).run();
      else if (!tlsFromStart) wire.put(refusal);
      wire.finish();
    } catch (IOException gone) {
      LOG.debug("The connection from {} ended: {}", address, gone.toString());
    } catch (RuntimeException ourMistake) {
      LOG.error("A connection from {} ended by our own mistake", address, ourMistake);
    } finally {
      wire.close();
      if (refusal == null) leave(address, connection);
    }
  }

  int count() {
    return all.size();
  }

  /** Ends what is overdue. */
  void watch() {
    long now = System.nanoTime();
    for (Connection each : all) each.turn().expire(now, each.wire(), Guests::aside);
  }

  /** Nobody gets in any more; who is in may finish the content under way. */
  void stop() {
    synchronized (this) {
      stopping = true;
    }
    for (Connection each : all) each.turn().stop(each.wire(), Guests::aside);
  }

  private synchronized @org.jspecify.annotations.Nullable Reply enter(
      String address, Connection connection) {
    if (stopping) return Reply.STOPPING;
    int here = perAddress.getOrDefault(address, 0);
    if (all.size() >= bounds.connections() || here >= bounds.connectionsPerAddress())
      return Reply.CROWDED;
    perAddress.put(address, here + 1);
    all.add(connection);
    return null;
  }

  private synchronized void leave(String address, Connection connection) {
    all.remove(connection);
    perAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
  }

  private static void aside(Runnable farewell) {
    Thread.ofVirtual().name("smtp-farewell").start(farewell);
  }
}
