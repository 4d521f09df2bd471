package org.postroom.transport.smtp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/** Connections that are open and unused, by login. The last one used is the next one taken. */
final class Pool implements AutoCloseable {
  private static final int MOST_MESSAGES = 100;

  private final Map<LoginKey, Deque<Session>> idle = new ConcurrentHashMap<>();
  private final Duration limit;
  private volatile boolean closed;

  Pool(Duration limit) {
    this.limit = limit;
  }

  /** A connection that looks alive; null when there is none. */
  @Nullable Session take(LoginKey key) {
    Deque<Session> waiting = idle.get(key);
    if (waiting == null) return null;
    Session session;
    while ((session = waiting.pollFirst()) != null) {
      if (!session.restedLongerThan(limit) && !session.wire().hasUnread()) return session;
      session.broken(); // The server has said farewell, or will have by now.
      session.close();
    }
    return null;
  }

  /** Keeps the connection for the next message, or closes it. */
  void give(LoginKey key, Session session) {
    if (closed || !session.usable() || session.messages() >= MOST_MESSAGES) {
      session.close();
      return;
    }
    session.attach(Unheard.INSTANCE);
    session.rest();
    idle.compute(
        key,
        (same, waiting) -> {
          Deque<Session> all = waiting == null ? new ConcurrentLinkedDeque<>() : waiting;
          all.addFirst(session);
          return all;
        });
    if (closed) close();
  }

  /** Closes what has been unused for too long; called now and then. */
  void sweep() {
    idle.forEach((key, waiting) -> {
      for (Session session : List.copyOf(waiting)) {
        if (session.restedLongerThan(limit) && waiting.remove(session)) closeBeside(session);
      }
      idle.computeIfPresent(key, (same, left) -> left.isEmpty() ? null : left);
    });
  }

  int size() {
    return idle.values().stream().mapToInt(Deque::size).sum();
  }

  /** Says goodbye on all of them; at most a few seconds, also when servers do not answer. */
  @Override
  public void close() {
    closed = true;
    List<Thread> farewells = new ArrayList<>();
    idle.values()
        .forEach(waiting -> {
          Session session;
          while ((session = waiting.pollFirst()) != null) farewells.add(closeBeside(session));
        });
    try {
      for (Thread farewell : farewells) farewell.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread closeBeside(Session session) {
    return Thread.ofVirtual().name("smtp-farewell").start(session::close);
  }
}
