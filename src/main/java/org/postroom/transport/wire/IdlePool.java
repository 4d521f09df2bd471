package org.postroom.transport.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.postroom.transport.Conversation;

/**
 * Connections that are open and unused, by login. The last one used is the next one taken.
 *
 * @param <K> which connections may be shared
 */
public final class IdlePool<K, C extends IdlePool.Connection> implements AutoCloseable {

  /** One connection, as far as keeping it matters. */
  public interface Connection {
    /** Whether another message may go over it. */
    boolean usable();

    /** Whether the server has left it open and silent while it rested. */
    boolean alive();

    int messages();

    void attach(Conversation conversation);

    /** It is not needed for now. */
    void rest();

    boolean restedLongerThan(Duration limit);

    /** Says goodbye where that is possible, and closes. */
    void close();
  }

  private static final int MOST_MESSAGES = 100;

  private final Map<K, Deque<C>> idle = new ConcurrentHashMap<>();
  private final Duration limit;
  private volatile boolean closed;

  public IdlePool(Duration limit) {
    this.limit = limit;
  }

  /** A connection that looks alive; null when there is none. */
  public @Nullable C take(K key) {
    Deque<C> waiting = idle.get(key);
    if (waiting == null) return null;
    C connection;
    while ((connection = waiting.pollFirst()) != null) {
      if (!connection.restedLongerThan(limit) && connection.alive()) return connection;
      closeBeside(connection);
    }
    return null;
  }

  /** Keeps the connection for the next message, or closes it. */
  public void give(K key, C connection) {
    if (closed || !connection.usable() || connection.messages() >= MOST_MESSAGES) {
      connection.close();
      return;
    }
    connection.attach(Unheard.INSTANCE);
    connection.rest();
    idle.compute(
        key,
        (same, waiting) -> {
          Deque<C> all = waiting == null ? new ConcurrentLinkedDeque<>() : waiting;
          all.addFirst(connection);
          return all;
        });
    if (closed) close();
  }

  /** Closes what has been unused for too long; called now and then. */
  public void sweep() {
    idle.forEach((key, waiting) -> {
      for (C connection : List.copyOf(waiting)) {
        if (connection.restedLongerThan(limit) && waiting.remove(connection))
          closeBeside(connection);
      }
      idle.computeIfPresent(key, (same, left) -> left.isEmpty() ? null : left);
    });
  }

  public int size() {
    return idle.values().stream().mapToInt(Deque::size).sum();
  }

  /** Says goodbye on all of them; at most a few seconds, also when servers do not answer. */
  @Override
  public void close() {
    closed = true;
    List<Thread> farewells = new ArrayList<>();
    idle.values()
        .forEach(waiting -> {
          C connection;
          while ((connection = waiting.pollFirst()) != null) farewells.add(closeBeside(connection));
        });
    try {
      for (Thread farewell : farewells) farewell.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread closeBeside(Connection connection) {
    return Thread.ofVirtual().name("farewell").start(connection::close);
  }
}
