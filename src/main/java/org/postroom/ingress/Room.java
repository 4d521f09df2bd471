package org.postroom.ingress;

import java.util.concurrent.atomic.AtomicLong;

/** Memory for contents on their way in, shared by all connections. */
final class Room {
  private final AtomicLong left;

  Room(long octets) {
    this.left = new AtomicLong(octets);
  }

  boolean take(long octets) {
    if (left.addAndGet(-octets) >= 0) return true;
    left.addAndGet(octets);
    return false;
  }

  void give(long octets) {
    left.addAndGet(octets);
  }

  long left() {
    return left.get();
  }
}
