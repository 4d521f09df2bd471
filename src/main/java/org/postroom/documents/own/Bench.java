package org.postroom.documents.own;

import com.openhtmltopdf.util.ThreadCtx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.postroom.http.Problem;

/**
 * Prints a few at a time, each on a thread of its own with a deep stack, and none for longer than
 * it may. A design that did not even heed its {@link Watch} is not tried again until the next
 * start.
 */
final class Bench {
  private static final long STACK = 16L * 1024 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final int MOST_BARRED = 1_000;

  private final Semaphore places =
      new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);
  private final Set<Integer> barred = ConcurrentHashMap.newKeySet();
  private final Duration longest;

  Bench(Duration longest) {
    this.longest = longest;
  }

  interface Work {
    byte[] print(Watch watch) throws IOException;
  }

  byte[] run(Design design, Work work) {
    if (barred.contains(mark(design))) throw Watch.tooSlow(longest);
    take();
    CompletableFuture<byte[]> result = new CompletableFuture<>();
    Thread thread = new Thread(null, () -> print(work, result), "own-layout", STACK);
    thread.setDaemon(true);
    thread.start();
    return await(design, result, thread);
  }

  private void print(Work work, CompletableFuture<byte[]> result) {
    try {
      result.complete(work.print(new Watch(longest, OwnPress.MOST_PAGES)));
    } catch (Throwable failure) {
      result.completeExceptionally(failure);
    } finally {
      ThreadCtx.cleanup();
      places.release();
    }
  }

  private byte[] await(Design design, CompletableFuture<byte[]> result, Thread thread) {
    try {
      return result.get(longest.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException stuck) {
      thread.interrupt();
      if (barred.size() < MOST_BARRED) barred.add(mark(design));
      throw Watch.tooSlow(longest);
    } catch (ExecutionException failed) {
      throw told(failed.getCause());
    } catch (InterruptedException stopping) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw busy();
    }
  }

  private static int mark(Design design) {
    return 31 * design.html().hashCode() + design.css().hashCode();
  }

  private void take() {
    try {
      if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) throw busy();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw busy();
    }
  }

  /** The library wraps what it meets; the bound that was passed lies somewhere inside. */
  private static RuntimeException told(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Watch.Over over) return over.problem();
      if (cause instanceof Problem problem) return problem;
    }
    if (failure instanceof UncheckedIOException io) return io;
    return Problem.of(
        422,
        "layout_not_printable",
        "This layout cannot be printed: its tables or styles are more than the printer can do.");
  }

  private static Problem busy() {
    return Problem.of(503, "busy", "Other layouts are being printed. Try again in a moment.");
  }
}
