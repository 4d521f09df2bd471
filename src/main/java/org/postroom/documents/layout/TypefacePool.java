package org.postroom.documents.layout;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Font sets to borrow, about as many as processors can use at once. */
final class TypefacePool {
  private static final int KEPT = Runtime.getRuntime().availableProcessors() + 1;

  private final ConcurrentLinkedQueue<Typefaces> idle = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();

  Typefaces borrow() {
    @Nullable Typefaces set = idle.poll();
    if (set == null) return new Typefaces();
    count.decrementAndGet();
    return set;
  }

  void giveBack(Typefaces set) {
    if (count.incrementAndGet() <= KEPT) {
      idle.add(set);
    } else {
      count.decrementAndGet();
    }
  }
}
