package org.postroom.transport.smtp;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends waits that the socket's own timeout cannot end: a peer that does not read, or one that sends
 * a byte now and then. One thread looks at all connections several times a second.
 */
final class Watch implements AutoCloseable {
  private static final long INTERVAL_NANOS = 100_000_000;

  private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
  private final Runnable alsoEachRound;
  private final Thread thread;
  private volatile boolean closed;

  Watch(Runnable alsoEachRound) {
    this.alsoEachRound = alsoEachRound;
    this.thread = Thread.ofPlatform().name("smtp-watch").daemon().start(this::look);
  }

  void add(Wire wire) {
    wires.add(wire);
    LockSupport.unpark(thread);
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private void look() {
    while (!closed || !wires.isEmpty()) {
      if (wires.isEmpty()) LockSupport.park();
      else LockSupport.parkNanos(INTERVAL_NANOS);
      long now = System.nanoTime();
      wires.forEach(wire -> wire.abortIfOverdue(now));
      wires.removeIf(Wire::closed);
      alsoEachRound.run();
    }
  }
}
