package org.postroom.documents.press;

import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Compressed bytes, as PDF's FlateDecode reads them. Compressors are costly to make: a few stay.
 */
final class Deflated {
  private static final int KEPT = Runtime.getRuntime().availableProcessors() + 1;
  private static final int QUICK = 3;

  private static final ConcurrentLinkedQueue<Deflater> IDLE = new ConcurrentLinkedQueue<>();
  private static final AtomicInteger COUNT = new AtomicInteger();

  private Deflated() {}

  /** For what is compressed with every document. */
  static byte[] quickly(byte[] bytes, int length) {
    @Nullable Deflater idle = IDLE.poll();
    if (idle != null) COUNT.decrementAndGet();
    Deflater deflater = idle == null ? new Deflater(QUICK) : idle;
    byte[] out = run(deflater, bytes, length);
    if (COUNT.incrementAndGet() <= KEPT) {
      deflater.reset();
      IDLE.add(deflater);
    } else {
      COUNT.decrementAndGet();
      deflater.end();
    }
    return out;
  }

  /** For what is compressed once. */
  static byte[] tightly(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try {
      return run(deflater, bytes, bytes.length);
    } finally {
      deflater.end();
    }
  }

  private static byte[] run(Deflater deflater, byte[] bytes, int length) {
    deflater.setInput(bytes, 0, length);
    deflater.finish();
    byte[] out = new byte[Math.max(256, length / 2)];
    int size = 0;
    while (!deflater.finished()) {
      if (size == out.length) out = Arrays.copyOf(out, 2 * size);
      size += deflater.deflate(out, size, out.length - size);
    }
    return Arrays.copyOf(out, size);
  }
}
