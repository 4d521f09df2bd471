package org.postroom.transport.ews;

import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/** Sessions that are open and unused, by login. The last one used is the next one taken. */
final class Pool implements AutoCloseable {
  private static final int MOST_MESSAGES = 100;

  private final Map<LoginKey, Deque<Session>> idle = new ConcurrentHashMap<>();
  private final Duration limit;
  private volatile boolean closed;

  Pool(Duration limit) {
    this.limit = limit;
  }

  /** A session that looks alive; null when there is none. */
  @Nullable Session take(LoginKey key) {
    Deque<Session> waiting = idle.get(key);
    if (waiting == null) return null;
    Session session;
    while ((session = waiting.pollFirst()) != null) {
      if (!session.restedLongerThan(limit) && !session.stale()) return session;
      session.close();
    }
    return null;
  }

  /** Keeps the session for the next message, or closes it. */
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
        if (session.restedLongerThan(limit) && waiting.remove(session)) session.close();
      }
      idle.computeIfPresent(key, (same, left) -> left.isEmpty() ? null : left);
    });
  }

  int size() {
    return idle.values().stream().mapToInt(Deque::size).sum();
  }

  @Override
  public void close() {
    closed = true;
    idle.values()
        .forEach(waiting -> {
          Session session;
          while ((session = waiting.pollFirst()) != null) session.close();
        });
  }
}
